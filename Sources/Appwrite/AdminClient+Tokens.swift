package import Ground
import HTTPTypes

extension AdminClient {
    /// Mails a link that signs in, good for an hour and once.
    ///
    /// Appwrite makes an account where nobody has the address, before anything is proved. `url` is where the link leads,
    /// with `userId` and `secret` added; its host must be among the project's platforms. `methodOff` where the project
    /// has no SMTP server or does not allow this way in.
    package func sendMagicURL(to email: String, url: String, for caller: Caller)
        async throws(AppwriteFailure) -> LoginToken
    {
        var call = Call(.post, "/account/tokens/magic-url")
        // Appwrite looks addresses up as they are written here, but stores them in lower case (contract §8, trap 16).
        call.body = ["userId": "unique()", "email": .text(email.lowercased()), "url": .text(url)]
        call.caller = caller
        call.claimsEmail = true
        return try await wire.answer(to: call)
    }

    /// Mails a code of six digits that signs in, good for 15 minutes and once.
    ///
    /// As `sendMagicURL` in everything else.
    package func sendEmailCode(to email: String, for caller: Caller) async throws(AppwriteFailure)
        -> LoginToken
    {
        var call = Call(.post, "/account/tokens/email")
        call.body = ["userId": "unique()", "email": .text(email.lowercased())]
        call.caller = caller
        call.claimsEmail = true
        return try await wire.answer(to: call)
    }

    /// Sends a text message with a code of six digits that signs in, good for 15 minutes and once.
    ///
    /// `phone` is `+` and 7 to 15 digits. `methodOff` where the project sends no text messages.
    package func sendPhoneCode(to phone: String, for caller: Caller) async throws(AppwriteFailure)
        -> LoginToken
    {
        var call = Call(.post, "/account/tokens/phone")
        call.body = ["userId": "unique()", "phone": .text(phone)]
        call.caller = caller
        return try await wire.answer(to: call)
    }

    /// Mails a link by which a new password can be set, good for an hour and once.
    ///
    /// `notFound` for an address that nobody has, which must not be shown as such to a stranger.
    package func sendRecovery(to email: String, url: String, for caller: Caller)
        async throws(AppwriteFailure) -> LoginToken
    {
        var call = Call(.post, "/account/recovery")
        call.body = ["email": .text(email.lowercased()), "url": .text(url)]
        call.caller = caller
        return try await wire.answer(to: call)
    }

    /// Sets a new password with what the mail brought.
    ///
    /// It proves the address, too, and ends every session where the project says so. `notFound` or `invalidToken` where
    /// the token is not good; `argumentInvalid` where the password is not, and the token stays good.
    package func recover(userID: String, secret: Secret, password: Secret, for caller: Caller)
        async throws(AppwriteFailure)
    {
        var call = Call(.put, "/account/recovery")
        call.body = [
            "userId": .text(userID), "secret": .text(secret.revealed), "password": .text(password.revealed),
        ]
        call.secrets = [secret, password]
        call.caller = caller
        try await wire.perform(call)
    }
}
