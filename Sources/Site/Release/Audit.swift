import Gate
import Ground

/// Proves over a finished release, as it lies on the disk, that nothing private is in the public tree.
struct Audit {
    let folder: ReleaseFolder
    let crew: Crew
    /// What was decided; nil where only the release is there.
    let model: SiteModel?
    /// In the order of the model's pages; nil where only the release is there.
    let rendered: [RenderedPage]?

    /// What must not be; nothing where all is well.
    ///
    /// Takes the gate table as it lies on the disk.
    func findings(_ table: @Sendable () throws -> GateTable) async throws -> [String] {
        // Both take their time, and neither needs the other.
        async let open = folder.files(in: Visibility.public.rawValue, crew)
        async let closed = folder.files(in: Visibility.private.rawValue, crew)
        let table = try table()
        let decided = modelFindings(table) + renderingFindings(table) + pageTwins(table)
        return try await treeFindings(.public, open, table) + treeFindings(.private, closed, table) + decided
    }

    /// Private files of content that are public as well, byte for byte: allowed, and perhaps a mistake.
    func warnings(_ table: GateTable) -> [Diagnostic] {
        let routes = table.routes
        let closed = routes.indices.filter {
            routes[$0].visibility == .private && routes[$0].kind == .asset && routes[$0].length > 0
                && routes[$0].isFingerprinted != true
        }.map { routes[$0] }
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
    private func treeFindings(_ visibility: Visibility, _ files: [String], _ table: GateTable) -> [String] {
        let tree = visibility.rawValue
        let routes = table.readings
        // Several routes may show one file.
        var shown: Set<String> = []
        shown.reserveCapacity(files.count)
        for position in routes.indices where routes[position].visibility == visibility {
            shown.formUnion(routes[position].files)
        }
        let strange = files.filter { !shown.contains($0) }
        let missing = shown.count + strange.count > files.count ? shown.subtracting(files) : []
        return strange.map { "\(tree)/\($0) belongs to no \(tree) route" }
            + missing.sorted().map { "\(tree)/\($0) is missing" }
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
        let routes = table.routes
        let pages = routes.indices.filter {
            routes[$0].kind == .page && (routes[$0].visibility == .private || routes[$0].renderings != nil)
        }
        let closed = pages.flatMap { position in
            let route = routes[position]
            return route.readings.filter {
                $0.visibility == .private && ($0 == route || $0.digest != route.digest)
            }
        }
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
