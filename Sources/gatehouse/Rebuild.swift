import Ground
import Highlight
import Server
import Settings
import Site
import Synchronization

/// Builds the site as `dev` shows it: with drafts, and as it is reached on this machine.
final class Rebuild: Sendable {
    let site: SiteOptions
    let url: SiteURL
    /// What the running server was started with.
    let started: Settings
    let preview: Preview
    /// Remembers code from build to build.
    private let highlighter = Highlighter.beside
    /// What the last good build knew.
    private let memory = BuildMemory()
    /// That build itself.
    private let last = Mutex<Build?>(nil)
    /// Whether the release was revised since.
    private let isRevised = Mutex(false)

    init(site: SiteOptions, url: SiteURL, started: Settings, preview: Preview) {
        self.site = site
        self.url = url
        self.started = started
        self.preview = preview
    }

    /// Builds everything, and returns the settings that were read for it.
    func run() async throws -> Settings {
        let written = try site.settings()
        let build = build(written)
        let output = FileHandleText.standardOutput
        let report = try await SiteBuild(build: build, output: output).run()
        last.withLock { $0 = build }
        if !report.warnings.isEmpty {
            FileHandleText.standardError.write(Diagnostics(report.warnings).text(in: .standardError))
        }
        output.write(report.summary(in: output))
        return written
    }

    /// Brings the site up to date with files that changed, and tells what was wrong; the last good release goes on being served.
    func tell(_ changed: Set<String>) async {
        memory.note(changed)
        if await revise() { return }
        // Whether it succeeds or not, building all of it again when the author pauses would say the same.
        isRevised.withLock { $0 = false }
        do {
            let settings = try await run()
            preview.built()
            if settings.runtime != started.runtime {
                FileHandleText.standardError.write(
                    "site.config: appwrite, auth, guests and server count from the next start of this command"
                )
            }
        } catch {
            FileHandleText.standardError.write(Ending(error).text)
            show(error)
        }
    }

    /// Builds everything after revisions, which look for no leaks; nothing is said where all is well.
    func confirm() async {
        guard isRevised.withLock({ $0 }) else { return }
        do {
            let preview = preview
            let report = try await build(site.settings()) { step in
                // What a revision leaves out is no reason to load a page again.
                if step == .switch { preview.confirms(true) }
            }.run()
            if report.unchanged { preview.confirms(false) }
            isRevised.withLock { $0 = false }
        } catch is CancellationError {
            // Something changed meanwhile, and is looked at first.
        } catch {
            preview.confirms(false)
            FileHandleText.standardError.write(Ending(error).text)
            show(error)
        }
    }

    /// Shows in the open pages what was wrong.
    func show(_ error: any Error) {
        let diagnostics =
            (error as? Diagnostics)?.all ?? [Diagnostic(at: Place(file: site.source), Ending(error).text)]
        preview.built(diagnostics.map { Preview.Mistake($0, below: site.source) })
    }
}

extension Rebuild {
    private func build(_ written: Settings, onStep: @escaping @Sendable (BuildStep) -> Void = { _ in })
        -> Build
    {
        var settings = written
        settings.url = url
        var options = BuildOptions()
        options.drafts = true
        options.highlighter = highlighter
        options.memory = memory
        options.onStep = onStep
        return Build(source: site.source, output: site.outputFolder, settings: settings, options: options)
    }

    /// Says whether a revision was enough; whatever is wrong is told by the whole build that follows.
    private func revise() async -> Bool {
        let start = ContinuousClock.now
        guard let build = last.withLock(\.self) else { return false }
        let revision = try? await build.revise(memory) { revision in
            preview.revised(
                Preview.Revised(
                    table: revision.table,
                    changes: revision.files.map { Preview.Change(route: $0.route, bytes: $0.bytes) },
                    rereadsPages: revision.changesServerPages
                )
            )
        }
        guard let revision else { return false }
        isRevised.withLock { $0 = true }
        let (pages, files) = (revision.pages, revision.files.count)
        let output = FileHandleText.standardOutput
        output.write(
            "\(output.bold("Revised")) \(pages) \(pages == 1 ? "page" : "pages"), \(files) \(files == 1 ? "file" : "files") written, in \(start.duration(to: .now).milliseconds) ms"
        )
        return true
    }
}

extension Duration {
    fileprivate var milliseconds: Int { Int(self / .milliseconds(1)) }
}

extension Settings {
    /// What the server reads when it starts, and a build does not.
    fileprivate var runtime: [AnyHashable?] {
        [appwrite?.endpoint, appwrite?.project, appwrite?.key.name, auth, guests, server]
    }
}
