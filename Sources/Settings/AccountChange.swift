/// What a member may do with their account: each has a form on the account page, and a route of its own below it.
package enum AccountChange: String, CaseIterable, Sendable {
    case name, email, phone, password
    /// Mails a link that proves the address.
    case verifyEmail = "email/verify"
    /// Sends a code that proves the number, and takes it.
    case verifyPhone = "phone/verify"
    case confirmPhone = "phone/confirm"
    /// Ends every session but the one that asks.
    case endOtherSessions = "sessions/revoke"
    /// Takes away a provider's account as a way in.
    case disconnect = "identities/{id}/disconnect"
    /// Begins to set up an authenticator program.
    case beginAuthenticator = "authenticator"
    case confirmAuthenticator = "authenticator/confirm"
    case removeAuthenticator = "authenticator/remove"
    /// A second factor is asked for at sign-in from now on.
    case secondFactorOn = "second-factor/on"
    case secondFactorOff = "second-factor/off"
    /// Makes recovery codes, in place of those that were there.
    case recoveryCodes = "recovery-codes"
    /// Makes addresses of the member's own for feeds, in place of those that were there.
    case feeds
    case noFeeds = "feeds/off"
    case delete

    /// Whether it is made with a password, or is one: not there on a site without passwords.
    package var asksForPassword: Bool { [.email, .phone, .password].contains(self) }

    /// Whether these settings make a route for it.
    func isMade(by auth: AuthSettings) -> Bool {
        switch self {
        case .feeds, .noFeeds: auth.feeds
        default: auth.emailPassword || !asksForPassword
        }
    }
}
