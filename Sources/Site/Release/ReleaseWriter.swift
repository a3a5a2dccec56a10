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
    let photographs: PhotographWriter

    /// What was written: the gate table's routes, and the digest of everything.
    struct Outcome {
        let table: GateTable
        let digest: FileDigest
    }

    func write(done: (Int) -> Void) async throws -> Outcome {
        try folder.make()
        let context = PageContext(model, rendered)
        let pages = try await crew.map(model.pages.count, done: done, work: { try page($0, context) })
        let lists = try await crew.map(model.lists.pages.count) { try list(model.lists.pages[$0], context) }
        let texts = FileTexts(model: model, rendered: rendered)
        let files = try await crew.map(model.files.files.count) { try file(model.files.files[$0], texts) }
        let pieces = pages + lists + files
        let assetWriter = AssetWriter(names: model.names, folder: folder)
        let themeAssets = model.names.theme.items
        let assets =
            try await crew.map(model.assets.count) { try assetWriter.write(model.assets[$0]) }
            + crew.map(themeAssets.count) { try assetWriter.write(themeAssets[$0]) }
            + [photographs.write()]
        let compressed = try await twins.write(for: pieces.map(\.route) + assets.flatMap(\.routes))
        let table = try GateTable(compressed.routes + model.aliases.map(redirect))
        var written = pieces.map(\.written) + assets.flatMap(\.written) + compressed.written
        for file in model.theme.templateFiles { written.append(try template(file)) }
        written.append(
            try folder.writeBeside(TemplateValue.table(context.guests).json(), to: "site.json", sync: true)
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
        let html = try model.theme(in: page.language).fill(
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
                source: page.source.file.shownAs,
                expires: page.source.frontMatter.expires?.seconds
            ),
            written: written
        )
    }

    private func list(_ list: ListPage, _ context: PageContext) throws -> Piece {
        let theme = model.theme(in: PageContext.language(of: list, model))
        let html = try theme.fill(context.layout(of: list), context.context(of: list))
        let file = list.path.outputFile
        let written = try folder.write(html, to: file, list.access.visibility)
        return Piece(
            route: Route(
                path: list.path,
                kind: .page,
                access: list.access,
                file: file,
                mediaType: MediaType.html,
                length: written.length,
                digest: written.digest.hex,
                source: "\(list.place)",
                expires: context.expires(list)
            ),
            written: written
        )
    }

    private func file(_ file: GeneratedFile, _ texts: FileTexts) throws -> Piece {
        let written = try folder.write(
            texts.bytes(of: file),
            to: file.path.outputFile,
            file.access.visibility
        )
        return Piece(
            route: Route(
                path: file.path,
                kind: .asset,
                access: file.access,
                file: file.path.outputFile,
                mediaType: file.mediaType,
                length: written.length,
                digest: written.digest.hex,
                source: "\(file.place)",
                expires: expires(file)
            ),
            written: written
        )
    }

    /// The feed of a section ends with it.
    private func expires(_ file: GeneratedFile) -> Int? {
        guard case .feed(_, of: .section(let position)) = file.kind else { return nil }
        return model.pages[position].source.frontMatter.expires?.seconds
    }

    private func redirect(_ alias: Alias) -> Route {
        let page = model.pages[alias.page]
        return Route(
            path: alias.path,
            access: alias.access,
            target: page.path,
            source: "\(alias.place)",
            expires: page.source.frontMatter.expires?.seconds
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
