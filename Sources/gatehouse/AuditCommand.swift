import ArgumentParser
import FoundationEssentials
import Ground
import Site

/// `gatehouse audit`: proves over a finished release that nothing private is in its public tree.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Prove over a finished release that nothing private is public in it.",
        discussion: """
            Every file is compared with the gate table, and what only private pages say is looked for in every public file. \
            Where the site's sources are at hand they tell what their authors made public; without them, words that are \
            found are only warnings.
            """
    )

    @OptionGroup var site: SiteOptions

    @Option(
        help:
            "The release: its id, the beginning or the end of it, or its folder; the current one unless said otherwise."
    )
    var release: String?

    @Flag(help: "Look at the release alone, even where the sources are at hand.")
    var withoutSources = false

    @Flag(help: "Take warnings for errors.")
    var strict = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let history = ReleaseHistory(output: site.outputFolder)
        let folder = try release.map(history.folder) ?? history.currentFolder()
        let report = try await ReleaseAudit(release: folder, sources: try sources()).run()
        let findings = Diagnostics(report.findings)
        let output = FileHandleText.standardOutput
        if json {
            output.write(try MistakesReport(findings).json())
        } else {
            FileHandleText.standardError.write(findings.all.isEmpty ? "" : findings.text(in: .standardError))
        }
        if findings.hasErrors || strict && !findings.all.isEmpty { throw Ending(.site, "") }
        if !json { output.write(summary(report, folder, output)) }
    }

    /// The site's sources; nil where there are none.
    private func sources() throws -> Build? {
        guard !withoutSources, FileManager.default.fileExists(atPath: "\(site.source)/site.config") else {
            return nil
        }
        return Build(source: site.source, output: site.outputFolder, settings: try site.settings())
    }

    private func summary(_ report: ReleaseAudit.Report, _ folder: String, _ output: FileHandleText) -> String
    {
        let name = folder.split(separator: "/").last ?? ""
        let way = report.usedSources ? "" : ", as far as the release alone can tell"
        return
            "\(output.bold("Audited")) release \(name): none of \(report.publicFiles) public files says what only \(report.privateFiles) private ones say\(way)"
    }
}
