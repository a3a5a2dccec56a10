import Appwrite
import ArgumentParser
import FoundationEssentials
import Ground
import Logging
import Server
import ServiceLifecycle
import Settings
import UnixSignals

/// `gatehouse serve`: the production runtime over the current release.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the current release.",
        discussion: "It notices a new release by itself. SIGTERM lets running requests end."
    )

    @OptionGroup var site: SiteOptions

    @Option(help: "The address to listen at; as in site.config unless said otherwise.")
    var host: String?

    @Option(help: "The port to listen at; as in site.config unless said otherwise.")
    var port: Int?

    @Option(help: "How much is logged.")
    var logLevel = LogLevel.info

    func validate() throws {
        try Ports.check(port, "--port")
    }

    func run() async throws {
        let settings = try serveSettings()
        let (endpoint, key) = try AppwriteAccess(settings).reveal()
        var options = ServerOptions(
            settings: settings,
            output: site.outputFolder,
            appwrite: endpoint,
            apiKey: key
        )
        options.webhooks = try settings.hooks.map { ($0, try HookSecrets($0).reveal()) }
        options.state = site.place(settings.server.state)
        options.audit = settings.audit.file.map(site.place)
        let logger = Logger.gatehouse(logLevel.level)
        let server = try GatehouseServer(options, logger: logger) { port in
            logger.notice(
                "serving",
                metadata: [
                    "address": "http://\(settings.server.host):\(port)", "site": "\(settings.url.origin)",
                    "revoked sessions read for at most": "\(settings.auth.cache) s",
                ]
            )
        }
        try await ServiceGroup(
            services: [server.listening(at: settings.server.port, of: settings.server.host)],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger.gatehouse(.warning)
        ).run()
    }

    private func serveSettings() throws -> Settings {
        var settings = try site.settings()
        if let host { settings.server.host = host }
        if let port { settings.server.port = port }
        return settings
    }
}

/// The Appwrite that `site.config` names, and the key that the environment holds.
struct AppwriteAccess {
    let settings: Settings

    init(_ settings: Settings) {
        self.settings = settings
    }

    func reveal() throws -> (AppwriteEndpoint, Secret) {
        guard let appwrite = settings.appwrite else {
            throw Ending(
                .environment,
                "site.config: error: no Appwrite endpoint is set\n    fill in 'appwrite', or try the site with 'gatehouse dev', which needs none"
            )
        }
        guard let endpoint = AppwriteEndpoint(url: appwrite.endpoint, project: appwrite.project) else {
            throw Ending(
                .site,
                "site.config: error: 'appwrite.endpoint' or 'appwrite.project' cannot be used"
            )
        }
        let key = try appwrite.key.reveal(environment: ProcessInfo.processInfo.environment) { path in
            try String(contentsOfFile: path, encoding: .utf8)
        }
        return (endpoint, key)
    }
}

/// What the deliveries of a hook are signed with, from the environment.
struct HookSecrets {
    let hook: HookSettings

    init(_ hook: HookSettings) {
        self.hook = hook
    }

    /// The present one first, then the one before where there is one.
    func reveal() throws -> [Secret] {
        try [hook.secret, hook.previousSecret].compactMap(\.self).map { setting in
            try setting.reveal(environment: ProcessInfo.processInfo.environment) { path in
                try String(contentsOfFile: path, encoding: .utf8)
            }
        }
    }
}

extension Logger {
    /// Tells standard error, a line each.
    static func gatehouse(_ level: Level) -> Logger {
        var logger = Logger(label: "gatehouse") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        return logger
    }
}

/// How much is logged, as an option.
enum LogLevel: String, ExpressibleByArgument, CaseIterable {
    case trace, debug, info, notice, warning, error

    var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }
}
