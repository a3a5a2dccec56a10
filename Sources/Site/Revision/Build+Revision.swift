import Gate
import Glibc
import Ground
import Settings
import Theme

extension Build {
    /// Whether builds pass over a file of this name below `content`: hidden ones, and what editors leave behind.
    package static func passesOver(_ name: some StringProtocol) -> Bool { ContentScan.isPassedOver(name) }

    /// Brings the current release up to date where pages, templates, partials or data were edited and everything stays where it
    /// is; nil where that takes a whole build, or where something is to be told.
    ///
    /// What it leaves in the folder is byte for byte what a whole build would write, but for the search, which goes on finding
    /// what was there. It looks for no leaks and repeats no warnings: a whole build must follow, when there is time for one.
    /// Where only words, titles and descriptions changed, it costs time in proportion to the pages that changed and those that
    /// name them, and a pass over the gate table and the list entries of all pages; else every page is filled anew, and those
    /// are written that came out otherwise. `publish` is called when the pages are ready, before they are written.
    package func revise(
        _ memory: BuildMemory,
        now: Int = time(nil),
        publish: (Revision) -> Void = { _ in }
    ) async throws -> Revision? {
        guard !options.compresses, options.minifier == nil, let (kept, changed) = memory.current else {
            return nil
        }
        if let until = kept.until, until <= now { return nil }
        let shelf = ReleaseShelf(output: try OutputPlace(output, source: source, theme: settings.theme).path)
        let lock = try shelf.lock()
        defer { withExtendedLifetime(lock) {} }
        let taxonomies = settings.lists.taxonomies.map(\.name)
        guard let current = shelf.current, shelf.folder(of: current).path == kept.folder.path,
            let edits = Edits(of: changed, in: kept, taxonomies: taxonomies),
            let edited = try await edited(kept, edits),
            let draft = try await RevisionDraft(kept, edited, edits, renderers(edited.model), crew),
            let filled = try await draft.filled(crew)
        else { return nil }
        // Whatever stops it in the middle leaves a release that only a whole build can mend.
        memory.forget()
        var next = draft.kept
        next.table = try kept.table.replacing(filled.routes)
        next.shown = filled.shown
        for (file, bytes) in filled.beside { try kept.folder.replaceBeside(file, bytes) }
        let revision = Revision(
            table: next.table,
            files: filled.files,
            pages: draft.pages.count,
            changesServerPages: !filled.beside.isEmpty
        )
        publish(revision)
        for file in filled.files { try kept.folder.replace(file) }
        if !filled.routes.isEmpty { try kept.folder.replaceTable(next.table) }
        memory.keep(next, isNew: false)
        return revision
    }

    /// The site with the edits, not rendered yet; nil where something lies elsewhere now, or is to be told.
    private func edited(_ kept: BuildMemory.Kept, _ edits: Edits) async throws -> BuildMemory.Kept? {
        var next = kept
        for (position, source) in edits.pages { next.sources[kept.places[position]] = source }
        next.until = self.next(next.sources)
        guard !edits.keepPlan(of: kept) else {
            let inheritance = Inheritance(next.sources)
            var pages = kept.model.pages
            for (position, source) in edits.pages {
                pages[position] = pages[position]
                    .with(source: source.taking(inheritance.inherited(by: source.file)))
            }
            next.model = kept.model.with(pages: pages)
            return next
        }
        do {
            let (theme, tags) =
                edits.templates || edits.partials
                ? try readTheme(kept.scan) : (kept.model.theme, kept.model.tags)
            let (model, warnings) = try await decide(next.sources, kept.scan.assets, theme, tags)
            guard warnings == kept.warnings, model.hasSamePlaces(as: kept.model),
                theme.templateTexts.map(\.path) == kept.model.theme.templateTexts.map(\.path)
            else { return nil }
            next.model = model
            return next
        } catch is Diagnostics {
            return nil
        }
    }
}
