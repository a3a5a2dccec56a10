package import FoundationEssentials
package import Ground

/// A session that was just made, with the secret that proves it.
package struct Session: Sendable, Equatable {
    package let id: String
    package let userID: String
    /// The value of the session cookie, never empty.
    ///
    /// Opaque; about 400 characters of base64, with `+`, `/` and `=`.
    package let secret: Secret
    /// When it ends, unless it is deleted before.
    package let expire: Date
    /// How it began: `email`, `anonymous`, `token`, `magic-url`, `phone` or an OAuth provider's name.
    package let provider: String
    /// What was proved so far, such as `password`, `email`, `totp` or `anonymous`.
    package let factors: [String]

    package init(
        id: String,
        userID: String,
        secret: Secret,
        expire: Date,
        provider: String,
        factors: [String]
    ) {
        self.id = id
        self.userID = userID
        self.secret = secret
        self.expire = expire
        self.provider = provider
        self.factors = factors
    }
}

extension Session: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try AnswerFields(decoder)
        id = try fields.required("$id")
        userID = try fields.required("userId")
        secret = Secret(try fields.cookieValue("secret"))
        expire = try fields.required("expire", as: Timestamp.self).date
        provider = try fields.text("provider")
        factors = try fields.texts("factors")
    }
}
