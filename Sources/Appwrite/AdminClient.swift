package import Ground
import HTTPTypes
package import Transfer

/// Calls Appwrite with the API key, and never with a session: signs visitors in and up, and signs them out.
///
/// The key is exempt from Appwrite's rate limits, so who calls this counts attempts first. It reads nothing on a
/// visitor's behalf. Each call ends within the client's time limit.
package struct AdminClient: Sendable {
    let wire: Wire

    /// The time limit is for each call, from beginning to end.
    package init(
        endpoint: AppwriteEndpoint,
        key: Secret,
        transfer: TransferClient,
        timeout: Duration = .seconds(10)
    ) {
        wire = Wire(endpoint: endpoint, credential: .key(key), transfer: transfer, timeout: timeout)
    }

    /// Signs in with e-mail and password; the e-mail is lower-cased, as Appwrite stores it.
    ///
    /// `invalidCredentials` for an unknown e-mail as for a wrong password.
    package func createEmailSession(
        email: String,
        password: Secret,
        for caller: Caller
    ) async throws(AppwriteFailure) -> Session {
        var call = Call(.post, "/account/sessions/email")
        call.body = ["email": .text(email.lowercased()), "password": .text(password.revealed)]
        call.secrets = [password]
        call.caller = caller
        return try await session(from: call)
    }

    /// Makes a guest's session, and with it a user record that stays until someone deletes it.
    ///
    /// Appwrite goes on making it where the call is given up, and nobody then knows of the record.
    package func createAnonymousSession(for caller: Caller) async throws(AppwriteFailure) -> Session {
        var call = Call(.post, "/account/sessions/anonymous")
        call.body = [:]
        call.caller = caller
        return try await session(from: call)
    }

    /// Redeems a token, once: from OAuth (valid 60 s), a magic URL or a code by mail.
    package func createSession(
        userID: String,
        secret: Secret,
        for caller: Caller
    ) async throws(AppwriteFailure) -> Session {
        var call = Call(.post, "/account/sessions/token")
        call.body = ["userId": .text(userID), "secret": .text(secret.revealed)]
        call.secrets = [secret]
        call.caller = caller
        return try await session(from: call)
    }

    /// Makes an account, without a session.
    ///
    /// `conflict` where the e-mail is taken, which must not be shown as such to a stranger.
    package func createAccount(
        email: String,
        password: Secret,
        name: String = "",
        for caller: Caller
    ) async throws(AppwriteFailure) -> Account {
        var call = Call(.post, "/account")
        call.body = [
            "userId": "unique()", "email": .text(email.lowercased()), "password": .text(password.revealed),
        ]
        if !name.isEmpty { call.body?["name"] = .text(name) }
        call.secrets = [password]
        call.caller = caller
        call.claimsEmail = true
        return try await wire.answer(to: call)
    }

    private func session(from call: Call) async throws(AppwriteFailure) -> Session {
        let session = try await wire.answer(to: call, as: Session.self)
        // Appwrite answers 201 all the same when it does not know the key (contract §8, trap 1).
        guard !session.secret.isEmpty else { throw .emptySecret }
        return session
    }
}
