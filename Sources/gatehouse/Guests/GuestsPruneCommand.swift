import Appwrite
import ArgumentParser
import FoundationEssentials
import Server
import Transfer

/// `gatehouse guests prune`: removes guests who have not been there for long.
struct GuestsPruneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove the anonymous users of guests who have not been there for long.",
        discussion: """
            Looks at every account of the project, and at each that is to go once more just before it goes. Whatever could be \
            somebody's stays: an account with an address, a number, a password, a provider's account, a label or a team. Ends \
            with 3 where the key lacks a scope or something could not be removed.
            """
    )

    @OptionGroup var site: SiteOptions

    @Option(help: "For how long nobody was there, in days, such as 30d; 3d at least.")
    var olderThan: Age

    @Flag(help: "Tell what would be removed, and remove nothing.")
    var dryRun = false

    @Flag(help: "Remove also those without a session, of whom it cannot be seen that they were guests.")
    var withoutSession = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let (endpoint, key) = try AppwriteAccess(try site.settings()).reveal(
            environment: ProcessInfo.processInfo.environment
        )
        let transfer = try TransferClient()
        let admin = AdminClient(endpoint: endpoint, key: key, transfer: transfer)
        let plain = PlainClient(endpoint: endpoint, transfer: transfer)
        do {
            let now = try await Self.agreed(by: plain)
            let pruning = GuestPruning(
                admin: admin,
                judge: StaleGuest(
                    before: now.addingTimeInterval(-olderThan.seconds),
                    includesSessionless: withoutSession
                ),
                isDryRun: dryRun
            )
            let tally = try await tell(pruning)
            await transfer.shutdown()
            if tally.failed > 0 {
                let count = Count.of(tally.failed, "account", "accounts")
                throw Ending(.environment, "error: \(count) could not be looked at or removed; run it again")
            }
        } catch {
            await transfer.shutdown()
            throw error
        }
    }

    /// Runs it with a line of progress before a person.
    private func tell(_ pruning: GuestPruning) async throws -> GuestPruning.Tally {
        let progress = FileHandleText.standardError
        let shows = progress.isTerminal && !json
        let tally: GuestPruning.Tally
        do {
            tally = try await pruning.run { step in if shows { progress.overwrite(step.text) } }
        } catch {
            if shows { progress.overwrite("") }
            throw error
        }
        if shows { progress.overwrite("") }
        FileHandleText.standardOutput.write(json ? try JSONText.of(tally) : tally.text)
        return tally
    }

    /// The time by Appwrite's clock, by which it noted who was there when.
    ///
    /// A clock that is months ahead would make a guest of yesterday look old, so two that do not agree end it.
    private static func agreed(by plain: PlainClient) async throws -> Date {
        let here = Date()
        let there: Date?
        do {
            there = try await plain.clock()
        } catch {
            throw Ending(.environment, "error: \(error)\n    ask 'gatehouse doctor' what is wrong")
        }
        guard let there else { return here }
        guard abs(there.timeIntervalSince(here)) < Self.leeway else {
            throw Ending(
                .environment,
                "error: the clocks of this machine and of Appwrite differ by more than an hour; nothing was removed\n"
                    + "    set both machines by NTP"
            )
        }
        return min(here, there)
    }

    /// In seconds.
    private static let leeway: TimeInterval = 3600
}

/// A number of days as an option, such as `30d`.
///
/// A guest who reads every day is seen by Appwrite once a day, and written down by it once a day: two days may lie between.
struct Age: ExpressibleByArgument {
    let days: Int

    var seconds: TimeInterval { TimeInterval(days) * 86_400 }

    init?(argument: String) {
        guard argument.hasSuffix("d"), let days = Int(argument.dropLast()), (3...36_500).contains(days) else {
            return nil
        }
        self.days = days
    }
}
