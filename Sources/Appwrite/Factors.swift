package import FoundationEssentials
package import Ground

/// Something that proves who signs in, after the first thing did.
package enum Factor: String, Sendable, CaseIterable {
    case totp
    case email
    case phone
    /// One of the codes that were written down.
    ///
    /// Sent exactly so: what compares it minds the case (contract §6, MFA).
    case recoveryCode
}

/// Which factors an account has set up.
package struct Factors: Sendable, Equatable {
    package let enabled: Set<Factor>

    package init(_ enabled: Set<Factor>) {
        self.enabled = enabled
    }
}

extension Factors: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try AnswerFields(decoder)
        enabled = Set(
            try Factor.allCases.filter { try fields.flag(AnswerKey(stringValue: $0.rawValue)) }
        )
    }
}

/// What an authenticator program needs to make codes: shown once, while it is set up.
package struct Authenticator: Sendable, Equatable {
    /// Base32, for who types it.
    package let secret: Secret
    /// `otpauth://totp/…`, for who scans it; it holds the secret.
    package let uri: Secret

    package init(secret: Secret, uri: Secret) {
        self.secret = secret
        self.uri = uri
    }
}

extension Authenticator: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try AnswerFields(decoder)
        secret = Secret(try fields.required("secret", as: String.self))
        uri = Secret(try fields.required("uri", as: String.self))
    }
}

/// A question for a second factor, good for an hour.
package struct Challenge: Sendable, Equatable {
    package let id: String
    package let userID: String
    package let expire: Date
}

extension Challenge: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try AnswerFields(decoder)
        id = try fields.required("$id")
        userID = try fields.text("userId")
        expire = try fields.required("expire", as: Timestamp.self).date
    }
}

/// The codes as Appwrite wraps them.
struct RecoveryCodes: Decodable {
    let recoveryCodes: [String]
}
