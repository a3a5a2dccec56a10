/// That an account belongs to somebody at an OAuth provider.
struct OAuthIdentity: Hashable, Sendable {
    let id: String
    let userID: String
    let provider: String
    let providerUID: String
    let providerEmail: String
    let created: Moment

    /// As its owner gets it; Appwrite tells the provider's tokens, too.
    var json: JSONValue {
        [
            "$id": .text(id), "$createdAt": .text(created.text), "$updatedAt": .text(created.text),
            "userId": .text(userID), "provider": .text(provider), "providerUid": .text(providerUID),
            "providerEmail": .text(providerEmail), "providerAccessToken": .text("mock-access-\(id)"),
            "providerAccessTokenExpiry": .text(created.advanced(bySeconds: 3600).text),
            "providerRefreshToken": .text("mock-refresh-\(id)"),
        ]
    }
}

/// What somebody allowed on the mock provider's page; its code is exchanged once.
struct ProviderGrant: Hashable, Sendable {
    let provider: String
    let email: String
    let name: String
    let isEmailVerified: Bool
    let expire: Moment

    /// The provider's own id of that person: the address stands for it.
    var providerUID: String { "mock-" + email }
}
