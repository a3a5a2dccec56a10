/// What a server of one's own may add: it hears what happens, and may refuse to hand out a session.
///
/// Both have a default that does nothing.
public protocol AuthHook: Sendable {
    /// Hears of something that happened, after it did and off the request's path.
    ///
    /// One at a time for each hook. Of a hook that is slower than things happen, the newest are dropped and counted.
    func observe(_ event: AuthEvent) async

    /// Asked before a session is handed out; the visitor waits for the answer, but not longer than five seconds.
    func authorize(_ attempt: AuthAttempt) async -> AuthVerdict
}

extension AuthHook {
    /// Hears nothing.
    public func observe(_ event: AuthEvent) async {}
    /// Admits everybody.
    public func authorize(_ attempt: AuthAttempt) async -> AuthVerdict { .allow }
}

/// Somebody is about to be given a session, or an account.
public struct AuthAttempt: Sendable, Equatable, Codable {
    /// What is about to happen.
    public enum Kind: String, Sendable, Codable {
        case signIn = "sign_in"
        /// Before the account is made.
        case signUp = "sign_up"
    }

    /// What is about to happen.
    public let kind: Kind
    /// As in `AuthEvent`.
    public let way: String
    /// Appwrite's id of the account; nil where there is none yet.
    public let user: String?
    /// What was typed as the e-mail address, in lower case; nil where none was.
    public let email: String?
    /// The visitor's IP address.
    public let address: String
    /// By which the log knows the request.
    public let request: String

    /// An attempt of somebody at `address`.
    public init(
        _ kind: Kind,
        way: String,
        user: String? = nil,
        email: String? = nil,
        address: String,
        request: String
    ) {
        self.kind = kind
        self.way = way
        self.user = user
        self.email = email
        self.address = address
        self.request = request
    }

    private enum CodingKeys: String, CodingKey {
        case way, user, email, address, request
        case kind = "attempt"
    }
}

/// What a hook says of an attempt.
public enum AuthVerdict: Sendable, Equatable {
    case allow
    /// The text is shown to the visitor; an empty one stands for the theme's own.
    case refuse(String)
}
