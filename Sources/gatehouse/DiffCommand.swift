import ArgumentParser
import FoundationEssentials
import Gate
import Ground
import Site

/// `gatehouse diff`: what changed between two releases, and what more people may see.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare two releases: pages that came, went, changed or became more open.",
        discussion: "A release is named by its id, the beginning or the end of it, or its folder."
    )

    @OptionGroup var site: SiteOptions

    @Argument(help: "The earlier release; the one before the current unless said otherwise.")
    var before: String?

    @Argument(help: "The later release; the current one unless said otherwise.")
    var after: String?

    @Flag(help: "End with 1 where a page or a file is more open than before.")
    var failOnExposure = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let history = ReleaseHistory(output: site.outputFolder)
        let old = try before.map(history.folder) ?? history.previousFolder()
        let new = try after.map(history.folder) ?? history.currentFolder()
        let difference = TableDifference(
            from: try ReleaseHistory.table(of: old),
            to: try ReleaseHistory.table(of: new)
        )
        let report = DifferenceReport(difference)
        let output = FileHandleText.standardOutput
        output.write(json ? try JSONText.of(report) : report.text(in: output))
        if failOnExposure, !difference.exposures.isEmpty { throw Ending(.site, "") }
    }
}

/// A difference, for people and for programs.
private struct DifferenceReport: Encodable {
    struct Exposed: Encodable {
        let path: String
        let formerPath: String
        let before: String
        let after: String
        let source: String
    }

    let added: [RouteLine]
    let removed: [RouteLine]
    let changed: [RouteLine]
    let moreOpen: [Exposed]

    init(_ difference: TableDifference) {
        added = difference.added.map(RouteLine.init)
        removed = difference.removed.map(RouteLine.init)
        changed = difference.changed.map(RouteLine.init)
        moreOpen = difference.exposures.map {
            Exposed(
                path: $0.after.path.text,
                formerPath: $0.before.path.text,
                before: RouteLine($0.before).access,
                after: RouteLine($0.after).access,
                source: $0.after.source
            )
        }
    }

    func text(in output: FileHandleText) -> String {
        let rows =
            added.map { ["added", $0.path, $0.access, $0.source] }
            + removed.map { ["removed", $0.path, $0.access, $0.source] }
            + changed.map { ["changed", $0.path, $0.access, $0.source] }
            + moreOpen.map { ["more open", $0.path, "\($0.before) -> \($0.after)", $0.source] }
        let counts =
            "\(Count.of(added.count, "page", "pages")) added, \(removed.count) removed, \(changed.count) changed"
        let open =
            "\(Count.of(moreOpen.count, "page or file is", "pages or files are")) more open"
        let last = "\(counts); \(moreOpen.isEmpty ? "nothing is more open" : output.red(open))"
        return rows.isEmpty ? last : TextTable(rows: rows).text + "\n" + last
    }
}
