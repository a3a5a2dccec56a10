import Gate

/// The site after some of its pages were edited, and what of its release is no longer right.
struct RevisionDraft: Sendable {
    private(set) var kept: BuildMemory.Kept
    /// Positions of the pages that were edited.
    let pages: Set<Int>
    /// Those of them that lists now tell something else of.
    private let renamed: Set<Int>

    /// Nil where more changed than the text of pages, or where something is to be told.
    init?(
        _ kept: BuildMemory.Kept,
        _ changed: Set<String>,
        taxonomies: [String],
        _ renderers: Renderers
    ) {
        var next = kept
        var edited = kept.model.pages
        var pages: Set<Int> = []
        for file in changed {
            guard let position = kept.positions[file] else { return nil }
            let page = kept.model.pages[position]
            guard let source = try? PageSource(reading: page.source.file, taxonomies: taxonomies),
                source.frontMatterText == page.source.frontMatterText, source.bodyLine == page.source.bodyLine
            else { return nil }
            // What the sections around it gave the page is still so.
            edited[position] = page.with(source: PageSource(source, frontMatter: page.source.frontMatter))
            pages.insert(position)
        }
        next.model = kept.model.with(pages: edited)
        var renamed: Set<Int> = []
        for position in pages {
            let (old, new) = (
                kept.rendered[position],
                RenderedPage.of(position, in: next.model, renderers[next.model.pages[position].language])
            )
            // With other assets, other files belong to the release; a title in the menu stands on every page.
            guard new.diagnostics.isEmpty, new.usedAssets == old.usedAssets,
                new.shownAssets == old.shownAssets,
                new.title == old.title || next.model.pages[position].source.frontMatter.menu == .none
            else { return nil }
            if new.entry != old.entry || new.excerpt != old.excerpt { renamed.insert(position) }
            next.rendered[position] = new
        }
        guard LinkChecks(model: next.model, pages: next.rendered).deadAnchors(onOrTo: pages).isEmpty,
            // A page of several renderings is several files, and its routes are made by whole builds only.
            pages.union(kept.shown.pages(naming: renamed)).allSatisfy({
                kept.rendered[$0].others.isEmpty && next.rendered[$0].others.isEmpty
            })
        else { return nil }
        self.kept = next
        self.pages = pages
        self.renamed = renamed
    }

    /// Fills what may have changed, and returns what did.
    func files(_ crew: Crew) async throws -> [Revision.File] {
        let filler = ReleaseFiller(kept.model, kept.rendered, remembers: false)
        let pages = pages.union(kept.shown.pages(naming: renamed)).sorted()
        let lists = kept.shown.lists(naming: renamed).sorted()
        let files = kept.shown.files(naming: renamed).sorted()
        let filled =
            try await crew.map(pages.count) { try filler.page(pages[$0]) }
            + crew.map(lists.count) { try filler.list(lists[$0]) }
            + crew.map(files.count) { try filler.file(files[$0]) }
        return filled.compactMap { filled in
            let route = filled.route(FileDigest(of: filled.bytes))
            return kept.table[route.path] == route ? nil : Revision.File(route: route, bytes: filled.bytes)
        }
    }
}
