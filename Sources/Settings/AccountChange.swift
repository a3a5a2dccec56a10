/// What a member may do with their account: each has a form on the account page, and a route of its own below it.
package enum AccountChange: String, CaseIterable, Sendable {
    case name, email, phone, password
    /// Ends every session but the one that asks.
    case endOtherSessions = "sessions/revoke"
    /// Takes away a provider's account as a way in.
    case disconnect = "identities/{id}/disconnect"
    case delete
}
