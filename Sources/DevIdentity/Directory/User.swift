/// An account, with or without an e-mail address.
struct User: Sendable {
    let id: String
    /// Grows with each new record, so that lists have an order.
    let serial: Int
    var name = ""
    var email = ""
    var phone = ""
    var password: PasswordHash?
    /// When a password was last chosen; nil for guests and those who came by OAuth.
    var passwordUpdate: Moment?
    var isActive = true
    var labels: [String] = []
    var emailVerification = false
    var phoneVerification = false
    var mfa = false
    var authenticator: Authenticator?
    var recoveryCodes: [String] = []
    var mustResetPassword = false
    var prefs: JSONValue = [:]
    let created: Moment
    var updated: Moment
    /// When it was last used, to the day.
    var accessed: Moment
    /// Appwrite keeps a message target for an address that an account was made with, but makes none when a guest
    /// takes one; which error a clash gives depends on it (contract, trap 7).
    var hasEmailTarget = false

    /// True for an account that an anonymous session made and that nobody has converted.
    var isAnonymous: Bool { email.isEmpty && phone.isEmpty && password == nil }

    /// How many factors a session needs (contract, section 6, MFA).
    var factorsNeeded: Int {
        let canShowAnother = emailVerification || phoneVerification || authenticator?.isVerified == true
        return mfa && canShowAnother ? 2 : 1
    }

    init(id: String, serial: Int, created: Moment) {
        self.id = id
        self.serial = serial
        self.created = created
        updated = created
        accessed = created
    }
}

extension User {
    /// The account as `/account` and `/users` answer it.
    var json: JSONValue {
        let hasAddress = !email.isEmpty
        return [
            "$id": .text(id), "$createdAt": .text(created.text), "$updatedAt": .text(updated.text),
            "name": .text(name), "registration": .text(created.text), "status": .flag(isActive),
            "labels": JSONValue(texts: labels), "passwordUpdate": .text(passwordUpdate?.text ?? ""),
            "email": .text(email), "phone": .text(phone), "emailVerification": .flag(emailVerification),
            "phoneVerification": .flag(phoneVerification), "mfa": .flag(mfa), "prefs": prefs,
            "targets": targets,
            "accessedAt": .text(accessed.text),
            "emailCanonical": hasAddress ? .text(email) : .null,
            "emailIsFree": hasAddress ? false : .null, "emailIsDisposable": hasAddress ? false : .null,
            "emailIsCorporate": hasAddress ? false : .null, "emailIsCanonical": hasAddress ? true : .null,
            "impersonator": .null, "impersonatorUserId": .null,
        ]
    }

    private var targets: JSONValue {
        guard hasEmailTarget, !email.isEmpty else { return .list([]) }
        let target: JSONValue = [
            "$id": .text("target-\(id)".prefix(36).description), "$createdAt": .text(created.text),
            "$updatedAt": .text(updated.text), "name": "", "userId": .text(id), "providerId": .null,
            "providerType": "email", "identifier": .text(email), "expired": false,
        ]
        return .list([target])
    }
}
