import ArgumentParser
import FoundationEssentials
import Ground
import Highlight
import Settings
import Site

/// `gatehouse check`: all that a build checks, without a release.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the site as a build does, and write nothing.",
        discussion:
            "Front matter, visibility, links and their anchors, assets, configuration, theme, and leaks of private words."
    )

    @OptionGroup var site: SiteOptions

    @Flag(help: "Check drafts, too.")
    var drafts = false

    @Flag(help: "Check pages whose date has not come yet, too.")
    var future = false

    @Flag(help: "Take warnings for errors.")
    var strict = false

    @Flag(help: "Ask the web, too: whether the addresses of other sites that pages link to answer.")
    var external = false

    @Flag(help: "With --external, ask also addresses of this machine and of private networks.")
    var allowPrivate = false

    @Option(help: "With --external, how many seconds an address has to answer.")
    var patience = 15

    @Flag(help: "Print what was found as JSON on standard output.")
    var json = false

    func validate() throws {
        guard (1...600).contains(patience) else {
            throw ValidationError("--patience takes a number of seconds from 1 to 600")
        }
    }

    func run() async throws {
        do {
            let report = try await check()
            let warnings = Diagnostics(report.warnings + (external ? try await ask(report.external) : []))
            try tell(report, warnings)
        } catch let diagnostics as Diagnostics where json {
            FileHandleText.standardOutput.write(try MistakesReport(diagnostics).json())
            throw Ending(.site, "")
        }
    }

    private func check() async throws -> CheckReport {
        var options = BuildOptions()
        options.drafts = drafts
        options.future = future
        options.strict = strict
        options.highlighter = .beside
        let output = json ? FileHandleText.standardError : .standardOutput
        let build = Build(
            source: site.source,
            output: site.outputFolder,
            settings: try site.settings(),
            options: options
        )
        let report = try await build.check { progress in
            guard output.isTerminal, progress.total > 0 else { return }
            output.overwrite("\(progress.step.rawValue) \(progress.done)/\(progress.total)")
        }
        if output.isTerminal { output.overwrite("") }
        return report
    }

    private func ask(_ links: [ExternalLink]) async throws -> [Diagnostic] {
        let own = try site.settings().url.origin
        let others = links.filter { $0.url != own && !$0.url.hasPrefix(own + "/") }
        return try await ExternalCheck(allowsPrivate: allowPrivate, patience: .seconds(patience)).warnings(
            others
        )
    }

    private func tell(_ report: CheckReport, _ warnings: Diagnostics) throws {
        let isFailure = strict && !warnings.all.isEmpty
        if json {
            FileHandleText.standardOutput.write(try MistakesReport(warnings).json())
        } else {
            let text = warnings.all.isEmpty ? "" : warnings.text(in: .standardError)
            FileHandleText.standardError.write(text)
        }
        if isFailure { throw Ending(.site, "") }
        guard !json else { return }
        let output = FileHandleText.standardOutput
        let addresses = Set(report.external.map(\.url)).count
        let asked = external ? ", " + Count.of(addresses, "address", "addresses") + " of other sites" : ""
        let closed = Count.of(report.privatePages, "private page", "private pages")
        let assets = Count.of(report.assets, "asset", "assets")
        let found = warnings.all.isEmpty ? "all is well" : "\(warnings.all.count) to look at"
        output.write(
            "\(output.bold("Checked")) \(report.publicPages) public and \(closed), \(assets)\(asked): \(found)"
        )
    }
}
