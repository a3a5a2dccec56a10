extension Requirement: Codable {
    /// Servers of format 3 and before read `labels`, `teams` and `verified`, of which all that is there must hold.
    ///
    /// So what they can judge is written as it was for them; where `any` says more, the format tells them to keep out.
    private enum CodingKeys: String, CodingKey {
        case any, labels, teams, verified
    }

    /// Whether a server of format 3 could judge it.
    ///
    /// What admits nobody is not: it would read it as what asks for nothing.
    var isPlain: Bool {
        oneOf == [.verified] || (!oneOf.isEmpty && [labels.count, teams.count].contains(oneOf.count))
    }

    /// Of labels only.
    var labels: [String] {
        oneOf.compactMap { if case .label(let name) = $0 { name } else { nil } }
    }

    /// Of teams only.
    var teams: [String] {
        oneOf.compactMap { if case .team(let id) = $0 { id } else { nil } }
    }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        let labels = try fields.decode([String].self, forKey: .labels)
        let teams = try fields.decode([String].self, forKey: .teams)
        let isVerified = try fields.decode(Bool.self, forKey: .verified)
        let named = try fields.decodeIfPresent([String].self, forKey: .any)
        let kinds = [!labels.isEmpty, !teams.isEmpty, isVerified, named != nil].count { $0 }
        // More of them at once meant in old tables that all must hold.
        guard kinds == 1, named?.isEmpty != true else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath,
                    debugDescription:
                        "a requirement of \(kinds) kinds, as older programs wrote it: build the site anew"
                )
            )
        }
        let facts =
            try labels.map { Fact.label($0) } + teams.map { Fact.team($0) }
            + (named ?? []).map { try Fact($0) }
            + (isVerified ? [.verified] : [])
        self.init(oneOf: facts)
    }

    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        if !isPlain { try fields.encode(oneOf.map(\.text), forKey: .any) }
        try fields.encode(isPlain ? labels : [], forKey: .labels)
        try fields.encode(isPlain ? teams : [], forKey: .teams)
        try fields.encode(oneOf == [.verified], forKey: .verified)
    }
}
