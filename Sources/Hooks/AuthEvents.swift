package import FoundationEssentials
package import Logging
import ServiceLifecycle
import Settings
import Synchronization

/// Where everything that happens with identity is told, and where it is asked whether it may.
package final class AuthEvents: Service {
    /// A webhook, and what waits for it.
    package struct Outlet: Sendable {
        let hook: Webhook
        /// Nil for one that is only asked.
        let spool: Spool?

        package init(_ hook: Webhook, spool: Spool?) {
            self.hook = hook
            self.spool = spool
        }
    }

    private let audit: AuditLog?
    private let outlets: [Outlet]
    private let observers: [Observer]
    private let logger: Logger
    private let now: @Sendable () -> Date
    private let patience: Duration

    /// - Parameters:
    ///   - audit: where each event is written to.
    ///   - outlets: the hooks of `site.config`.
    ///   - hooks: those of Swift.
    ///   - patience: how long a hook of Swift may think about an attempt.
    ///   - logger: the program's log, which hears of every event, too.
    ///   - now: the clock.
    package init(
        audit: AuditLog? = nil,
        outlets: [Outlet] = [],
        hooks: [any AuthHook] = [],
        patience: Duration = .seconds(5),
        logger: Logger,
        now: @escaping @Sendable () -> Date
    ) {
        self.audit = audit
        self.outlets = outlets
        observers = hooks.map(Observer.init)
        self.patience = patience
        self.logger = logger
        self.now = now
    }

    /// A new event of this moment.
    package func event(_ kind: AuthEvent.Kind) -> AuthEvent {
        AuthEvent(kind, id: UUID().uuidString.lowercased(), time: now())
    }

    /// Tells everyone who wants to hear of it; costs a few small writes to the disk, and waits for nobody.
    package func tell(_ event: AuthEvent) {
        logger.log(level: event.kind == .guest ? .debug : .info, event.kind.message, metadata: event.metadata)
        audit?.append(event)
        for outlet in outlets {
            guard let spool = outlet.spool, outlet.hook.settings.wants(event.kind) else { continue }
            if !spool.add(event) {
                logger.error(
                    "an event is lost: the spool cannot be written",
                    metadata: ["hook": "\(outlet.hook.name)", "event": "\(event.id)"]
                )
            }
        }
        for observer in observers { observer.hear(event, logger) }
    }

    /// Asks every hook that may refuse, one after the other; the first that does ends it.
    package func authorize(_ attempt: AuthAttempt) async -> AuthVerdict {
        for outlet in outlets where outlet.hook.settings.events.contains(.authorize) {
            let (verdict, failure) = await outlet.hook.ask(attempt, id: UUID().uuidString.lowercased())
            if let failure {
                logger.error(
                    "an authorize hook gave no answer",
                    metadata: [
                        "hook": "\(outlet.hook.name)", "request": "\(attempt.request)", "cause": "\(failure)",
                        "taken as": "\(outlet.hook.settings.onFailure.rawValue)",
                    ]
                )
            }
            if case .refuse = verdict { return verdict }
        }
        for observer in observers {
            let verdict = await observer.verdict(of: attempt, within: patience)
            if case .refuse = verdict { return verdict }
        }
        return .allow
    }

    /// Delivers until the server ends; what is left then lies in the spools.
    package func run() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for outlet in outlets {
                guard let spool = outlet.spool else { continue }
                let delivery = Delivery(outlet.hook, from: spool, logger: logger, now: now)
                group.addTask { try await delivery.run() }
            }
            for observer in observers { group.addTask { await observer.run() } }
            // With nothing to deliver it must not seem to have ended.
            group.addTask { try await gracefulShutdown() }
        }
    }
}

extension HookSettings {
    func wants(_ kind: AuthEvent.Kind) -> Bool {
        Event(rawValue: kind.rawValue).map(events.contains) ?? false
    }
}

extension AuthEvent.Kind {
    /// What the log says.
    fileprivate var message: Logger.Message {
        switch self {
        case .signIn: "signed in"
        case .signUp: "signed up"
        case .signOut: "signed out"
        case .guest: "a guest got a session"
        case .converted: "a guest became a member"
        case .refused: "refused"
        case .rateLimited: "asked too often"
        case .sessionRevoked: "session revoked"
        case .published: "release loaded"
        }
    }
}

extension AuthEvent {
    fileprivate var metadata: Logger.Metadata {
        let fields = [
            ("request", request), ("user", user), ("address", address), ("way", way), ("reason", reason),
            ("release", release),
        ]
        return Dictionary(
            fields.compactMap { name, value in value.map { (name, "\($0)") } },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
