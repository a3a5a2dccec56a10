import Appwrite
import Ground
import Hooks
import Hummingbird
import Logging
import Settings

/// Ends what a member is signed in with elsewhere, or here.
struct AccountSessions: Sendable {
    let desk: Desk

    /// Ends one of the member's own sessions.
    func revoke(_ sessionID: String, _ form: FormBody, _ arrival: Arrival) async throws -> Response {
        try desk.demandOurForm(form, for: .account, from: arrival)
        return try await desk.asOwner(arrival, then: desk.auth.routes.account) { owner in
            do {
                // Only what the member's own list holds may be ended: the keyed call would take any.
                let own = try await owner.client.sessions()
                guard let session = own.first(where: { $0.id == sessionID }) else { throw Problem.notFound }
                try await desk.endAtAppwrite(session.id, of: owner.id, as: owner.secret, for: arrival)
                desk.sessions.forget(userID: owner.id)
                desk.tell(.sessionRevoked, arrival, user: owner.id, session: session.id)
                return try leave(session, owner.secret, arrival)
            } catch let failure as AppwriteFailure {
                throw desk.problem(failure, "revoking failed", owner, arrival)
            }
        }
    }

    /// Ends every session but the one that asks, one after the other; a second try ends what the first has left.
    func endOthers(_ owner: Owner, _ arrival: Arrival) async throws(Problem) {
        // Whatever was ended before a failure must not read from memory.
        defer { desk.sessions.forget(userID: owner.id) }
        do throws(AppwriteFailure) {
            for session in try await owner.client.sessions() where !session.current {
                do throws(AppwriteFailure) {
                    try await desk.endAtAppwrite(session.id, of: owner.id, as: owner.secret, for: arrival)
                    desk.tell(.sessionRevoked, arrival, user: owner.id, session: session.id)
                } catch {
                    // It has ended by itself meanwhile.
                    guard error == .notFound else { throw error }
                }
            }
        } catch {
            throw desk.problem(error, "ending the other sessions failed", owner, arrival)
        }
    }
}

extension AccountSessions {
    private func leave(_ session: SessionDetail, _ secret: Secret, _ arrival: Arrival) throws -> Response {
        var cookies: [String] = []
        if session.current {
            desk.sessions.end(secret, isKnown: true)
            cookies = desk.cookie.cleared + [desk.visits.cleared]
        }
        if arrival.wantsJSON { return try .json(Success(), cookies: cookies) }
        let account = desk.way(to: desk.auth.routes.account, in: desk.language(of: arrival))
        return .seeOther(session.current ? "/" : account, cookies: cookies)
    }
}
