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
        let options = try ServerOptions(
            settings,
            site: site.source,
            output: site.outputFolder,
            environment: ProcessInfo.processInfo.environment
        )
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
