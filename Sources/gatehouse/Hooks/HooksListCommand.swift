import ArgumentParser
import FoundationEssentials
import Ground
import Hooks
import Settings

/// `gatehouse hooks list`: what each hook has still to get, and what it never got.
struct HooksListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the hooks, what waits for them, and their dead letters."
    )

    @OptionGroup var site: SiteOptions

    @Flag(help: "Print JSON.")
    var json = false

    private struct Line: Encodable {
        let name: String
        let url: String
        let events: [String]
        let waiting: Int
        let dead: Int
    }

    func run() throws {
        let settings = try site.settings()
        let lines = settings.hooks.map { hook in
            let shelf = SpoolShelf(hook: hook.name, state: site.place(settings.server.state))
            return Line(
                name: hook.name,
                // What stands behind the path may be a secret of the receiver's.
                url: String(hook.url.prefix { $0 != "?" }),
                events: hook.events.map(\.rawValue).sorted(),
                waiting: shelf.waiting,
                dead: shelf.deadLetters.count
            )
        }
        let output = FileHandleText.standardOutput
        guard !json else { return output.write(try JSONText.of(lines)) }
        let rows = lines.map { line in
            [
                line.name, line.url, line.events.joined(separator: ","), "\(line.waiting) waiting",
                Count.of(line.dead, "dead letter", "dead letters"),
            ]
        }
        output.write(TextTable(rows: rows).text)
    }
}
