import Hummingbird
package import Logging
import ServiceLifecycle

/// The local identity service: answers like Appwrite 1.9.6 under /v1, on a loopback address.
///
/// Everything lives in memory and is gone when it stops.
package struct IdentityService: Service {
    package let configuration: IdentityConfiguration
    package let store: IdentityStore
    package let faults: IdentityFaults
    package let ledger: IdentityLedger
    private let logger: Logger
    private let onRunning: @Sendable (Int) async -> Void

    /// A service that does not listen yet.
    ///
    /// Without a `store`, the users of the configuration live in it, by the time of `clock`; a store brings its own.
    /// `onRunning` is called once with the port, when connections are accepted.
    package init(
        configuration: IdentityConfiguration = IdentityConfiguration(),
        store: IdentityStore? = nil,
        clock: IdentityClock = .system,
        faults: IdentityFaults = IdentityFaults(),
        ledger: IdentityLedger = IdentityLedger(),
        logger: Logger,
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.store = store ?? IdentityStore(users: configuration.users, clock: clock)
        self.faults = faults
        self.ledger = ledger
        self.logger = logger
        self.onRunning = onRunning
    }

    /// What answers, without a socket: for `Application(responder:)` and router tests.
    package var responder: IdentityResponder {
        IdentityResponder(configuration: configuration, store: store, faults: faults, ledger: ledger)
    }

    /// Listens until graceful shutdown; throws where the port is taken.
    package func run() async throws {
        let application = Application(
            responder: responder,
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host.text, port: configuration.port),
                serverName: nil
            ),
            onServerRunning: { channel in
                await onRunning(channel.localAddress?.port ?? configuration.port)
            },
            logger: logger
        )
        try await application.run()
    }
}
