package import Ground

/// Somebody who is there from the start.
package struct DemoUser: Sendable {
    package var id: String
    package var name: String
    package var email: String
    package var password: Secret
    package var labels: [String]
    /// The teams, which are made where they are not there yet.
    package var teams: [DemoTeam]
    /// `+` and 7 to 15 digits; empty for none.
    package var phone: String
    package var isPhoneVerified: Bool
    package var isVerified: Bool
    package var isBlocked: Bool
    /// A second factor is asked for; takes effect when the e-mail address is verified.
    package var mfa: Bool
    /// What an authenticator program was set up with, in base32; nil for none.
    package var authenticator: Secret?
    /// A new password has to be chosen first (412).
    package var mustResetPassword: Bool

    package init(
        id: String,
        name: String,
        email: String,
        password: Secret = demoPassword,
        labels: [String] = [],
        teams: [DemoTeam] = [],
        phone: String = "",
        isPhoneVerified: Bool = true,
        isVerified: Bool = true,
        isBlocked: Bool = false,
        mfa: Bool = false,
        authenticator: Secret? = nil,
        mustResetPassword: Bool = false
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.password = password
        self.labels = labels
        self.teams = teams
        self.phone = phone
        self.isPhoneVerified = isPhoneVerified
        self.isVerified = isVerified
        self.isBlocked = isBlocked
        self.mfa = mfa
        self.authenticator = authenticator
        self.mustResetPassword = mustResetPassword
    }

    /// The password of all demo users that name no other; it is shown on the index page.
    package static let demoPassword = Secret("open-the-gate")

    /// A member, a pro member, one of the staff, one with a second factor, one whose address is unverified, and one who
    /// is blocked.
    package static let defaults = [
        DemoUser(id: "member", name: "Mel Member", email: "member@example.com"),
        DemoUser(id: "pro", name: "Pat Pro", email: "pro@example.com", labels: ["pro"]),
        DemoUser(id: "staff", name: "Sam Staff", email: "staff@example.com", teams: ["staff"]),
        DemoUser(
            id: "careful",
            name: "Cleo Careful",
            email: "careful@example.com",
            mfa: true,
            authenticator: Secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        ),
        DemoUser(
            id: "unverified",
            name: "Uma Unverified",
            email: "unverified@example.com",
            isVerified: false
        ),
        DemoUser(id: "blocked", name: "Bo Blocked", email: "blocked@example.com", isBlocked: true),
    ]
}

/// A team that somebody is in, and as what.
package struct DemoTeam: Sendable, Equatable, ExpressibleByStringLiteral {
    package var id: String
    package var roles: [String]

    package init(_ id: String, roles: [String] = ["member"]) {
        self.id = id
        self.roles = roles
    }

    package init(stringLiteral id: String) {
        self.init(id)
    }
}
