import ArgumentParser
import FoundationEssentials
import Ground
import Hooks
import Settings

/// `gatehouse hooks retry`: puts a hook's dead letters back into its spool.
struct HooksRetryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Have a hook's dead letters delivered again.",
        discussion: "A server that runs takes them up within ten seconds."
    )

    @OptionGroup var site: SiteOptions

    @Argument(help: "The name of the hook.")
    var name: String

    @Flag(help: "Print JSON.")
    var json = false

    private struct Answer: Encodable {
        let name: String
        let waiting: Int
    }

    func run() throws {
        let settings = try site.settings()
        let names = settings.hooks.map(\.name)
        guard names.contains(name) else {
            let near = Suggestion.nearest(to: name, in: names).map { "; did you mean '\($0)'?" }
            throw Ending(.usage, "error: site.config has no hook '\(name)'\(near ?? "")")
        }
        let shelf = SpoolShelf(hook: name, state: site.place(settings.server.state))
        let count = try shelf.revive()
        FileHandleText.standardOutput.write(
            json
                ? try JSONText.of(Answer(name: name, waiting: count))
                : "\(Count.of(count, "event waits", "events wait")) for '\(name)' again"
        )
    }
}
