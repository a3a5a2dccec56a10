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

    private let claims: [Claim]
    private let taken: ReservedPaths

    init(
        pages: [Page],
        assets: [Asset],
        aliases: [Alias],
        made: [(path: PagePath, place: Place)],
        reserved: ReservedPaths
    ) {
        taken = reserved
        claims =
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
    }

    /// Costs O(pages + assets), apart from sorting.
    var problems: [Diagnostic] {
        get async {
            async let obstacles = obstacles
            return reserved + twins + lookalikes + (await obstacles)
        }
    }
}

extension Collisions {
    private var reserved: [Diagnostic] {
        claims.compactMap { claim in
            taken.refusal(
                of: claim.path,
                at: claim.place,
                advice: claim.isChosen
                    ? "choose another 'url'" : "rename the file, or give the page another 'url'"
            )
        }
    }

    private var twins: [Diagnostic] {
        Self.groups(claims) { $0.path.text }.flatMap { group in
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
    private var obstacles: [Diagnostic] {
        var owners: [String: Claim] = [:]
        for claim in claims {
            guard let file = claim.file, owners[file] == nil else { continue }
            owners[file] = claim
        }
        var found: [Diagnostic] = []
        for claim in claims {
            guard let file = claim.file else { continue }
            if let owner = owners[file], owner.path != claim.path {
                found.append(Self.obstacle(claim, owner))
            }
            for folder in Self.folders(above: file) {
                if let owner = owners[folder] { found.append(Self.obstacle(claim, owner)) }
            }
        }
        return found
    }

    /// Each folder that the file lies in, the outermost first.
    private static func folders(above file: String) -> some Sequence<String> {
        file.utf8.indices.lazy.filter { file.utf8[$0] == UInt8(ascii: "/") }.map { String(file[..<$0]) }
    }

    /// Whether it is ASCII without capitals.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 < 0x80 && !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }

    private static func obstacle(_ claim: Claim, _ owner: Claim) -> Diagnostic {
        Diagnostic(
            at: claim.place,
            "\(claim.path) and \(owner.path) of \(owner.place) cannot both be files of one folder",
            advice: "rename one of the two"
        )
    }

    /// Addresses that differ in case only are one file on some machines, and one page to most people.
    private var lookalikes: [Diagnostic] {
        // In lower case all over, as on most sites, only the same look alike.
        guard claims.contains(where: { !Self.isPlain($0.path.text) }) else { return [] }
        // An alias may well be the page's old address in another case.
        return Self.groups(claims.filter { $0.file != nil }) { $0.path.text.lowercased() }.flatMap { group in
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
