import Appwrite
import FoundationEssentials
import Gate
import Ground
import Hooks
import Hummingbird
import HummingbirdCore
package import Logging
import ServiceLifecycle
import Settings
import Transfer

/// The runtime: serves the current release, and opens private pages to those who may see them.
package struct GatehouseServer: Service {
    private let application: Application<FrontDoor>
    /// What answers, for tests that ask it without a socket.
    package let front: FrontDoor
    private let transfer: TransferClient

    /// Loads the current release; nothing listens yet.
    ///
    /// - Parameters:
    ///   - options: what to serve, and whom to ask.
    ///   - logger: where everything is told; never a secret.
    ///   - onRunning: called with the port once the server listens.
    /// - Throws: `ReleaseFailure` where there is nothing to serve, `TransferFailure` where libcurl cannot start.
    package init(
        _ options: ServerOptions,
        logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws {
        let current = try CurrentRelease(output: options.output)
        options.preview?.follow(current.revise)
        transfer = try TransferClient()
        let events = try AuthEvents(options, transfer: transfer, logger: logger)
        front = FrontDoor(options, current: current, transfer: transfer, events: events, logger: logger)
        let server = options.settings.server
        let times = options.times
        application = Application(
            responder: front,
            server: HTTPServerBuilder { GuardedChannel(times: times, responder: $0) },
            configuration: ApplicationConfiguration(
                address: .hostname(server.host, port: server.port),
                serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    options.connections ?? ConnectionLimit.ofThisProcess,
                    logger: Self.quiet(logger)
                )
            ),
            services: [
                ReleaseWatch(
                    current: current,
                    interval: options.releaseInterval,
                    logger: logger,
                    onLoad: { id in
                        var event = events.event(.published)
                        event.release = id
                        events.tell(event)
                        options.preview?.loaded()
                    }
                ), events, front.reading.guests.sessions,
            ],
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? server.port) },
            logger: Self.quiet(logger)
        )
    }

    /// Runs until graceful shutdown.
    package func run() async throws {
        do {
            try await application.run()
        } catch {
            await transfer.shutdown()
            throw error
        }
        await transfer.shutdown()
    }
}

extension GatehouseServer {
    /// The framework's own words, such as that it listens, are for debugging.
    private static func quiet(_ logger: Logger) -> Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }
}

extension FrontDoor {
    init(
        _ options: ServerOptions,
        current: CurrentRelease,
        transfer: TransferClient,
        events: AuthEvents,
        logger: Logger
    ) {
        let settings = options.settings
        let desk = Desk(options, current: current, transfer: transfer, events: events, logger: logger)
        let guests = settings.guests
        let sessions = GuestSessions(
            allowance: RateLimiter(guests.newSessionsPerAddress, now: options.now),
            budget: options.guestBudget,
            now: options.now,
            work: GuestSessions.Work(desk)
        )
        self.desk = desk
        ways = WayRoutes(desk: desk).responder()
        paths = WayPaths(settings.auth)
        reading = Reading(
            desk: desk,
            guests: Guests(
                mode: guests.sessions,
                sessions: sessions,
                touches: GuestTouches(sessions: desk.sessions, now: options.now),
                cookie: desk.cookie,
                visits: desk.visits,
                keys: desk.keys
            ),
            perVisitor: RateLimiter(guests.limit, now: options.now),
            perAddress: RateLimiter(guests.unidentifiedLimit, now: options.now),
            budget: options.partBudget,
            now: options.now
        )
        headers = SecurityHeaders(isSecure: settings.url.isSecure)
        limited = RateLimiter(RateLimit(1, perSeconds: 60), now: options.now)
        preview = options.preview
    }
}

extension Desk {
    init(
        _ options: ServerOptions,
        current: CurrentRelease,
        transfer: TransferClient,
        events: AuthEvents,
        logger: Logger
    ) {
        let settings = options.settings
        let endpoint = options.appwrite
        let timeout = options.questionTimeout
        let keys = ServerKeys(from: options.apiKey)
        let attributes = CookieAttributes(settings.auth.cookie, siteIsSecure: settings.url.isSecure)
        let client: @Sendable (Secret, Caller) -> SessionClient = { secret, caller in
            SessionClient(
                endpoint: endpoint,
                secret: secret,
                transfer: transfer,
                for: caller,
                timeout: timeout
            )
        }
        let grace = if case .grace(let seconds) = settings.auth.outage { seconds } else { 0 }
        let failures = FailureLog(logger, now: options.now)
        auth = settings.auth
        conceals = settings.visibility.conceals
        origin = settings.url.origin
        trustedProxies = settings.server.trustedProxies
        admin = AdminClient(endpoint: endpoint, key: options.apiKey, transfer: transfer)
        plain = PlainClient(endpoint: endpoint, transfer: transfer, timeout: timeout)
        self.client = client
        self.keys = keys
        cookie = SessionCookie(name: endpoint.cookieName, attributes: attributes)
        visits = VisitCookie(keys: keys, attributes: attributes, now: options.now)
        tokens = FormToken(keys: keys, attributes: attributes, now: options.now)
        ownOrigin = OwnOrigin(site: settings.url)
        trips = Trip(keys: keys, attributes: attributes, now: options.now)
        pace = Pace(step: options.pace)
        sessions = SessionCache(
            authority: AppwriteAuthority(
                client: { client($0, Caller()) },
                onSilence: { failures.noteOnce($0, "a session could not be checked") }
            ),
            fingerprint: { keys.fingerprint(of: $0) },
            lifetime: settings.auth.cache,
            grace: grace,
            now: options.now
        )
        feeds = MemberFeeds(
            keys: keys,
            admin: AdminClient(endpoint: endpoint, key: options.apiKey, transfer: transfer, timeout: timeout),
            failures: failures,
            settings: settings,
            now: options.now
        )
        limits = AbuseLimits(now: options.now)
        self.current = current
        self.failures = failures
        self.events = events
        self.logger = logger
        now = options.now
    }
}
