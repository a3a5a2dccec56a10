import Ground

/// Two files at one address, files that would lie in each other's way, and addresses that are taken.
struct Collisions {
    private struct Claim {
        let path: PagePath
        let place: Place
        /// Where a page says its address itself.
        let isChosen: Bool
        /// Where a file lies; an alias has none.
        var file: String?
    }

    let problems: [Diagnostic]

    /// Costs O(pages + assets), apart from sorting.
    init(
        pages: [Page],
        assets: [Asset],
        aliases: [Alias],
        made: [(path: PagePath, place: Place)],
        reserved: ReservedPaths
    ) {
        let claims =
            pages.map {
                Claim(
                    path: $0.path,
                    place: $0.place,
                    isChosen: $0.source.frontMatter.url != nil,
                    file: $0.output
                )
            }
            + assets.map {
                Claim(path: $0.path, place: $0.place, isChosen: false, file: $0.path.outputFile)
            }
            + aliases.map { Claim(path: $0.path, place: $0.place, isChosen: true) }
            + made.map {
                Claim(path: $0.path, place: $0.place, isChosen: true, file: $0.path.outputFile)
            }
        problems =
            Self.reserved(claims, reserved) + Self.twins(claims) + Self.obstacles(claims)
            + Self.lookalikes(claims)
    }
}

extension Collisions {
    private static func reserved(_ claims: [Claim], _ reserved: ReservedPaths) -> [Diagnostic] {
        claims.compactMap { claim in
            reserved.reason(against: claim.path).map {
                Diagnostic(
                    at: claim.place,
                    "nothing in content can be at \(claim.path): \($0)",
                    advice: claim.isChosen
                        ? "choose another 'url'" : "rename the file, or give the page another 'url'"
                )
            }
        }
    }

    private static func twins(_ claims: [Claim]) -> [Diagnostic] {
        groups(claims) { $0.path.text }.flatMap { group in
            group.dropFirst().map { later in
                Diagnostic(
                    at: later.place,
                    "\(later.path) is the address of \(group[0].place), too",
                    advice: "rename one of the two, or give one another 'slug' or 'url'"
                )
            }
        }
    }

    /// `/a` is a file, and so nothing can lie below it at `/a/b`; `/a/index.html` is where `/a/` lies.
    private static func obstacles(_ claims: [Claim]) -> [Diagnostic] {
        var owners: [String: Claim] = [:]
        for claim in claims {
            guard let file = claim.file, owners[file] == nil else { continue }
            owners[file] = claim
        }
        var found: [Diagnostic] = []
        for claim in claims {
            guard let file = claim.file else { continue }
            if let owner = owners[file], owner.path != claim.path {
                found.append(obstacle(claim, owner))
            }
            for slash in file.utf8.indices where file.utf8[slash] == UInt8(ascii: "/") {
                if let owner = owners[String(file[..<slash])] { found.append(obstacle(claim, owner)) }
            }
        }
        return found
    }

    private static func obstacle(_ claim: Claim, _ owner: Claim) -> Diagnostic {
        Diagnostic(
            at: claim.place,
            "\(claim.path) and \(owner.path) of \(owner.place) cannot both be files of one folder",
            advice: "rename one of the two"
        )
    }

    /// Addresses that differ in case only are one file on some machines, and one page to most people.
    private static func lookalikes(_ claims: [Claim]) -> [Diagnostic] {
        // An alias may well be the page's old address in another case.
        groups(claims.filter { $0.file != nil }) { $0.path.text.lowercased() }.flatMap { group in
            group.dropFirst().filter { $0.path != group[0].path }.map { later in
                Diagnostic(
                    .warning,
                    at: later.place,
                    "\(later.path) differs from \(group[0].path) of \(group[0].place) in case only"
                )
            }
        }
    }

    /// Those that share a key, in the order of their files.
    private static func groups(_ claims: [Claim], by key: (Claim) -> String) -> [[Claim]] {
        var seen: Set<String> = []
        seen.reserveCapacity(claims.count)
        let shared = Set(claims.lazy.map(key).filter { !seen.insert($0).inserted })
        // Most sites have none, and need no list for each key.
        guard !shared.isEmpty else { return [] }
        return Dictionary(grouping: claims.filter { shared.contains(key($0)) }, by: key).values
            .map { $0.sorted { $0.place < $1.place } }
    }
}
