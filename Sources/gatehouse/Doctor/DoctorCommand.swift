import Appwrite
import ArgumentParser
import FoundationEssentials
import Gate
import Ground
import Server
import Settings
import Transfer

/// `gatehouse doctor`: whether the configured Appwrite is set up for what the site offers.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Ask the configured Appwrite whether everything that the site offers can work.",
        discussion: """
            Looks at the endpoint, the project, the key and its scopes, the clocks, mail, and each OAuth provider. It makes, \
            changes and sends nothing. Ends with 3 where something does not work.
            """
    )

    @OptionGroup var site: SiteOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let settings = try site.settings()
        let (endpoint, key) = try AppwriteAccess(settings).reveal(
            environment: ProcessInfo.processInfo.environment
        )
        let transfer = try TransferClient()
        let checkup = Checkup(
            settings: settings,
            endpoint: endpoint,
            admin: AdminClient(endpoint: endpoint, key: key, transfer: transfer),
            plain: PlainClient(endpoint: endpoint, transfer: transfer),
            now: { Date() },
            offersFeeds: settings.auth.feeds && hasFeeds
        )
        let findings = await checkup.run { if !json { FileHandleText.standardOutput.tell($0) } }
        await transfer.shutdown()
        if json { FileHandleText.standardOutput.write(try JSONText.of(findings)) }
        let count = findings.count { $0.verdict == .bad }
        if count > 0 {
            throw Ending(.environment, "error: \(Count.of(count, "thing does", "things do")) not work")
        }
    }
}

extension DoctorCommand {
    /// Whether the current release has feeds that not everyone may read; without a release nothing is offered yet.
    private var hasFeeds: Bool {
        let file = "\(site.outputFolder)/current/gate.json"
        // One that cannot be read is not served either, and 'serve' says why.
        guard let json = FileManager.default.contents(atPath: file), let table = try? GateTable(json: json)
        else { return false }
        return table.routes.contains(where: \.isPrivateFeed)
    }
}

extension FileHandleText {
    fileprivate func tell(_ finding: Finding) {
        let mark =
            switch finding.verdict {
            case .good: "ok     "
            case .poor: yellow("warning")
            case .bad: red("error  ")
            case .unknown: "?      "
            }
        write("\(mark)  \(bold(finding.check)): \(finding.seen)")
        if let advice = finding.advice { write("         \(advice)") }
    }
}
