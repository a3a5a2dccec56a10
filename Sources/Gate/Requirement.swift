/// What a member needs to be admitted: every part that is named must hold.
///
/// Within `labels` and `teams` one of the names is enough. A page's own requirement is added to that of its rule and
/// both must hold, so that a page can only become stricter.
package struct Requirement: Hashable, Codable, Sendable {
    /// The account has one of these labels; empty asks for none.
    package let labels: [String]
    /// The account is a confirmed member of one of these teams, by team id; empty asks for none.
    package let teams: [String]
    /// The account's e-mail address or phone number is verified.
    package let verified: Bool

    /// Names are sorted and unique, so that equal requirements are equal values and give equal bytes.
    package init(
        labels: some Sequence<String> = [],
        teams: some Sequence<String> = [],
        verified: Bool = false
    ) {
        self.labels = Set(labels).sorted()
        self.teams = Set(teams).sorted()
        self.verified = verified
    }

    /// Asks for nothing: every member meets it.
    package var isEmpty: Bool { labels.isEmpty && teams.isEmpty && !verified }

    /// What it asks for, for people: `label pro or gold, team staff, verified`; empty where it asks for nothing.
    package var text: String {
        [
            labels.isEmpty ? nil : "label " + labels.joined(separator: " or "),
            teams.isEmpty ? nil : "team " + teams.joined(separator: " or "),
            verified ? "verified" : nil,
        ].compactMap(\.self).joined(separator: ", ")
    }

    /// What of it this member lacks; empty where the member is admitted.
    package func lacking(in member: Member) -> [Lack] {
        var lacks: [Lack] = []
        if verified, !member.isVerified { lacks.append(.verification) }
        if !labels.isEmpty, member.labels.isDisjoint(with: labels) { lacks.append(.label(oneOf: labels)) }
        if !teams.isEmpty, member.teams?.isDisjoint(with: teams) ?? true { lacks.append(.team(oneOf: teams)) }
        return lacks
    }
}

/// One thing that a member lacks for a page, for the page that says so.
package enum Lack: Hashable, Sendable {
    case label(oneOf: [String])
    case team(oneOf: [String])
    case verification
}
