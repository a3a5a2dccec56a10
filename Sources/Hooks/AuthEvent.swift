public import FoundationEssentials

/// One thing that happened with identity.
///
/// It never holds a secret: no password, token, cookie or code.
public struct AuthEvent: Sendable, Equatable, Codable {
    /// What happened.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case signIn = "sign_in"
        case signUp = "sign_up"
        case signOut = "sign_out"
        /// A guest was given an anonymous session.
        case guest
        /// A guest's account became a member's.
        case converted
        /// Somebody was not let in; `reason` says why.
        case refused
        /// Somebody asked too often; `reason` names the limit. Told at most once a minute for each of them.
        case rateLimited = "rate_limited"
        case sessionRevoked = "session_revoked"
        /// The server serves another release; `release` is its id.
        case published
    }

    /// Unique; a receiver that gets one twice knows it by this.
    public let id: String
    /// What happened.
    public let kind: Kind
    /// In UTC.
    public let time: Date
    /// By which the log knows the request; nil where none was there.
    public var request: String?
    /// Appwrite's id of the account.
    public var user: String?
    /// Appwrite's id of the session.
    public var session: String?
    /// The visitor's IP address.
    public var address: String?
    /// How: `password`, `magic_url`, `email_otp`, `phone_otp`, `oauth:github`.
    public var way: String?
    /// Why, in one word for programs, such as `invalid_credentials`.
    public var reason: String?
    /// The id of a release that was published.
    public var release: String?

    /// An event of which nothing more is known yet; the id must be unique.
    public init(_ kind: Kind, id: String, time: Date) {
        self.id = id
        self.kind = kind
        self.time = time
    }

    private enum CodingKeys: String, CodingKey {
        case id, time, request, user, session, address, way, reason, release
        case kind = "type"
    }
}

extension AuthEvent {
    /// One line of JSON with sorted names and times as ISO 8601; absent fields are left out.
    package var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        // Texts and a date always encode.
        return (try? encoder.encode(self)).map { [UInt8]($0) } ?? []
    }
}
