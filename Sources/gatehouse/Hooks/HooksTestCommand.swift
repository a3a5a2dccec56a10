import ArgumentParser
import FoundationEssentials
import Ground
import HTTPTypes
import Hooks
import Server
import Settings
import Transfer

/// `gatehouse hooks test`: sends a sample to each hook, signed as a real event is.
struct HooksTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Send a sample event to each hook, and tell what it answers.",
        discussion: """
            A hook that is asked gets a sample question instead. The sample's user is 'gatehouse-test'. Ends with 3 where a hook \
            does not answer as it should.
            """
    )

    @OptionGroup var site: SiteOptions

    @Argument(help: "The names of the hooks to try; all where none is said.")
    var names: [String] = []

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let hooks = try site.settings().hooks
        for name in names where !hooks.contains(where: { $0.name == name }) {
            let near = Suggestion.nearest(to: name, in: hooks.map(\.name)).map { "; did you mean '\($0)'?" }
            throw Ending(.usage, "error: site.config has no hook '\(name)'\(near ?? "")")
        }
        let chosen = hooks.filter { names.isEmpty || names.contains($0.name) }
        guard !chosen.isEmpty else {
            throw Ending(.site, "site.config: error: it has no hooks\n    see the manual, \"Hooks\"")
        }
        let transfer = try TransferClient()
        var trials: [HookTrial] = []
        for settings in chosen {
            let secrets = try HookSecrets(settings).reveal(
                environment: ProcessInfo.processInfo.environment
            )
            let hook = Webhook(settings, secrets: secrets, transfer: transfer, now: { Date() })
            let trial = await HookTrial.run(hook)
            trials.append(trial)
            if !json { FileHandleText.standardOutput.write(trial.line) }
        }
        await transfer.shutdown()
        if json { FileHandleText.standardOutput.write(try JSONText.of(trials)) }
        let count = trials.count { !$0.works }
        if count > 0 {
            throw Ending(
                .environment,
                "error: \(Count.of(count, "hook does", "hooks do")) not answer as it should"
            )
        }
    }
}

/// How one hook answered.
struct HookTrial: Encodable {
    let name: String
    let works: Bool
    /// What it answered, or what went wrong.
    let seen: String
    let milliseconds: Int

    var line: String {
        "\(works ? "ok   " : "error")  \(name): \(seen), in \(milliseconds) ms"
    }

    static func run(_ hook: Webhook) async -> HookTrial {
        let began = ContinuousClock.now
        let (works, seen) = hook.settings.events.contains(.authorize) ? await ask(hook) : await tell(hook)
        return HookTrial(
            name: hook.name,
            works: works,
            seen: seen,
            milliseconds: Int((ContinuousClock.now - began) / .milliseconds(1))
        )
    }

    private static func tell(_ hook: Webhook) async -> (Bool, String) {
        let kind = AuthEvent.Kind.allCases.first { kind in
            hook.settings.events.contains { $0.rawValue == kind.rawValue }
        }
        var event = AuthEvent(kind ?? .signIn, id: UUID().uuidString.lowercased(), time: Date())
        event.user = user
        event.reason = "test"
        do throws(TransferFailure) {
            let status = try await hook.send(event.json, event: event.kind.rawValue, id: event.id).head.status
            return (200..<300 ~= status.code, "it answers \(status.code)\(advice(status.code))")
        } catch {
            return (false, "\(error)")
        }
    }

    private static func ask(_ hook: Webhook) async -> (Bool, String) {
        let attempt = AuthAttempt(
            .signIn,
            way: "test",
            user: user,
            email: "test@gatehouse.invalid",
            address: "192.0.2.1",
            request: "test"
        )
        let (verdict, failure) = await hook.ask(attempt, id: UUID().uuidString.lowercased())
        if let failure { return (false, "\(failure), so visitors would be \(taken(verdict))") }
        return (true, "it would have the visitor \(taken(verdict))")
    }

    private static func taken(_ verdict: AuthVerdict) -> String {
        switch verdict {
        case .allow: "let in"
        case .refuse(let reason): reason.isEmpty ? "refused" : "refused: \(reason)"
        }
    }

    private static func advice(_ status: Int) -> String {
        switch status {
        case 300..<400: " (redirects are not followed: put the last address into 'url')"
        case 401, 403: " (does it know the secret?)"
        case 404, 405: " (is the path right, and does it take POST?)"
        case 410: " (it wants no more events)"
        default: ""
        }
    }

    private static let user = "gatehouse-test"
}
