import FoundationEssentials
import Gate
import Ground

/// Proves over a finished release, as it lies on the disk, that nothing private is in the public tree.
struct Audit {
    let folder: ReleaseFolder
    /// What was decided; nil where only the release is there.
    let model: SiteModel?

    /// What must not be; nothing where all is well.
    func findings() throws -> [String] {
        let json = try OpenFile(reading: folder.path + "/gate.json").readAll()
        let table = try GateTable(json: Data(json))
        return try Visibility.allCases.flatMap { try treeFindings($0, table) } + modelFindings(table)
            + pageTwins(table)
    }

    /// Private files of content that are public as well, byte for byte: allowed, and perhaps a mistake.
    func warnings(_ table: GateTable) -> [Diagnostic] {
        let open = publicFiles(table)
        return table.routes.filter { $0.visibility == .private && $0.kind == .asset && $0.length > 0 }
            .filter { $0.isFingerprinted != true }
            .compactMap { route in
                open[route.digest].map { twin in
                    Diagnostic(
                        .warning,
                        at: Place(file: route.source),
                        "this private file is public as \(twin.path), byte for byte",
                        advice: "remove \(twin.source) if nobody should read it"
                    )
                }
            }
    }
}

extension Audit {
    /// A tree holds the files of its routes and nothing else.
    private func treeFindings(_ visibility: Visibility, _ table: GateTable) throws -> [String] {
        let tree = visibility.rawValue
        let found = Set(try folder.files(in: tree))
        let routes = table.routes.filter { $0.visibility == visibility }
        let expected = Set(routes.flatMap(\.files))
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

    /// No public file is a private page, byte for byte.
    private func pageTwins(_ table: GateTable) -> [String] {
        let open = publicFiles(table)
        return table.routes.filter { $0.visibility == .private && $0.kind == .page }.compactMap { route in
            open[route.digest].map { "the private page \(route.path) is public as \($0.path)" }
        }
    }

    /// By digest.
    private func publicFiles(_ table: GateTable) -> [String: Route] {
        Dictionary(
            table.routes.filter { $0.visibility == .public && $0.kind != .redirect }.map { ($0.digest, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
