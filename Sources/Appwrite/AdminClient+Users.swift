import HTTPTypes

extension AdminClient {
    /// Ends one session of one user.
    ///
    /// Unlike the session client's call this one has no limit that all visitors share (contract §8, trap 3). Appwrite
    /// does not check that the two belong together, so both must come from the same account's answer.
    /// `notFound` where the session is gone already. Needs the scope `users.write`; from Appwrite 1.9
    /// `sessions.write` is enough. `keyRefused` without it.
    package func deleteSession(userID: String, sessionID: String) async throws(AppwriteFailure) {
        let user = try Identifier.segment(userID, "user id")
        let session = try Identifier.segment(sessionID, "session id")
        try await wire.perform(Call(.delete, "/users/\(user)/sessions/\(session)"))
    }

    /// Deletes an account, for a guest who signed in and needs the anonymous one no more.
    ///
    /// Needs the scope `users.write`; `keyRefused` without it.
    package func deleteUser(_ id: String) async throws(AppwriteFailure) {
        try await wire.perform(Call(.delete, "/users/\(try Identifier.segment(id, "user id"))"))
    }

    /// Asks whether the key is known and may make sessions, without making one.
    ///
    /// A key that Appwrite does not recognise counts as no key at all, and callers without a key may make sessions.
    /// So the key must first pass where only keys do, and then at a call that is checked for its scope before its
    /// values, which are wrong on purpose.
    package func checkKey() async throws(AppwriteFailure) {
        try await wire.perform(Call(.get, "/health"))
        var call = Call(.post, "/account/sessions/token")
        call.body = ["userId": "", "secret": ""]
        do throws(AppwriteFailure) {
            try await wire.perform(call)
        } catch .argumentInvalid {
            return
        }
        throw .unexpected(status: 201, type: "session for an empty token")
    }
}
