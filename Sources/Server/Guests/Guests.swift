import Appwrite
import HTTPTypes
import Settings

/// Which cookies a guest's read of a public page brings.
struct Guests: Sendable {
    let mode: GuestSettings.Sessions
    let sessions: GuestSessions
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
        guard mode != .off, request.method == .get, request.isNavigation, !request.isPrefetch,
            arrival.secrets.isEmpty, !Crawlers.include(arrival.fields[.userAgent])
        else { return [] }
        if let visit = arrival.visit, visit.kind == .seen { return await session(for: visit, arrival) ?? [] }
        let visit = Visit(kind: .seen, mark: unguessableText())
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
            let visit = Visit(
                kind: .guest,
                mark: keys.fingerprint(of: session.secret),
                userID: session.userID,
                sessionID: session.id
            )
            return [cookie.set(session.secret, expires: session.expire), visits.set(visit)]
        }
    }
}
