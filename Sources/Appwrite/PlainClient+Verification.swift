package import Ground
import HTTPTypes

extension PlainClient {
    /// Proves an address with what the mail brought.
    ///
    /// Keys are refused here (contract §8, trap 2). `notFound` or `invalidToken` where the token is not good.
    package func verifyEmail(userID: String, secret: Secret, for caller: Caller) async throws(AppwriteFailure)
    {
        try await verify("/account/verifications/email", userID, secret, caller)
    }

    /// Proves a phone number with the code that the message brought.
    package func verifyPhone(userID: String, secret: Secret, for caller: Caller) async throws(AppwriteFailure)
    {
        try await verify("/account/verifications/phone", userID, secret, caller)
    }

    private func verify(_ path: String, _ userID: String, _ secret: Secret, _ caller: Caller)
        async throws(AppwriteFailure)
    {
        var call = Call(.put, path)
        call.body = ["userId": .text(userID), "secret": .text(secret.revealed)]
        call.secrets = [secret]
        call.caller = caller
        try await wire.perform(call)
    }
}
