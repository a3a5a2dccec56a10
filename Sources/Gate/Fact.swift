/// One thing that may be known of a member, and that a page may ask for.
package enum Fact: Hashable, Sendable {
    /// The account has this label.
    case label(String)
    /// The account is a confirmed member of the team, by team id.
    case team(String)
    /// The confirmed membership in a team has this role.
    case role(String, team: String)
    /// The account's e-mail address is verified and at exactly this domain, in lower case; a subdomain is another.
    case email(domain: String)
    /// The account's e-mail address or phone number is verified.
    case verified
    /// The session has shown two kinds of factors.
    ///
    /// Appwrite's switch at the account says what will be asked for, not what was shown.
    case secondFactor
}

extension Fact {
    /// The notation of `any`, of `gatehouse access --as` and of gate tables: `label:pro`, `team:board`, `team:board/chair`,
    /// `email:@example.org`, `verified`, `mfa`.
    package var text: String {
        switch self {
        case .label(let name): "label:\(name)"
        case .team(let id): "team:\(id)"
        case .role(let role, let team): "team:\(team)/\(role)"
        case .email(let domain): "email:@\(domain)"
        case .verified: "verified"
        case .secondFactor: "mfa"
        }
    }

    /// Whether everyone of whom this holds is one of whom the other holds, too.
    package func implies(_ other: Fact) -> Bool {
        switch (self, other) {
        case (.role(_, let team), .team(let id)): team == id
        case (.email, .verified): true
        default: self == other
        }
    }

    /// What must be asked about a member before it is known; nil where the account says it.
    package var detail: Member.Detail? {
        switch self {
        case .label, .email, .verified: nil
        case .team: .teams
        case .role(_, let team): .roles(team: team)
        case .secondFactor: .factors
        }
    }
}

extension Fact: Comparable {
    /// Any fixed order will do, since the same site must give the same bytes.
    package static func < (left: Fact, right: Fact) -> Bool {
        (left.rank, left.text) < (right.rank, right.text)
    }

    private var rank: Int {
        switch self {
        case .label: 0
        case .team: 1
        case .role: 2
        case .email: 3
        case .verified: 4
        case .secondFactor: 5
        }
    }
}
