import Appwrite
import Hooks
import Logging

extension GuestSessions.Work {
    /// Makes guests' sessions with the key, and tells of those that are handed out.
    init(_ desk: Desk) {
        self.init(
            create: { caller in
                do throws(AppwriteFailure) {
                    return try await desk.admin.createAnonymousSession(for: caller)
                } catch {
                    desk.failures.noteOnce(error, "a guest got no session")
                    throw error
                }
            },
            end: { session in
                do throws(AppwriteFailure) {
                    try await desk.endGuest(session)
                } catch {
                    desk.failures.noteOnce(error, "a guest's user whom nobody holds stays at Appwrite")
                }
            },
            given: { session, caller in
                var event = desk.events.event(.guest)
                event.user = session.userID
                event.session = session.id
                event.address = caller.address
                desk.events.tell(event)
            }
        )
    }
}

extension Desk {
    /// Removes the user of an anonymous session that nobody holds: with the key, or, where the key may not, as that user.
    fileprivate func endGuest(_ session: Session) async throws(AppwriteFailure) {
        do {
            try await admin.deleteUser(session.userID)
        } catch {
            guard case .keyRefused = error else { throw error }
            try await client(session.secret, Caller()).deleteAccount()
        }
    }
}
