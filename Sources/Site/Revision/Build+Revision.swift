import Gate
import Glibc
import Ground
import Settings

extension Build {
    /// Whether builds pass over a file of this name below `content`: hidden ones, and what editors leave behind.
    package static func passesOver(_ name: some StringProtocol) -> Bool { ContentScan.isPassedOver(name) }

    /// Brings the current release up to date where only the text of some pages changed; nil where that takes a whole build.
    ///
    /// What it leaves in the folder is byte for byte what a whole build would write, but for the search, which goes on finding
    /// what was there. It looks for no leaks and repeats no warnings: a whole build must follow, when there is time for one.
    /// Costs time in proportion to the pages that changed and those that name them, and a pass over the gate table and the
    /// list entries of all pages. `publish` is called when the pages are written, before the table is.
    package func revise(
        _ memory: BuildMemory,
        now: Int = time(nil),
        publish: (Revision) -> Void = { _ in }
    ) async throws -> Revision? {
        guard !options.compresses, let (kept, changed) = memory.current else { return nil }
        if let until = kept.until, until <= now { return nil }
        let shelf = ReleaseShelf(output: try OutputPlace(output, source: source, theme: settings.theme).path)
        let lock = try shelf.lock()
        defer { withExtendedLifetime(lock) {} }
        guard let current = shelf.current, shelf.folder(of: current).path == kept.folder.path,
            let draft = RevisionDraft(
                kept,
                changed,
                taxonomies: settings.lists.taxonomies.map(\.name),
                renderers(kept.model.words)
            )
        else { return nil }
        // Whatever stops it in the middle leaves a release that only a whole build can mend.
        memory.forget()
        let files = try await draft.files(crew)
        for file in files { try kept.folder.replace(file) }
        var next = draft.kept
        next.table = try kept.table.replacing(files.map(\.route))
        let revision = Revision(table: next.table, files: files, pages: draft.pages.count)
        publish(revision)
        if !files.isEmpty { try kept.folder.replaceTable(next.table) }
        memory.keep(next, isNew: false)
        return revision
    }
}
