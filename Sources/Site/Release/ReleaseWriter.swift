import Gate
import Ground
import Theme

/// Writes all files of a release.
struct ReleaseWriter: Sendable {
    let filler: ReleaseFiller
    let folder: ReleaseFolder
    let crew: Crew
    let twins: TwinWriter
    let photographs: PhotographWriter
    /// Nil where pages stay as they are.
    let minifying: Minifying?

    /// What was written: the gate table's routes, the digest of everything, and which pages stand where.
    struct Outcome {
        let table: GateTable
        let digest: FileDigest
        let shown: ShownPages
    }

    func write(done: (Int) -> Void) async throws -> Outcome {
        let model = filler.model
        var pages = try await crew.map(model.pages.count, done: done, work: { try write(filler.page($0)) })
        var lists = try await crew.map(model.lists.pages.count) { try write(filler.list($0)) }
        if let minifying {
            let exchanged = try await minifying.pages((pages + lists).flatMap(\.files))
            pages = pages.map { $0.with(exchanged) }
            lists = lists.map { $0.with(exchanged) }
        }
        let files = try await crew.map(model.files.files.count) { try write(filler.file($0)) }
        let search = try await SearchWriter(
            model: model,
            rendered: filler.rendered,
            folder: folder,
            crew: crew
        ).write()
        let pieces = [
            pages, lists, files, search.map { Piece(route: $0.route, written: [$0.written], shown: []) },
        ]
        let assetWriter = AssetWriter(names: model.names, folder: folder)
        let themeAssets = model.names.theme.items
        let assets =
            try await crew.map(model.assets.count) { try assetWriter.write(model.assets[$0]) }
            + crew.map(themeAssets.count) { try assetWriter.write(themeAssets[$0]) }
            + [photographs.write()]
        let routes = pieces.joined().map(\.route) + assets.flatMap(\.routes)
        let compressed = try await twins.write(for: routes)
        let table = try GateTable(compressed.routes + model.aliases.map(redirect))
        async let json = Array(table.json())
        var written = pieces.joined().flatMap(\.written) + assets.flatMap(\.written) + compressed.written
        for (path, text) in model.theme.templateTexts {
            written.append(try folder.writeBeside(Array(text.utf8), to: "theme/" + path))
        }
        let guests = TemplateValue.table(filler.context.guests)
        written.append(try folder.writeBeside(guests.json(), to: "site.json", sync: true))
        var lines = Self.lines(of: written)
        let gate = try await folder.writeBeside(json, to: "gate.json", sync: true)
        // Its line last of all, since the table is as long in the making as all the others are.
        let place = lines.firstIndex { $0.file > gate.file } ?? lines.endIndex
        lines.insert(contentsOf: Self.lines(of: [gate]), at: place)
        return Outcome(
            table: table,
            digest: FileDigest(of: Array(lines.lazy.map(\.text).joined().utf8)),
            shown: ShownPages(
                pages: pages.map(\.shown),
                lists: lists.map(\.shown),
                files: files.map(\.shown)
            )
        )
    }
}

extension ReleaseWriter {
    private struct Piece: Sendable {
        var route: Route
        var written: [ReleaseFolder.Written]
        let shown: [Int]

        var files: [Minifying.Page] { written.map { Minifying.Page(written: $0, source: route.source) } }

        /// With files that have been exchanged.
        func with(_ exchanged: [String: ReleaseFolder.Written]) -> Piece {
            var piece = self
            piece.written = written.map { exchanged[$0.file] ?? $0 }
            if let file = exchanged["\(route.visibility.rawValue)/\(route.file)"] {
                (piece.route.length, piece.route.digest) = (file.length, file.digest.hex)
            }
            piece.route.renderings = route.renderings?.map { rendering in
                var rendering = rendering
                if let file = exchanged["private/\(rendering.file)"] {
                    (rendering.length, rendering.digest) = (file.length, file.digest.hex)
                }
                return rendering
            }
            return piece
        }
    }

    private func write(_ filled: FilledFile) throws -> Piece {
        let written = try folder.write(
            filled.bytes,
            to: filled.path.outputFile,
            filled.access.visibility
        )
        let others = try filled.others.enumerated().map { position, other in
            try folder.write(other.bytes, to: filled.otherFile(position), .private)
        }
        return Piece(
            route: filled.route(written.digest, others: others.map(\.digest)),
            written: [written] + others,
            shown: filled.shown
        )
    }

    private func redirect(_ alias: Alias) -> Route {
        let page = filler.model.pages[alias.page]
        return Route(
            path: alias.path,
            access: alias.access,
            target: page.path,
            source: "\(alias.place)",
            expires: page.source.frontMatter.expires?.seconds
        )
    }

    /// Names and contents, in the order of the names: what a release is known by.
    private static func lines(of written: [ReleaseFolder.Written]) -> [(file: String, text: String)] {
        written.map { ($0.file, "\($0.file)\u{0}\($0.digest.hex)\n") }.sorted { $0.0 < $1.0 }
    }
}
