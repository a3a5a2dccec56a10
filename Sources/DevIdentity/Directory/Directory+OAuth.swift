extension Directory {
    /// The account that belongs to somebody at a provider: by identity, else by a verified address, else a new one.
    mutating func user(for grant: ProviderGrant) throws(Refusal) -> User {
        let known = identities.first { $0.provider == grant.provider && $0.providerUID == grant.providerUID }
        if let known, let user = users[known.userID] { return user }
        guard !grant.email.isEmpty else {
            throw .unauthorized.saying("OAuth provider failed to return email.")
        }
        let sameAddress =
            user(withEmail: grant.email)
            ?? identities.first { $0.providerEmail == grant.email }.flatMap { users[$0.userID] }
        if sameAddress != nil, !grant.isEmailVerified { throw .badRequest }
        var user = sameAddress ?? addUser(id: newID(), email: grant.email, password: nil, name: grant.name)
        if sameAddress == nil {
            user.emailVerification = grant.isEmailVerified
            users[user.id] = user
        }
        identities.append(
            OAuthIdentity(
                id: newID(),
                userID: user.id,
                provider: grant.provider,
                providerUID: grant.providerUID,
                providerEmail: grant.email,
                created: now
            )
        )
        return user
    }

    /// A one-time token in its signed form, good for a minute.
    mutating func addOAuthToken(for user: User, provider: String) -> String {
        let (token, secret) = addToken(.oauth(provider: provider), for: user.id)
        return SignedToken(secret: secret, provider: provider, expire: token.expire).text(key: signingKey)
    }

    /// What a mock provider hands out for an allowed sign-in: a code that is good once, for ten minutes.
    mutating func addGrant(provider: String, email: String, name: String, isEmailVerified: Bool) -> String {
        let code = random.hex(40)
        grants[code] = ProviderGrant(
            provider: provider,
            email: email,
            name: name,
            isEmailVerified: isEmailVerified,
            expire: now.advanced(bySeconds: 600)
        )
        return code
    }
}
