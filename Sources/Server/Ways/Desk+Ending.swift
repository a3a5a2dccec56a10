import Appwrite
import Ground

extension Desk {
    /// Ends a session at Appwrite: with the key, or, where the key may not, with the visitor's own session.
    ///
    /// The keyed call is preferred, as its limit is not shared by all visitors of the site. Appwrite before 1.9 asks for
    /// `users.write` there, which many keys lack. `session` is the one that asks, `sessionID` the one that ends; both
    /// must be the user's own.
    func endAtAppwrite(
        _ sessionID: String,
        of userID: String,
        as session: Secret,
        for arrival: Arrival
    ) async throws(AppwriteFailure) {
        do {
            try await admin.deleteSession(userID: userID, sessionID: sessionID)
        } catch {
            guard case .keyRefused = error else { throw error }
            try await client(session, arrival.caller).deleteSession(sessionID)
        }
    }
}
