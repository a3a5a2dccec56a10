import ArgumentParser
import FoundationEssentials
import Gate
import Ground
import Site

/// `gatehouse releases`: what stands in the output folder.
struct ReleasesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "releases",
        abstract: "List the releases that are kept, the newest first."
    )

    @OptionGroup var site: SiteOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let lines = try ReleaseHistory(output: site.outputFolder).entries().map(ReleaseLine.init)
        if json { return FileHandleText.standardOutput.write(try JSONText.of(lines)) }
        if lines.isEmpty {
            return FileHandleText.standardError.write("there is no release yet: run 'gatehouse build'")
        }
        FileHandleText.standardOutput.write(TextTable(rows: lines.map(\.cells)).text)
    }
}

/// One release of the list.
private struct ReleaseLine: Encodable {
    let id: String
    let time: String
    let current: Bool
    let publicPages: Int?
    let privatePages: Int?

    init(_ entry: ReleaseHistory.Entry) {
        id = entry.id
        time = entry.time
        current = entry.isCurrent
        let pages = entry.table?.routes.filter { $0.kind == .page }
        publicPages = pages?.count { $0.visibility == .public }
        privatePages = pages?.count { $0.visibility == .private }
    }

    var cells: [String] {
        let pages =
            if let publicPages, let privatePages {
                "\(publicPages) public, " + Count.of(privatePages, "private page", "private pages")
            } else {
                "cannot be read"
            }
        return [current ? "*" : " ", id, time + " UTC", pages]
    }
}
