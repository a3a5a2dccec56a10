/// Someone whose session belongs to an account with an e-mail address, a phone number or an OAuth identity.
package struct Member: Hashable, Sendable {
    /// Appwrite's user id.
    package let id: String
    /// May be empty.
    package let name: String
    /// May be empty where the account has only a phone number.
    package let email: String
    package let labels: Set<String>
    /// The e-mail address or the phone number is verified.
    package let isVerified: Bool
    /// Of the e-mail address, where that is verified itself; in lower case.
    package let verifiedDomain: String?
    /// What was asked for besides: the ids of teams, the names of roles or factors.
    private var details: [Detail: Set<String>] = [:]

    /// Something that the account does not say, and that takes a further call.
    package enum Detail: Hashable, Sendable {
        /// Ids of the teams in which the membership is confirmed.
        case teams
        /// The roles in one team, where the membership is confirmed.
        case roles(team: String)
        /// What the session has shown so far, such as `password` and `totp`.
        case factors
    }

    package init(
        id: String,
        name: String = "",
        email: String = "",
        labels: Set<String> = [],
        isVerified: Bool = false,
        hasVerifiedEmail: Bool = false,
        details: [Detail: Set<String>] = [:]
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.labels = labels
        self.isVerified = isVerified || hasVerifiedEmail
        self.details = details
        // The part before the last `@` may hold one in quotes (RFC 5321 §4.1.2).
        let domain = email.split(separator: "@", omittingEmptySubsequences: false).dropFirst().last
        verifiedDomain = hasVerifiedEmail ? domain?.lowercased() : nil
    }

    /// The same member, with what was asked for.
    package func learning(_ detail: Detail, _ names: Set<String>) -> Member {
        var member = self
        member.details[detail] = names
        return member
    }

    /// What was learned of a detail; nil while nobody has asked.
    package func names(of detail: Detail) -> Set<String>? { details[detail] }

    /// Whether a fact holds; nil while nobody has asked.
    package func has(_ fact: Fact) -> Bool? {
        switch fact {
        case .label(let name): labels.contains(name)
        case .team(let id): details[.teams]?.contains(id)
        case .role(let role, let team): details[.roles(team: team)]?.contains(role)
        case .email(let domain): verifiedDomain == domain
        case .verified: isVerified
        case .secondFactor: details[.factors].map { $0.subtracting(Self.noProofs).count > 1 }
        }
    }

    /// What Appwrite lists among a session's factors though nobody has shown it: that the session began without an account,
    /// and that it began at a provider, which stands there beside `email`.
    private static let noProofs: Set<String> = ["anonymous", "oauth2"]
}

/// What is known of the session that came with a request.
///
/// Everything that is not `member` leads away from a private page; there is no case for "probably".
package enum Standing: Hashable, Sendable {
    /// No session came along, or what came is no session.
    case none
    /// A valid anonymous session, by its user's id. A guest is never a member.
    case guest(id: String)
    case member(Member)
    /// A valid session that still needs a second factor.
    case moreFactors
    /// The account is blocked.
    case blocked
    /// The account must set a new password first.
    case passwordReset
    /// The authority did not answer, or answered nonsense; nothing is known. `retryAfter` in seconds.
    case unanswered(retryAfter: Int)
}
