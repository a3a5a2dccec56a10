import ArgumentParser
import Ground
import Site

/// `gatehouse rollback`: an earlier release becomes the current one.
struct RollbackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Serve an earlier release again.",
        discussion:
            "A running server notices it by itself. Every file of that release is compared with its gate table first."
    )

    @OptionGroup var site: SiteOptions

    @Argument(
        help:
            "The id of a release, or the beginning or the end of one; the release before the current unless said otherwise."
    )
    var id: String?

    func run() throws {
        let now = try ReleaseHistory(output: site.outputFolder).rollBack(to: id)
        let output = FileHandleText.standardOutput
        output.write("\(output.bold("Current")) is release \(now) from now on")
    }
}
