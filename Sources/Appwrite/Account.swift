package import FoundationEssentials

/// Who a session belongs to.
package struct Account: Sendable, Equatable {
    package let id: String
    /// May be empty.
    package let name: String
    /// Lower case; empty for an anonymous account and for one that has only a phone.
    package let email: String
    /// `+` and digits; may be empty.
    package let phone: String
    package let emailVerification: Bool
    package let phoneVerification: Bool
    /// Set by the operator; letters and digits.
    package let labels: [String]
    /// A second factor is demanded, once one is set up.
    package let mfa: Bool
    /// False for a blocked account, which Appwrite refuses before it would show this.
    package let status: Bool
    /// When the account was made.
    package let registration: Date?
    /// False for who came by OAuth, a link or a code, and chose none since.
    package let hasPassword: Bool
    /// When it was last used, to the day or so; Appwrite writes it at most once in 24 hours.
    package let accessedAt: Date?
    /// What the site and other programs remember with the account.
    package let preferences: JSONObject

    package init(
        id: String,
        name: String = "",
        email: String = "",
        phone: String = "",
        emailVerification: Bool = false,
        phoneVerification: Bool = false,
        labels: [String] = [],
        mfa: Bool = false,
        status: Bool = true,
        registration: Date? = nil,
        hasPassword: Bool = false,
        accessedAt: Date? = nil,
        preferences: JSONObject = JSONObject()
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.phone = phone
        self.emailVerification = emailVerification
        self.phoneVerification = phoneVerification
        self.labels = labels
        self.mfa = mfa
        self.status = status
        self.registration = registration
        self.hasPassword = hasPassword
        self.accessedAt = accessedAt
        self.preferences = preferences
    }

    /// A guest's account: it has neither an e-mail nor a phone.
    ///
    /// An account from OAuth always has an e-mail: Appwrite ends the OAuth flow with `user_unauthorized` where the
    /// provider tells none. So no further question (`GET /account/identities`) is needed, and should such an account
    /// ever lack both, it is taken for a guest, never a guest for a member.
    package var isAnonymous: Bool { email.isEmpty && phone.isEmpty }

    /// The e-mail or the phone is proved; Appwrite's role `verified`.
    package var isVerified: Bool { emailVerification || phoneVerification }
}

extension Account: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try AnswerFields(decoder)
        id = try fields.required("$id")
        name = try fields.text("name")
        email = try fields.text("email")
        phone = try fields.text("phone")
        emailVerification = try fields.flag("emailVerification")
        phoneVerification = try fields.flag("phoneVerification")
        labels = try fields.texts("labels")
        mfa = try fields.flag("mfa")
        status = try fields.flag("status", otherwise: true)
        registration = try fields.date("registration")
        hasPassword = try !fields.text("passwordUpdate").isEmpty
        accessedAt = try fields.date("accessedAt")
        preferences = try fields.object("prefs")
    }
}
