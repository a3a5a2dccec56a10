package import Ground
import HTTPTypes
package import Transfer

/// Calls Appwrite as one visitor, with that visitor's session secret, and never with the key.
///
/// Made for one request and dropped. Every call throws `sessionGone` where the session is no more.
package struct SessionClient: Sendable {
    let wire: Wire
    private let caller: Caller

    /// The caller's address is forwarded because Appwrite's limits for sessions go by address.
    ///
    /// The time limit is for each call, from beginning to end.
    package init(
        endpoint: AppwriteEndpoint,
        secret: Secret,
        transfer: TransferClient,
        for caller: Caller = Caller(),
        timeout: Duration = .seconds(10)
    ) {
        wire = Wire(endpoint: endpoint, credential: .session(secret), transfer: transfer, timeout: timeout)
        self.caller = caller
    }

    /// Who is this; the question that opens private pages.
    package func account() async throws(AppwriteFailure) -> Account {
        try await wire.answer(to: call(.get, "/account"))
    }

    /// Everything the account is signed in with, this session among it.
    package func sessions() async throws(AppwriteFailure) -> [SessionDetail] {
        try await wire.answer(to: call(.get, "/account/sessions"), as: SessionList.self).sessions
    }

    package func currentSession() async throws(AppwriteFailure) -> SessionDetail {
        try await wire.answer(to: call(.get, "/account/sessions/current"))
    }

    /// Ends a session of this account, or with `current` this one.
    ///
    /// At Appwrite, 100 an hour for an address: if `rateLimited`, end it here all the same.
    package func deleteSession(_ id: String) async throws(AppwriteFailure) {
        try await wire.perform(call(.delete, "/account/sessions/\(try Identifier.segment(id, "session id"))"))
    }

    /// Makes a member of a guest, who keeps id, session and preferences; the password becomes the account's.
    ///
    /// `conflict` where the e-mail is someone else's. For an account that has a password already this changes the
    /// e-mail, and the password must be the right one.
    package func convertGuest(email: String, password: Secret) async throws(AppwriteFailure) -> Account {
        var call = call(.patch, "/account/email")
        call.body = ["email": .text(email.lowercased()), "password": .text(password.revealed)]
        call.secrets = [password]
        call.claimsEmail = true
        return try await wire.answer(to: call)
    }

    /// At most 128 characters.
    package func updateName(_ name: String) async throws(AppwriteFailure) -> Account {
        var call = call(.patch, "/account/name")
        call.body = ["name": .text(name)]
        return try await wire.answer(to: call)
    }

    func call(_ method: HTTPRequest.Method, _ path: String) -> Call {
        var call = Call(method, path)
        call.caller = caller
        return call
    }
}
