import Appwrite
import DevIdentity
import Ground
import Logging
import Testing
import Transfer

/// The local identity service on a free port, and this room's clients for it.
struct LocalAppwrite: Sendable {
    let identity: IdentityService
    let endpoint: AppwriteEndpoint
    let transfer: TransferClient

    static let key = Secret("standard_0123456789abcdef")
    static let member = (email: "member@example.com", password: DemoUser.demoPassword)

    func admin(_ key: Secret = key) -> AdminClient {
        AdminClient(endpoint: endpoint, key: key, transfer: transfer)
    }

    func visitor(_ secret: Secret) -> SessionClient {
        SessionClient(endpoint: endpoint, secret: secret, transfer: transfer)
    }

    func signIn(_ email: String = member.email) async throws -> Session {
        try await admin().createEmailSession(email: email, password: DemoUser.demoPassword, for: caller)
    }

    /// Runs the test between the service's start and end.
    static func run(
        scopes: Set<String> = IdentityKey.everyday,
        adapt: (inout IdentityConfiguration) -> Void = { _ in },
        _ test: @escaping @Sendable (LocalAppwrite) async throws -> Void
    ) async throws {
        var configuration = IdentityConfiguration(keys: [IdentityKey(secret: key, scopes: scopes)])
        adapt(&configuration)
        let (ports, port) = AsyncStream<Int>.makeStream()
        let identity = IdentityService(
            configuration: configuration,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            onRunning: { port.yield($0) }
        )
        let transfer = try TransferClient()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await identity.run() }
            let running = try #require(await ports.first { _ in true })
            let url = "http://127.0.0.1:\(running)/v1"
            let endpoint = try #require(AppwriteEndpoint(url: url, project: configuration.project))
            try await test(LocalAppwrite(identity: identity, endpoint: endpoint, transfer: transfer))
            group.cancelAll()
        }
        await transfer.shutdown()
    }
}
