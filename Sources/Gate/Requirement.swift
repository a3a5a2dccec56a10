/// What a member needs to be admitted: one of these facts is enough.
///
/// A page has a list of them, of which all must hold. So every combination of `any` and `all` can be written, what a page
/// says is added to what its rule says and can only make it stricter, and each requirement that is not met is one thing to
/// tell a visitor.
package struct Requirement: Hashable, Sendable {
    /// In one order, each once, and none that is there for less by another; none at all admits nobody.
    package let oneOf: [Fact]

    package init(oneOf facts: some Sequence<Fact>) {
        let all = Set(facts)
        oneOf = all.filter { fact in !all.contains { $0 != fact && fact.implies($0) } }.sorted()
    }

    package init(labels: some Sequence<String>) { self.init(oneOf: labels.map { .label($0) }) }

    /// By team id.
    package init(teams: some Sequence<String>) { self.init(oneOf: teams.map { .team($0) }) }

    package static let verified = Requirement(oneOf: [.verified])
    package static let secondFactor = Requirement(oneOf: [.secondFactor])

    /// What it asks for, for people: `label pro or gold`, `team staff or verified`.
    package var text: String {
        var kind = ""
        return oneOf.map { fact in
            let words = fact.words
            defer { kind = words.kind }
            return [words.kind == kind ? "" : words.kind, words.name].filter { !$0.isEmpty }
                .joined(separator: " ")
        }.joined(separator: " or ")
    }

    /// Whether whoever meets this one meets the other, too.
    ///
    /// Exact: where some fact of this one implies none of the other's, a member of whom just that holds tells them apart.
    package func implies(_ other: Requirement) -> Bool {
        oneOf.allSatisfy { fact in other.oneOf.contains { fact.implies($0) } }
    }

    /// Whether this member meets it; what nobody has asked about does not count.
    package func isMet(by member: Member) -> Bool { oneOf.contains { member.has($0) == true } }

    /// What must be asked about a member before it can be said whether they meet it; nil where that is known.
    package func unknown(of member: Member) -> Member.Detail? {
        guard !isMet(by: member) else { return nil }
        return oneOf.first { member.has($0) == nil }?.detail
    }
}

extension Fact {
    /// For people; the kind is not repeated among several of one.
    fileprivate var words: (kind: String, name: String) {
        switch self {
        case .label(let name): ("label", name)
        case .team(let id): ("team", id)
        case .role(let role, let team): ("team", "\(team)/\(role)")
        case .email(let domain): ("e-mail", "@\(domain)")
        case .verified: ("verified", "")
        case .secondFactor: ("second factor", "")
        }
    }
}
