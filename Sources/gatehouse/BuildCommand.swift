import ArgumentParser
import CAllocator
import FoundationEssentials
import Ground
import Highlight
import Minification
import Site

/// `gatehouse build`: content, theme and `site.config` into a new release.
struct BuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build the site into a new release.",
        discussion: "A build with mistakes changes nothing: the last good release stays."
    )

    @OptionGroup var site: SiteOptions

    @Flag(help: "Build drafts, too.")
    var drafts = false

    @Flag(help: "Build pages whose date has not come yet, too.")
    var future = false

    @Flag(help: "Take warnings for errors.")
    var strict = false

    @Option(help: "How many tasks work at once; one per core unless said otherwise.")
    var jobs = BuildOptions.cores

    @Flag(
        name: .customLong("no-cache"),
        help:
            "Compress and minify every file and make smaller images anew, whatever earlier builds have kept."
    )
    var noCache = false

    @Flag(help: "Print the summary, or the mistakes, as JSON on standard output.")
    var json = false

    func validate() throws {
        guard (1...256).contains(jobs) else { throw ValidationError("--jobs takes a number from 1 to 256") }
    }

    func run() async throws {
        do {
            let report = try await build()
            if json {
                FileHandleText.standardOutput.write(try report.json())
            } else {
                FileHandleText.standardError.write(
                    report.warnings.isEmpty ? "" : Diagnostics(report.warnings).text(in: .standardError)
                )
                FileHandleText.standardOutput.write(report.summary(in: .standardOutput))
            }
        } catch let diagnostics as Diagnostics where json {
            FileHandleText.standardOutput.write(try MistakesReport(diagnostics).json())
            throw Ending(.site, "")
        }
    }

    private func build() async throws -> BuildReport {
        var options = BuildOptions(jobs: jobs)
        options.drafts = drafts
        options.future = future
        options.strict = strict
        options.compresses = true
        options.fingerprints = true
        options.photographs = true
        options.highlighter = .beside
        options.minifier = .installed
        options.usesCache = !noCache
        options.endsProcess = true
        gatehouse_keep_freed_memory()
        let output = json ? FileHandleText.standardError : .standardOutput
        let build = Build(
            source: site.source,
            output: site.outputFolder,
            settings: try site.settings(),
            options: options
        )
        return try await SiteBuild(build: build, output: output).run()
    }
}

/// The mistakes of a site, for programs.
struct MistakesReport: Encodable {
    struct Mistake: Encodable {
        let severity: Diagnostic.Severity
        let file: String
        let line: Int
        let column: Int
        let problem: String
        let advice: String?
    }

    let diagnostics: [Mistake]

    init(_ diagnostics: Diagnostics) {
        self.diagnostics = diagnostics.all.map {
            Mistake(
                severity: $0.severity,
                file: $0.place.file,
                line: $0.place.line,
                column: $0.place.column,
                problem: $0.problem,
                advice: $0.advice
            )
        }
    }

    func json() throws -> String { try JSONText.of(self) }
}
