extension Requirement: Comparable {
    package static func < (left: Requirement, right: Requirement) -> Bool {
        left.oneOf.lexicographicallyPrecedes(right.oneOf)
    }
}

extension [Requirement] {
    /// Those of which all must hold, each once and without those that another one implies, in one order.
    ///
    /// Costs O(requirements²).
    package init(all requirements: some Sequence<Requirement>) {
        self = [Requirement](requirements)
        // Most pages ask for nothing, or for one thing.
        guard count > 1 else { return }
        let all = Set(self)
        self = all.filter { asked in !all.contains { $0 != asked && $0.implies(asked) } }.sorted()
    }

    /// What is met where all requirements of at least one of several lists are; nil where that takes too many to write.
    ///
    /// A list that asks for nothing makes of all of them one that asks for nothing.
    package init?(any lists: some Sequence<[Requirement]>) {
        var found: [Requirement]?
        for list in lists {
            guard let former = found else {
                found = [Requirement](all: list)
                continue
            }
            guard former.count * list.count <= Self.mostTried else { return nil }
            let joined = former.flatMap { one in list.map { Requirement(oneOf: one.oneOf + $0.oneOf) } }
            let least = [Requirement](all: joined)
            guard least.count <= Self.most else { return nil }
            found = least
        }
        // Of no lists none is met.
        self = found ?? [Requirement(oneOf: [])]
    }

    /// How many requirements a page can have; more than a person can follow.
    package static var most: Int { 32 }
    private static var mostTried: Int { 1024 }

    /// Whether all of these ask for no less than all of the others.
    ///
    /// Exact, but where nobody can meet these: then it may say no.
    package func implies(_ others: [Requirement]) -> Bool {
        others.allSatisfy { asked in contains { $0.implies(asked) } }
    }

    /// The domains of which an account would need two at once; nil where somebody can meet all of these.
    ///
    /// An account has one e-mail address, and everything else can be had together.
    package var contradiction: [String]? {
        guard count > 1 else { return nil }
        let asked = filter { !$0.oneOf.isEmpty }.compactMap { requirement -> [String]? in
            let domains = requirement.oneOf.compactMap(\.domain)
            return domains.count == requirement.oneOf.count ? domains : nil
        }
        guard let first = asked.first else { return nil }
        let shared = asked.reduce(Set(first)) { $0.intersection($1) }
        return shared.isEmpty ? Set(asked.joined()).sorted() : nil
    }
}

extension Fact {
    fileprivate var domain: String? {
        if case .email(let domain) = self { domain } else { nil }
    }
}
