import Ground
import Markdown
package import Settings
import Theme

/// Turns a site's folder into a release.
///
/// The steps are told in this room's `Room.md`.
package struct Build: Sendable {
    let source: String
    let output: String
    let settings: Settings
    var options: BuildOptions

    /// Takes the site's folder (where `content` and `themes` are), the output folder, and the checked configuration.
    package init(source: String, output: String, settings: Settings, options: BuildOptions = BuildOptions()) {
        self.source = source
        self.output = output
        self.settings = settings
        self.options = options
    }

    /// Builds, and makes the new release the current one.
    ///
    /// Throws `Diagnostics` for mistakes in the site, `BuildFailure` where the machine stands in the way; the current
    /// release then stays as it was. `progress` is called from one task at a time.
    package func run(
        progress: (BuildProgress) -> Void = { _ in }
    ) async throws -> BuildReport {
        let start = ContinuousClock.now
        let place = try OutputPlace(output, source: source, theme: settings.theme)

        // Held from before the first file is read: what is published must not be older than what it replaces.
        let shelf = ReleaseShelf(output: place.path)
        let footing = try shelf.prepare()
        let lock = try shelf.lock()
        defer { withExtendedLifetime(lock) {} }
        let folder = shelf.workplace
        do {
            try shelf.sweep()
            let scan = try scan()
            let (sources, theme, tags) = try await read(scan, progress)
            let (model, planned) = try await decide(sources, scan.assets, theme, tags)
            let (rendered, found) = try await render(model, progress)
            let outcome = try await write(model, rendered, folder, progress)
            let warnings =
                try await audit(folder, model, rendered, outcome) + planned + found + settings.warnings
            try await search(folder, model, rendered, outcome)
            try refuse(warnings)
            let previous = shelf.current
            let (release, unchanged) = try await publish(folder, outcome, on: shelf)
            let left = unchanged ? [] : prune(shelf, before: previous)
            options.memory?.keep(
                BuildMemory.Kept(
                    scan,
                    sources,
                    planned,
                    model,
                    rendered,
                    outcome,
                    in: shelf.folder(of: release),
                    until: next(sources)
                ),
                isNew: !unchanged
            )
            if options.endsProcess { leave((scan, sources, model, rendered, outcome)) }
            return report(release, unchanged, model, outcome, warnings + left, since: start)
        } catch {
            // What failed is the news; a folder that cannot be removed, or was not made yet, is left to the next build.
            try? Folder(path: folder.path).remove()
            shelf.takeBack(footing)
            throw error
        }
    }
}

extension Build {
    private final class Left<Contents> {
        let contents: Contents
        init(_ contents: Contents) { self.contents = contents }
    }

    private func leave(_ contents: some Any) { _ = Unmanaged.passRetained(Left(contents)) }
}
