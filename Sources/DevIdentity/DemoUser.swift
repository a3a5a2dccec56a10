package import Ground

/// Somebody who is there from the start.
package struct DemoUser: Sendable {
    package var id: String
    package var name: String
    package var email: String
    package var password: Secret
    package var labels: [String]
    /// The ids of the teams, which are made where they are not there yet.
    package var teams: [String]
    package var isVerified: Bool
    package var isBlocked: Bool
    /// A second factor is asked for; takes effect when the e-mail address is verified.
    package var mfa: Bool
    /// A new password has to be chosen first (412).
    package var mustResetPassword: Bool

    package init(
        id: String,
        name: String,
        email: String,
        password: Secret = demoPassword,
        labels: [String] = [],
        teams: [String] = [],
        isVerified: Bool = true,
        isBlocked: Bool = false,
        mfa: Bool = false,
        mustResetPassword: Bool = false
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.password = password
        self.labels = labels
        self.teams = teams
        self.isVerified = isVerified
        self.isBlocked = isBlocked
        self.mfa = mfa
        self.mustResetPassword = mustResetPassword
    }

    /// The password of all demo users that name no other; it is shown on the index page.
    package static let demoPassword = Secret("open-the-gate")

    /// A member, a pro member, one of the staff, one whose address is unverified, and one who is blocked.
    package static let defaults = [
        DemoUser(id: "member", name: "Mel Member", email: "member@example.com"),
        DemoUser(id: "pro", name: "Pat Pro", email: "pro@example.com", labels: ["pro"]),
        DemoUser(id: "staff", name: "Sam Staff", email: "staff@example.com", teams: ["staff"]),
        DemoUser(
            id: "unverified",
            name: "Uma Unverified",
            email: "unverified@example.com",
            isVerified: false
        ),
        DemoUser(id: "blocked", name: "Bo Blocked", email: "blocked@example.com", isBlocked: true),
    ]
}
