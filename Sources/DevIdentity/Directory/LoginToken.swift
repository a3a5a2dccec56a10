/// A one-time secret that was mailed, sent, or handed out.
struct LoginToken: Sendable {
    enum Kind: Hashable, Sendable {
        /// Made with a key by POST /users/{id}/tokens.
        case custom
        /// The end of an OAuth round trip; only its signed form is taken.
        case oauth(provider: String)
        case magicURL, emailCode, phoneCode
        case recovery, emailVerification, phoneVerification
    }

    let id: String
    let userID: String
    let kind: Kind
    let secretHash: String
    let created: Moment
    let expire: Moment

    /// `shown` is what a caller with a key sees as the secret.
    func json(secret shown: String, phrase: String = "") -> JSONValue {
        [
            "$id": .text(id), "$createdAt": .text(created.text), "userId": .text(userID),
            "secret": .text(shown), "expire": .text(expire.text), "phrase": .text(phrase),
        ]
    }
}

extension LoginToken.Kind {
    /// The provider and the first factor of the session that it opens; nil for what opens none (contract, section 6).
    var session: NewSession? {
        switch self {
        case .custom: NewSession(provider: "token", factor: "token")
        case .oauth(let provider): NewSession(provider: provider, factor: "email")
        case .magicURL: NewSession(provider: "magic-url", factor: "email")
        case .emailCode: NewSession(provider: "token", factor: "email")
        case .phoneCode: NewSession(provider: "phone", factor: "phone")
        case .recovery, .emailVerification, .phoneVerification: nil
        }
    }

    /// In seconds.
    var lifetime: Int {
        switch self {
        case .custom, .emailCode, .phoneCode, .phoneVerification: 900
        case .oauth: 60
        case .magicURL, .recovery, .emailVerification: 3600
        }
    }

    /// A new secret: what a link holds is long, what somebody types is short.
    func secret(_ random: IdentityRandom) -> String {
        switch self {
        case .emailCode, .phoneCode, .phoneVerification: random.digits(6)
        case .magicURL, .oauth, .custom: random.hex(64)
        case .recovery, .emailVerification: random.hex(256)
        }
    }

    /// Whoever shows the secret has read what was sent there.
    var provesEmail: Bool { [.magicURL, .emailCode, .recovery, .emailVerification].contains(self) }
    var provesPhone: Bool { [.phoneCode, .phoneVerification].contains(self) }
}
