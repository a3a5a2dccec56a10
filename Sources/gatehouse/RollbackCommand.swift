import ArgumentParser
import Gate
import Ground
import Site

/// `gatehouse rollback`: an earlier release becomes the current one.
struct RollbackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Serve an earlier release again.",
        discussion:
            "A running server notices it by itself. Every file of that release is compared with its gate table first, and a release in which a page or a file is more open than now is refused without --open."
    )

    @OptionGroup var site: SiteOptions

    @Argument(
        help:
            "The id of a release, or the beginning or the end of one; the release before the current unless said otherwise."
    )
    var id: String?

    @Flag(help: "Go back even where that opens what is closed now.")
    var open = false

    func run() throws {
        let now = try ReleaseHistory(output: site.outputFolder).rollBack(to: id) { difference in
            if !open { try Self.refuseToOpen(difference) }
        }
        let output = FileHandleText.standardOutput
        output.write("\(output.bold("Current")) is release \(now) from now on")
    }

    private static func refuseToOpen(_ difference: TableDifference?) throws(Ending) {
        let problem: String
        if let exposures = difference?.exposures {
            guard let first = exposures.first else { return }
            problem = "that release opens \(first.after.path)\(exposures.count == 1 ? "" : " and more")"
        } else {
            problem = "the current release cannot be read, so nobody knows what that one opens"
        }
        throw Ending(
            .site,
            "error: \(problem)\n    look at it with 'gatehouse releases' and 'gatehouse diff', then say --open to go back all the same"
        )
    }
}
