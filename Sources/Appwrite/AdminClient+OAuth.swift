import HTTPTypes

extension AdminClient {
    /// Begins an OAuth flow: the address of the provider's page, to which the browser is sent with 302 or 303.
    ///
    /// The browser comes back to `success` with `userId` and `secret`, or to `failure` with `error`; both must be on
    /// hosts among the project's platforms. Nothing in the flow binds it to the browser: the caller adds a nonce.
    ///
    /// The provider is named with Appwrite's word (`github`, `google`, …). The scopes, at most 100, are asked for
    /// beyond those that Appwrite asks for itself.
    package func oauth2Token(
        provider: String,
        success: String,
        failure: String,
        scopes: [String] = []
    ) async throws(AppwriteFailure) -> String {
        guard Identifier.isValid(provider) else { throw .providerUnsupported }
        var call = Call(.get, "/account/tokens/oauth2/\(provider)")
        call.query = [("success", success), ("failure", failure)]
        call.query += scopes.enumerated().map { ("scopes[\($0.offset)]", $0.element) }
        return try await wire.location(of: call)
    }
}
