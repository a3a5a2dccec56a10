import ArgumentParser

/// `gatehouse guests`: looks after the anonymous users that guests leave at Appwrite.
struct GuestsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "guests",
        abstract: "Look after the anonymous users that guests leave at Appwrite.",
        subcommands: [GuestsPruneCommand.self]
    )
}
