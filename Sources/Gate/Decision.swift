/// What the gate says about one visitor and one route.
package enum Decision: Equatable, Sendable {
    /// The page may be sent.
    case allow
    /// Nobody is signed in as a member.
    case signIn
    /// A second factor is missing, and would be enough.
    case secondFactor
    /// The member is known and not admitted, for want of these.
    case refuse([Requirement])
    /// The account is blocked.
    case blocked
    /// A new password must be set first.
    case passwordReset
    /// It cannot be known now; ask again after so many seconds. Closed meanwhile.
    case unavailable(retryAfter: Int)
}

extension Decision {
    /// Judges one standing by one route's visibility and requirements, all of which must hold.
    ///
    /// - Complexity: O(requirements). A public route is allowed whatever the standing.
    package init(visibility: Visibility, requirements: [Requirement], standing: Standing) {
        guard visibility == .private else {
            self = .allow
            return
        }
        switch standing {
        case .none, .guest: self = .signIn
        case .moreFactors: self = .secondFactor
        case .blocked: self = .blocked
        case .passwordReset: self = .passwordReset
        case .unanswered(let seconds): self = .unavailable(retryAfter: seconds)
        case .member(let member):
            let lacks = requirements.filter { !$0.isMet(by: member) }
            let isAtHand = lacks.allSatisfy { $0.oneOf.contains(.secondFactor) }
            self = lacks.isEmpty ? .allow : isAtHand ? .secondFactor : .refuse(lacks)
        }
    }
}
