import Appwrite
import HTTPTypes
import Settings

/// Which cookies a guest's read of a public page brings.
struct Guests: Sendable {
    let mode: GuestSettings.Sessions
    let sessions: GuestSessions
    let touches: GuestTouches
    let cookie: SessionCookie
    let visits: VisitCookie
    let keys: ServerKeys

    /// The first read of a browser only shows it a cookie of ours; the read that brings it back shows that it
    /// keeps cookies, and gets an anonymous session.
    ///
    /// So nobody who keeps none ever makes a user.
    ///
    /// - Returns: values for `Set-Cookie`; mostly none.
    func cookies(for request: PageRequest, _ arrival: Arrival) async -> [String] {
        guard request.method == .get, request.isNavigation, !request.isPrefetch else { return [] }
        if let (secret, visit) = arrival.vouched, visit.kind == .guest, arrival.secrets.count == 1 {
            guard touches.isGone(visit.mark) else {
                touches.touch(secret, visit.mark)
                return []
            }
            return cookie.cleared + [mode == .off ? visits.cleared : visits.set(.first())]
        }
        guard mode != .off, arrival.secrets.isEmpty, !Crawlers.include(arrival.fields[.userAgent])
        else { return [] }
        if let visit = arrival.visit, visit.kind == .seen { return await session(for: visit, arrival) ?? [] }
        let visit = Visit.first()
        guard mode == .firstRead else { return [visits.set(visit)] }
        return await session(for: visit, arrival) ?? [visits.set(visit)]
    }
}

extension Guests {
    /// Nil where there is no session.
    private func session(for visit: Visit, _ arrival: Arrival) async -> [String]? {
        let outcome = await sessions.session(
            for: visit.mark,
            address: arrival.address.limitKey,
            caller: arrival.caller
        )
        switch outcome {
        case .none: return nil
        // Set once more, so that the browser does not keep this page, and asks us for it when it comes again.
        case .late: return [visits.set(visit)]
        case .session(let session):
            let mark = keys.fingerprint(of: session.secret)
            touches.note(mark)
            let visit = Visit(
                kind: .guest,
                mark: mark,
                userID: session.userID,
                sessionID: session.id
            )
            return [cookie.set(session.secret, expires: session.expire), visits.set(visit)]
        }
    }
}

extension Visit {
    /// A browser that we have not seen before.
    fileprivate static func first() -> Visit { Visit(kind: .seen, mark: unguessableText()) }
}
