import Appwrite
import DevIdentity
import FoundationEssentials
import Ground
import Logging
import Server
import ServiceLifecycle
import Settings
import Site

/// The local identity service, and a server that waits for it.
struct LocalIdentity {
    let service: IdentityService
    private let key: IdentityKey
    private let users: [DemoUser]
    private let ports: AsyncStream<Int>

    /// - Parameters:
    ///   - port: 0 takes any that is free.
    ///   - users: who can sign in.
    ///   - logger: where the service tells what it does.
    init(port: Int, users: [DemoUser], logger: Logger) {
        let key = IdentityKey.make()
        let (ports, running) = AsyncStream<Int>.makeStream()
        service = IdentityService(
            configuration: IdentityConfiguration(keys: [key], users: users, port: port),
            logger: logger,
            onRunning: { running.yield($0) }
        )
        self.key = key
        self.users = users
        self.ports = ports
    }

    /// The users of a file, or the demo users.
    static func users(_ file: String?) throws -> [DemoUser] {
        guard let file else { return DemoUser.defaults }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Ending(
                .environment,
                "error: '\(file)' cannot be read\n    name a file of users with --users"
            )
        }
        return try DemoUser.load(Array(data), file: file)
    }

    /// A server that asks this service, and starts when that listens.
    func server(_ settings: Settings, output: String, preview: Preview, logger: Logger) -> some Service {
        ServerAfterIdentity(ports: ports, project: service.configuration.project) { identity, endpoint in
            var options = ServerOptions(
                settings: settings,
                output: output,
                appwrite: endpoint,
                apiKey: key.secret
            )
            options.releaseInterval = .milliseconds(10)
            options.preview = preview
            return try GatehouseServer(options, logger: logger) { port in
                FileHandleText.standardOutput.write(banner(site: port, identity: identity))
            }
        }
    }

    /// What a newcomer needs to know.
    private func banner(site: Int, identity: Int) -> String {
        let output = FileHandleText.standardOutput
        let known = users.allSatisfy { $0.password == DemoUser.demoPassword }
        // Passwords of the operator's own file are not for the screen.
        let heading =
            known ? "Demo accounts, password \(output.bold(DemoUser.demoPassword.revealed))" : "Accounts"
        let width = users.map(\.email.count).max() ?? 0
        let accounts = users.map { user in
            let traits = [
                user.labels.map { "label \($0)" }, user.teams.map { "team \($0.id)" },
                user.isVerified ? [] : ["unverified"], user.isBlocked ? ["blocked"] : [],
                user.mfa ? ["second factor"] : [], user.mustResetPassword ? ["must set a new password"] : [],
            ].flatMap(\.self)
            let padding = String(repeating: " ", count: width - user.email.count)
            return
                "    \(user.email)\(padding)  \(traits.isEmpty ? "member" : traits.joined(separator: ", "))"
        }
        return """

              Site        \(output.bold("http://127.0.0.1:\(site)"))
              Identity    http://127.0.0.1:\(identity)   (stands in for Appwrite, on this machine only)
              Outbox      http://127.0.0.1:\(identity)/outbox   (mails and text messages end there)

              \(heading):
            \(accounts.joined(separator: "\n"))

              Changes are built as you save them. Ctrl-C ends.

            """
    }
}

/// Starts the server once the identity service listens, since only then its port is known.
private struct ServerAfterIdentity: Service {
    let ports: AsyncStream<Int>
    let project: String
    let make: @Sendable (Int, AppwriteEndpoint) throws -> GatehouseServer

    func run() async throws {
        for await port in ports.cancelOnGracefulShutdown() {
            guard let endpoint = AppwriteEndpoint(url: "http://127.0.0.1:\(port)/v1", project: project) else {
                return
            }
            return try await make(port, endpoint).run()
        }
    }
}

extension Preview.Account {
    /// A demo user, under the name that a sign-in page would take.
    init(_ user: DemoUser) {
        self.init(title: user.email, email: user.email, password: user.password)
    }
}
