package import Ground

/// What one local identity service is: its project, who may call it, who lives in it.
package struct IdentityConfiguration: Sendable {
    /// The id of the one project.
    package var project: String
    package var keys: [IdentityKey]
    /// Host names that may appear in `Origin`, `success`, `failure` and `url`; ports and schemes do not matter.
    package var platforms: Set<String>
    package var users: [DemoUser]
    /// 0 takes any free port.
    package var port: Int
    package var host: LoopbackAddress
    /// Appwrite's limits, counted for callers without a key.
    package var rateLimits: Bool
    /// The OAuth providers that are switched on; all that Appwrite knows, unless said otherwise.
    package var providers: Set<String>
    /// Ways in that are switched off; callers with a key may use them all the same.
    package var disabledMethods: Set<AuthMethod>
    /// Whether mails and text messages can be sent; they go to the outbox.
    package var sendsMail: Bool
    package var sendsMessages: Bool
    /// How long a session lives, in seconds.
    package var sessionDuration: Int

    package init(
        project: String = "gatehouse",
        keys: [IdentityKey] = [],
        platforms: Set<String> = ["localhost", "127.0.0.1", "::1"],
        users: [DemoUser] = DemoUser.defaults,
        port: Int = 0,
        host: LoopbackAddress = .standard,
        rateLimits: Bool = true,
        providers: Set<String> = OAuthProvider.all,
        disabledMethods: Set<AuthMethod> = [],
        sendsMail: Bool = true,
        sendsMessages: Bool = true,
        sessionDuration: Int = 31_536_000
    ) {
        self.project = project
        self.keys = keys
        self.platforms = platforms
        self.users = users
        self.port = port
        self.host = host
        self.rateLimits = rateLimits
        self.providers = providers
        self.disabledMethods = disabledMethods
        self.sendsMail = sendsMail
        self.sendsMessages = sendsMessages
        self.sessionDuration = sessionDuration
    }
}

/// A way in that a project can switch off.
package enum AuthMethod: String, Sendable, Hashable, CaseIterable {
    case emailPassword = "Email / Password"
    case anonymous = "Anonymous"
    case magicURL = "Magic URL"
    case emailOTP = "Email OTP"
    case phone = "Phone"
    case invites = "Invites"
    case jwt = "JWT"
}

/// An API key and what it may do.
package struct IdentityKey: Sendable {
    package var secret: Secret
    /// Such as `sessions.write`; `account` and `public` have no effect, as Appwrite never grants them to a key.
    package var scopes: Set<String>
    /// From when on the key is refused; never, when nil.
    package var expires: Moment?

    package init(secret: Secret, scopes: Set<String>, expires: Moment? = nil) {
        self.secret = secret
        self.scopes = scopes
        self.expires = expires
    }

    /// A new key of Appwrite's form: `standard_` and 256 hexadecimal digits.
    package static func make(
        scopes: Set<String> = everyday,
        random: IdentityRandom = .system
    ) -> IdentityKey {
        IdentityKey(secret: Secret("standard_" + random.hex(256)), scopes: scopes)
    }

    /// What a members site can use.
    package static let everyday: Set<String> = [
        "sessions.write", "users.read", "users.write", "teams.read", "teams.write", "locale.read",
    ]
}
