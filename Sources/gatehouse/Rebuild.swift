import Ground
import Highlight
import Server
import Settings
import Site

/// Builds the site as `dev` shows it: with drafts, and as it is reached on this machine.
struct Rebuild: Sendable {
    let site: SiteOptions
    let url: SiteURL
    /// What the running server was started with.
    let started: Settings
    let preview: Preview
    /// Remembers code from build to build.
    private let highlighter = Highlighter.beside

    init(site: SiteOptions, url: SiteURL, started: Settings, preview: Preview) {
        self.site = site
        self.url = url
        self.started = started
        self.preview = preview
    }

    /// Builds, and returns the settings that were read for it.
    func run() async throws -> Settings {
        let written = try site.settings()
        var settings = written
        settings.url = url
        var options = BuildOptions()
        options.drafts = true
        options.highlighter = highlighter
        // A style sheet that was just edited has another name, and is not taken from the browser's cache.
        options.fingerprints = true
        let output = FileHandleText.standardOutput
        let report = try await SiteBuild(site: site, settings: settings, options: options, output: output)
            .run()
        if !report.warnings.isEmpty {
            FileHandleText.standardError.write(Diagnostics(report.warnings).text(in: .standardError))
        }
        output.write(report.summary(in: output))
        return written
    }

    /// Builds, and tells what was wrong; the last good release goes on being served.
    func tell() async {
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

    /// Shows in the open pages what was wrong.
    func show(_ error: any Error) {
        let diagnostics =
            (error as? Diagnostics)?.all ?? [Diagnostic(at: Place(file: site.source), Ending(error).text)]
        preview.built(diagnostics.map { Preview.Mistake($0, below: site.source) })
    }
}

extension Settings {
    /// What the server reads when it starts, and a build does not.
    fileprivate var runtime: [AnyHashable?] {
        [appwrite?.endpoint, appwrite?.project, appwrite?.key.name, auth, guests, server]
    }
}
