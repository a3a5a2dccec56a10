/// That an account belongs to somebody at an OAuth provider.
struct OAuthIdentity: Hashable, Sendable {
    let userID: String
    let provider: String
    let providerUID: String
    let providerEmail: String
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
