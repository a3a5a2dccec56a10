import ArgumentParser

/// `gatehouse hooks`: looks after the hooks of `site.config`.
struct HooksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hooks",
        abstract: "Try the hooks of site.config, and look after what they did not take.",
        subcommands: [HooksTestCommand.self, HooksListCommand.self, HooksRetryCommand.self]
    )
}
