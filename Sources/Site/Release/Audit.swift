import Gate
import Ground

/// Proves over a finished release, as it lies on the disk, that nothing private is in the public tree.
struct Audit {
    let folder: ReleaseFolder
    /// What was decided; nil where only the release is there.
    let model: SiteModel?
    /// In the order of the model's pages; nil where only the release is there.
    let rendered: [RenderedPage]?

    /// What must not be; nothing where all is well.
    ///
    /// Takes the gate table as it lies on the disk.
    func findings(_ table: GateTable) throws -> [String] {
        try Visibility.allCases.flatMap { try treeFindings($0, table) } + modelFindings(table)
            + renderingFindings(table) + pageTwins(table)
    }

    /// Private files of content that are public as well, byte for byte: allowed, and perhaps a mistake.
    func warnings(_ table: GateTable) -> [Diagnostic] {
        let closed = table.routes.filter { $0.visibility == .private && $0.kind == .asset && $0.length > 0 }
            .filter { $0.isFingerprinted != true }
        return twins(of: closed, table).map { route, twin in
            Diagnostic(
                .warning,
                at: Place(file: route.source),
                "this private file is public as \(twin.path), byte for byte",
                advice: "remove \(twin.source) if nobody should read it"
            )
        }
    }
}

extension Audit {
    /// A tree holds the files of its routes and nothing else.
    private func treeFindings(_ visibility: Visibility, _ table: GateTable) throws -> [String] {
        let tree = visibility.rawValue
        let files = try folder.files(in: tree)
        let routes = table.readings.filter { $0.visibility == visibility }
        let listed = routes.flatMap(\.files)
        if files == listed.sorted() { return [] }
        let (found, expected) = (Set(files), Set(listed))
        return found.subtracting(expected).sorted().map { "\(tree)/\($0) belongs to no \(tree) route" }
            + expected.subtracting(found).sorted().map { "\(tree)/\($0) is missing" }
    }

    /// The table says of each page and asset what was decided for it.
    private func modelFindings(_ table: GateTable) -> [String] {
        guard let model else { return [] }
        return model.decided.compactMap { path, access in
            guard let route = table[path] else { return "\(path) has no route" }
            return route.visibility == access.visibility && route.requirements == access.requirements
                ? nil : "\(path) has another rule in the gate table"
        }
    }

    /// The table has a rendering for exactly those for whom the page was rendered, and says so of each.
    private func renderingFindings(_ table: GateTable) -> [String] {
        guard let model, let rendered else { return [] }
        return model.pages.compactMap { page in
            let asked = (table[page.path]?.renderings ?? []).map(\.requirements)
            return asked == rendered[page.position].others.map(\.access.requirements)
                ? nil : "\(page.path) has other renderings in the gate table"
        }
    }

    /// No public file is a private page, byte for byte.
    private func pageTwins(_ table: GateTable) -> [String] {
        // A part that holds nothing makes two renderings of a page the same.
        let closed = table.routes.flatMap { route in
            route.readings.filter { $0.visibility == .private && ($0 == route || $0.digest != route.digest) }
        }.filter { $0.kind == .page }
        return twins(of: closed, table).map { "the private page \($0.path) is public as \($1.path)" }
    }

    /// Each of some private routes whose bytes are public, too, with the first public route that has them.
    private func twins(of closed: [Route], _ table: GateTable) -> [(route: Route, twin: Route)] {
        // Most sites have far fewer private files than public ones, so those are looked up in these.
        let wanted = Set(closed.map(\.digest))
        guard !wanted.isEmpty else { return [] }
        var open: [String: Route] = [:]
        for route in table.routes
        where route.visibility == .public && route.kind != .redirect && wanted.contains(route.digest) {
            if open[route.digest] == nil { open[route.digest] = route }
        }
        return closed.compactMap { route in open[route.digest].map { (route, $0) } }
    }
}
