import Gate
import Ground

/// One rendering of a list, for the readers of one access.
struct Edition: Sendable {
    let access: Access
    /// Where its first page is.
    let path: PagePath
    /// Those of the list that its readers may read, in the order of lists.
    let pages: [Int]
}

/// Makes the editions of a list: one for each access that its pages have, since each address has one file for one access.
///
/// The least strict is at the list's own address, each other one below it at `for/…/`. So a list of private pages only is
/// private itself, and nobody reads in a list what they may not read on the page.
struct Editions {
    let policy: VisibilityPolicy
    let pages: [Page]

    /// Costs O(positions × different accesses).
    func editions(of positions: [Int], at base: PagePath) -> [Edition] {
        var seen: Set<Audience.Key> = []
        var accesses: [Access] = []
        for position in positions where seen.insert(Audience.Key(pages[position].access)).inserted {
            accesses.append(pages[position].access)
        }
        accesses.sort { Self.rank($0) < Self.rank($1) }
        seen = []
        return accesses.enumerated().compactMap { number, wanted in
            let below = number == 0 ? "" : "for/\(Self.name(of: wanted))/"
            guard let path = PagePath(base.text + below) else { return nil }
            let access = policy.access(to: path, generated: wanted)
            // A rule may have closed the first one, so that it is the second one's, too.
            guard seen.insert(Audience.Key(access)).inserted else { return nil }
            return Edition(
                access: access,
                path: path,
                pages: positions.filter { access.admitsOnly(thoseOf: pages[$0].access) }
            )
        }
    }

    /// How an edition for some members is called in addresses: `members`, `label-pro`, `team-board`.
    ///
    /// Labels and ids of teams keep their letters, so that two of them are not one name.
    static func name(of access: Access) -> String {
        let parts = access.requirements.map(name)
        return parts.isEmpty ? "members" : parts.joined(separator: "-and-")
    }
}

extension Editions {
    /// Public first, then what asks for least.
    static func rank(_ access: Access) -> (Int, Int, String) {
        (access.visibility == .public ? 0 : 1, access.requirements.count, name(of: access))
    }

    private static func name(_ requirement: Requirement) -> String {
        var kind = ""
        return requirement.oneOf.map { fact in
            let parts = parts(of: fact)
            defer { kind = parts[0] }
            return (parts[0] == kind ? Array(parts.dropFirst()) : parts).map(Self.slug).joined(separator: "-")
        }.joined(separator: "-or-")
    }

    private static func parts(of fact: Fact) -> [String] {
        switch fact {
        case .label(let name): ["label", name]
        case .team(let id): ["team", id]
        case .role(let role, let team): ["role", role, "of", team]
        case .email(let domain): ["at", domain]
        case .verified: ["verified"]
        case .secondFactor: ["mfa"]
        }
    }

    private static func slug(_ name: String) -> String {
        String(name.map { $0.isLetter || $0.isNumber || "._-".contains($0) ? $0 : "-" })
    }
}

extension [Edition] {
    /// The one that tells these readers most, of those that they may read; nil where they may read none.
    func best(for access: Access) -> Edition? {
        var best: Edition?
        for edition in self where access.admitsOnly(thoseOf: edition.access) {
            if best.map({ edition.pages.count > $0.pages.count }) ?? true { best = edition }
        }
        return best
    }
}
