import Gate
import Ground
import Markdown
import Theme

/// The site after some edits, and what of its release is no longer right.
struct RevisionDraft: Sendable {
    /// What was kept, as it is now, with the gate table as it was.
    private(set) var kept: BuildMemory.Kept
    /// Positions of the pages that were rendered anew.
    let pages: Set<Int>
    /// Those of them that lists now tell something else of.
    private let renamed: Set<Int>
    /// Whether any page may have come out otherwise, and not only those and what names them.
    private let concernsAll: Bool
    private let assets: [ThemeAssets.Item]

    /// Nil where a page now uses other files, has other readers for its parts, or has something to be told.
    ///
    /// `edited` is the site with the edits and the pages as they were rendered before them.
    init?(
        _ before: BuildMemory.Kept,
        _ edited: BuildMemory.Kept,
        _ edits: Edits,
        _ renderers: Renderers,
        _ crew: Crew
    ) async throws {
        let model = edited.model
        let rendersTags = edits.templates || edits.partials
        let positions = model.pages.indices.filter {
            let source = model.pages[$0].source
            return source !== before.model.pages[$0].source
                || rendersTags && source.body.mayHoldTags
        }
        let rendered = try await crew.map(positions.count) {
            RenderedPage.of(positions[$0], in: model, renderers[model.pages[positions[$0]].language])
        }
        kept = edited
        var renamed: Set<Int> = []
        var concernsAll = !edits.keepPlan(of: before)
        for (position, new) in zip(positions, rendered) {
            let old = before.rendered[position]
            guard new.diagnostics.isEmpty, new.usesSameFiles(as: old) else { return nil }
            if new.entry != old.entry || new.excerpt != old.excerpt { renamed.insert(position) }
            // A title in the menu stands on every page.
            if new.title != old.title, model.pages[position].source.frontMatter.menu != .none {
                concernsAll = true
            }
            kept.rendered[position] = new
        }
        pages = Set(positions)
        guard LinkChecks(model: model, pages: kept.rendered).deadAnchors(onOrTo: pages).isEmpty else {
            return nil
        }
        self.renamed = renamed
        self.concernsAll = concernsAll
        assets = edits.assets
    }

    /// What has come out otherwise.
    struct Filled: Sendable {
        /// Whole lines of the gate table.
        fileprivate(set) var routes: [Route] = []
        fileprivate(set) var files: [Revision.File] = []
        /// What lies beside the trees, by its path below the release.
        fileprivate(set) var beside: [(file: String, bytes: [UInt8])] = []
        fileprivate(set) var shown: ShownPages
    }

    /// Fills what may have changed; nil where that is too much to be handed over at once.
    func filled(_ crew: Crew) async throws -> Filled? {
        let filler = ReleaseFiller(kept.model, kept.rendered, remembers: concernsAll)
        let model = kept.model
        let pages =
            concernsAll
            ? Array(model.pages.indices) : self.pages.union(kept.shown.pages(naming: renamed)).sorted()
        let lists =
            concernsAll ? Array(model.lists.pages.indices) : kept.shown.lists(naming: renamed).sorted()
        let files =
            concernsAll ? Array(model.files.files.indices) : kept.shown.files(naming: renamed).sorted()
        let table = kept.table
        let newPages = try await crew.map(pages.count) { try Piece(filler.page(pages[$0]), table) }
        let newLists = try await crew.map(lists.count) { try Piece(filler.list(lists[$0]), table) }
        let newFiles = try await crew.map(files.count) { try Piece(filler.file(files[$0]), table) }
        var filled = Filled(shown: kept.shown)
        let newAssets = try assets.map { try Piece($0, table) }
        for piece in newPages + newLists + newFiles + newAssets {
            guard let route = piece.route else { continue }
            filled.routes.append(route)
            filled.files += piece.files
        }
        guard filled.files.reduce(0, { $0 + $1.bytes.count }) <= Revision.limit else { return nil }
        guard concernsAll else { return filled }
        filled.shown = ShownPages(
            pages: newPages.map(\.shown),
            lists: newLists.map(\.shown),
            files: newFiles.map(\.shown)
        )
        let beside =
            try [("site.json", TemplateValue.table(filler.context.guests).json())]
            + model.theme.templateTexts.map { ("theme/\($0.path)", Array($0.text.utf8)) }
        filled.beside = try beside.filter { file, bytes in
            try OpenFile(reading: "\(kept.folder.path)/\(file)").readAll() != bytes
        }
        return filled
    }
}

extension RevisionDraft {
    /// One line of the gate table, filled anew.
    fileprivate struct Piece: Sendable {
        /// Nil where it has come out as it was.
        let route: Route?
        let files: [Revision.File]
        let shown: [Int]

        init(_ filled: FilledFile, _ table: GateTable) {
            shown = filled.shown
            let new = filled.route(
                FileDigest(of: filled.bytes),
                others: filled.others.map { FileDigest(of: $0.bytes) }
            )
            let old = table[filled.path]
            guard old != new else {
                (route, files) = (nil, [])
                return
            }
            route = new
            let before = Set(old?.readings ?? [])
            files = zip(new.readings, filled.others.map(\.bytes) + [filled.bytes])
                .filter { !before.contains($0.0) }.map { Revision.File(route: $0.0, bytes: $0.1) }
        }
    }
}

extension RevisionDraft.Piece {
    /// An asset as it is now.
    fileprivate init(_ asset: ThemeAssets.Item, _ table: GateTable) throws {
        shown = []
        let bytes = try OpenFile(reading: asset.file.location).readAll()
        let digest = FileDigest(of: bytes).hex
        guard let old = table[asset.path], old.digest != digest else {
            (route, files) = (nil, [])
            return
        }
        let new = Route(
            path: old.path,
            kind: old.kind,
            access: old.access,
            file: old.file,
            mediaType: old.mediaType,
            length: bytes.count,
            digest: digest,
            source: old.source,
            expires: old.expires
        )
        (route, files) = (new, [Revision.File(route: new, bytes: bytes)])
    }
}

extension RenderedPage {
    /// Whether the release would hold the same files because of it: with other assets, others belong to it.
    fileprivate func usesSameFiles(as other: RenderedPage) -> Bool {
        readings.elementsEqual(other.readings) {
            $0.usedAssets == $1.usedAssets && $0.shownAssets == $1.shownAssets
                && Audience.Key($0.access) == Audience.Key($1.access)
        }
    }
}
