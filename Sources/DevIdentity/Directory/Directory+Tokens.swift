extension Directory {
    /// Makes a one-time secret and forgets those that have expired.
    mutating func addToken(_ kind: LoginToken.Kind, for userID: String) -> (token: LoginToken, secret: String)
    {
        let secret = kind.secret(random)
        return (addToken(kind, for: userID, secret: secret, lifetime: kind.lifetime), secret)
    }

    mutating func addToken(
        _ kind: LoginToken.Kind,
        for userID: String,
        secret: String,
        lifetime: Int
    ) -> LoginToken {
        tokens = tokens.filter { $0.value.expire >= now }
        let token = LoginToken(
            id: newID(),
            userID: userID,
            kind: kind,
            secretHash: SessionSecret.hash(of: secret),
            created: now,
            expire: now.advanced(bySeconds: lifetime)
        )
        tokens[token.id] = token
        return token
    }

    /// Finds and uses up a one-time token of a kind that the caller takes.
    mutating func takeToken(
        of userID: String,
        secret text: String,
        where isWanted: (LoginToken.Kind) -> Bool
    ) -> LoginToken? {
        let signed = SignedToken(text, key: signingKey)
        let hash = SessionSecret.hash(of: signed?.secret ?? text)
        let token = tokens.values.first {
            $0.userID == userID && $0.secretHash == hash && $0.expire >= now && isWanted($0.kind)
        }
        // The token of an OAuth round trip is taken in its signed form only, with the provider it was made for.
        if case .oauth(let provider)? = token?.kind, provider != signed?.provider { return nil }
        if let token { tokens[token.id] = nil }
        return token
    }
}

extension User {
    /// Takes an address or a number for proved where the kind of token proves it.
    mutating func prove(by kind: LoginToken.Kind) {
        if kind.provesEmail { emailVerification = true }
        if kind.provesPhone { phoneVerification = true }
    }
}
