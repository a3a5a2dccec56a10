import ArgumentParser
import DevIdentity
import Ground
import Logging
import ServiceLifecycle
import UnixSignals

/// `gatehouse identity`: the local identity service alone.
struct IdentityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity",
        abstract: "Run the local identity service, which answers like Appwrite on this machine only.",
        discussion:
            "It lives in memory, makes a new API key each time and prints it. Never use it for a real site."
    )

    @Option(help: "The port to listen at; 0 takes any that is free.")
    var port = 0

    @Option(help: "A file of users, in JSON.")
    var users: String?

    func validate() throws {
        try Ports.check(port, "--port", lowest: 0)
    }

    func run() async throws {
        let key = IdentityKey.make()
        let configuration = IdentityConfiguration(
            keys: [key],
            users: try LocalIdentity.users(users),
            port: port
        )
        let service = IdentityService(configuration: configuration, logger: Logger.gatehouse(.warning)) {
            port in
            FileHandleText.standardOutput.write(
                """
                APPWRITE_ENDPOINT=http://127.0.0.1:\(port)/v1
                APPWRITE_PROJECT=\(configuration.project)
                APPWRITE_API_KEY=\(key.secret.revealed)
                """
            )
        }
        try await ServiceGroup(
            services: [service.listening(at: port)],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger.gatehouse(.error)
        ).run()
    }
}
