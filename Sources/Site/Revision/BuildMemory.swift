import Gate
import Ground
import Settings
import Synchronization

/// What a build knew when it ended, so that the next one need not do everything again.
///
/// One for an output folder, kept by a program that builds it again and again, as `dev` does.
package final class BuildMemory: Sendable {
    /// All that a release was made from, and where it lies.
    struct Kept: Sendable {
        let scan: ContentScan
        /// As they were read, those that the build left out among them; in the order of their files.
        var sources: [PageSource]
        /// What was said of the plan, which was good enough to be built.
        let warnings: [Diagnostic]
        var model: SiteModel
        /// In the order of the model's pages.
        var rendered: [RenderedPage]
        var shown: ShownPages
        var table: GateTable
        let folder: ReleaseFolder
        /// From this moment on, in seconds since 1970 in UTC, other pages are part of the site; nil where that stays.
        var until: Int?
        /// By the file below the site's folder: the page's position.
        let positions: [String: Int]
        /// By the page's position: where it stands among the sources.
        let places: [Int]
    }

    private struct State {
        var kept: Kept?
        /// Nil where it is not known.
        var changed: Set<String>? = []
        /// Where the last release lies that was made with this memory.
        var own: String?
    }

    private let state = Mutex(State())

    package init() {}

    /// Notes which files changed since the last build began, by their paths below the site's folder.
    package func note(_ changed: Set<String>) { state.withLock { $0.changed?.formUnion(changed) } }

    /// What was built last, with the files that changed since then; nil where either is not known, or where the release was
    /// there before: whoever made that one counts on its staying as it is.
    var current: (kept: Kept, changed: Set<String>)? {
        state.withLock { state in
            guard let kept = state.kept, let changed = state.changed, kept.folder.path == state.own else {
                return nil
            }
            return (kept, changed)
        }
    }

    /// Keeps what is as new as all that was noted; `isNew` says that its release was made just now.
    func keep(_ kept: Kept, isNew: Bool) {
        state.withLock { state in
            state.kept = kept
            state.changed = []
            if isNew { state.own = kept.folder.path }
        }
    }

    /// Makes the next build a whole one.
    func forget() { state.withLock { $0.changed = nil } }
}

extension BuildMemory.Kept {
    init(
        _ scan: ContentScan,
        _ sources: [PageSource],
        _ warnings: [Diagnostic],
        _ model: SiteModel,
        _ rendered: [RenderedPage],
        _ outcome: ReleaseWriter.Outcome,
        in folder: ReleaseFolder,
        until: Int?
    ) {
        self.scan = scan
        self.sources = sources
        self.warnings = warnings
        self.model = model
        self.rendered = rendered
        shown = outcome.shown
        table = outcome.table
        self.folder = folder
        self.until = until
        let positions = Dictionary(model.pages.map { ($0.source.file.shownAs, $0.position) }) { one, _ in one
        }
        places = sources.indices.filter { positions[sources[$0].file.shownAs] != nil }
        self.positions = positions
    }
}
