import Gate
import Ground
import Theme

/// Writes all files of a release.
struct ReleaseWriter: Sendable {
    let model: SiteModel
    let rendered: [RenderedPage]
    let folder: ReleaseFolder
    let crew: Crew
    let twins: TwinWriter

    /// What was written: the gate table's routes, and the digest of everything.
    struct Outcome {
        let table: GateTable
        let digest: FileDigest
    }

    func write(done: (Int) -> Void) async throws -> Outcome {
        try folder.make()
        let context = PageContext(model, titles: rendered.map(\.title))
        let pages = try await crew.map(model.pages.count, done: done, work: { try page($0, context) })
        let assets = try await crew.map(model.assets.count) { try asset(model.assets[$0]) }
        let themeAssets = try await crew.map(model.theme.assets.count) {
            try themeAsset(model.theme.assets[$0])
        }
        let trees = pages + assets + themeAssets
        let compressed = try await twins.write(for: trees.map(\.route))
        let table = try GateTable(compressed.routes)
        var written = trees.map(\.written) + compressed.written
        for file in model.theme.templateFiles { written.append(try template(file)) }
        written.append(
            try folder.writeBeside(TemplateValue.table(context.guest).json(), to: "site.json", sync: true)
        )
        written.append(try folder.writeBeside(Array(table.json()), to: "gate.json", sync: true))
        return Outcome(table: table, digest: Self.digest(of: written))
    }
}

extension ReleaseWriter {
    private struct Piece: Sendable {
        let route: Route
        let written: ReleaseFolder.Written
    }

    private func page(_ position: Int, _ context: PageContext) throws -> Piece {
        let page = model.pages[position]
        let html = try model.theme.fill(
            context.layout(of: page),
            context.context(of: page, rendered[position])
        )
        let written = try folder.write(html, to: page.output, page.access.visibility)
        return Piece(
            route: Route(
                path: page.path,
                kind: .page,
                access: page.access,
                file: page.output,
                mediaType: MediaType.html,
                length: written.length,
                digest: written.digest.hex,
                source: page.source.file.shownAs
            ),
            written: written
        )
    }

    private func asset(_ asset: Asset) throws -> Piece {
        try copy(asset.file.location, to: asset.path, asset.access, source: asset.file.shownAs)
    }

    private func themeAsset(_ file: ThemeFile) throws -> Piece {
        guard let path = PagePath("/" + file.path) else {
            throw Diagnostic(at: Place(file: file.shownAs), "this name cannot be part of an address")
        }
        let access = Access(visibility: .public, requirements: [], place: Place(file: file.shownAs))
        return try copy(file.location, to: path, access, source: file.shownAs)
    }

    private func copy(_ location: String, to path: PagePath, _ access: Access, source: String) throws -> Piece
    {
        let written = try folder.copy(location, to: path.outputFile, access.visibility)
        return Piece(
            route: Route(
                path: path,
                kind: .asset,
                access: access,
                file: path.outputFile,
                mediaType: MediaType.of(path.text),
                length: written.length,
                digest: written.digest.hex,
                source: source
            ),
            written: written
        )
    }

    private func template(_ file: ThemeFile) throws -> ReleaseFolder.Written {
        try folder.writeBeside(OpenFile(reading: file.location).readAll(), to: "theme/" + file.path)
    }

    /// Of names and contents, in the order of the names.
    private static func digest(of written: [ReleaseFolder.Written]) -> FileDigest {
        let lines = written.sorted { $0.file < $1.file }.map { "\($0.file)\u{0}\($0.digest.hex)\n" }
        return FileDigest(of: Array(lines.joined().utf8))
    }
}
