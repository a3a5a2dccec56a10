/// Someone whose session belongs to an account with an e-mail address, a phone number or an OAuth identity.
package struct Member: Hashable, Sendable {
    /// Appwrite's user id.
    package let id: String
    /// May be empty.
    package let name: String
    /// May be empty where the account has only a phone number.
    package let email: String
    package let labels: Set<String>
    /// Ids of the teams in which the membership is confirmed; nil while nobody has asked.
    package let teams: Set<String>?
    /// The e-mail address or the phone number is verified.
    package let isVerified: Bool

    package init(
        id: String,
        name: String = "",
        email: String = "",
        labels: Set<String> = [],
        teams: Set<String>? = nil,
        isVerified: Bool = false
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.labels = labels
        self.teams = teams
        self.isVerified = isVerified
    }

    /// The same member, with the teams that were asked for.
    package func joining(teams: Set<String>) -> Member {
        Member(id: id, name: name, email: email, labels: labels, teams: teams, isVerified: isVerified)
    }
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
