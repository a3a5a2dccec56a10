package import Ground
import HTTPTypes

extension SessionClient {
    /// Which factors the account has; answered while a second one is still asked for.
    package func factors() async throws(AppwriteFailure) -> Factors {
        try await wire.answer(to: call(.get, "/account/mfa/factors"))
    }

    /// Switches the demand for a second factor on or off.
    ///
    /// Switching it on counts every proved factor of the account for the asking session, so that it stays good.
    package func requireSecondFactor(_ isRequired: Bool) async throws(AppwriteFailure) -> Account {
        var call = call(.patch, "/account/mfa")
        call.body = ["mfa": .flag(isRequired)]
        return try await wire.answer(to: call)
    }

    /// Begins to set up an authenticator program; a second begin replaces the first.
    ///
    /// `conflict` where one is set up already.
    package func beginAuthenticator() async throws(AppwriteFailure) -> Authenticator {
        try await wire.answer(to: call(.post, Self.authenticator))
    }

    /// Ends the setting up with the program's first code; `invalidToken` where it is another.
    package func confirmAuthenticator(code: Secret) async throws(AppwriteFailure) -> Account {
        var call = call(.put, Self.authenticator)
        call.body = ["otp": .text(code.revealed)]
        call.secrets = [code]
        return try await wire.answer(to: call)
    }

    /// Removes the authenticator; `challengeRequired` where no challenge was passed in the last 30 minutes.
    package func removeAuthenticator() async throws(AppwriteFailure) {
        try await wire.perform(call(.delete, Self.authenticator))
    }

    /// Makes six codes of ten characters, each good once; `conflict` where the account has some.
    package func makeRecoveryCodes() async throws(AppwriteFailure) -> [Secret] {
        try await codes(.post)
    }

    /// Those that are left; `challengeRequired` where no challenge was passed in the last 30 minutes.
    package func recoveryCodes() async throws(AppwriteFailure) -> [Secret] {
        try await codes(.get)
    }

    /// Makes new ones in place of the old; `challengeRequired` as with `recoveryCodes`.
    package func renewRecoveryCodes() async throws(AppwriteFailure) -> [Secret] {
        try await codes(.patch)
    }

    /// Asks for a factor; with `email` and `phone` Appwrite sends a code.
    package func challenge(_ factor: Factor) async throws(AppwriteFailure) -> Challenge {
        var call = call(.post, "/account/mfa/challenges")
        call.body = ["factor": .text(factor.rawValue)]
        return try await wire.answer(to: call)
    }

    /// Answers a challenge: the session then has one factor more.
    ///
    /// `invalidToken` where the code is wrong, used or too old.
    package func answer(_ challenge: String, code: Secret) async throws(AppwriteFailure) {
        var call = call(.put, "/account/mfa/challenges")
        call.body = ["challengeId": .text(challenge), "otp": .text(code.revealed)]
        call.secrets = [code]
        try await wire.perform(call)
    }

    private static let authenticator = "/account/mfa/authenticators/totp"

    private func codes(_ method: HTTPRequest.Method) async throws(AppwriteFailure) -> [Secret] {
        try await wire.answer(to: call(method, "/account/mfa/recovery-codes"), as: RecoveryCodes.self)
            .recoveryCodes.map { Secret($0) }
    }
}
