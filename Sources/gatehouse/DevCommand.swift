import Appwrite
import ArgumentParser
import DevIdentity
import FoundationEssentials
import Ground
import Logging
import Server
import ServiceLifecycle
import Settings
import Site
import UnixSignals

/// `gatehouse dev`: builds, serves, and builds again what changes; without an Appwrite it brings its own.
struct DevCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dev",
        abstract: "Build and serve the site on this machine, and rebuild it when it changes.",
        discussion:
            "Drafts are shown. Where site.config names no Appwrite, the local identity service stands in for it."
    )

    @OptionGroup var site: SiteOptions

    @Option(help: "The port of the site; as in site.config unless said otherwise.")
    var port: Int?

    @Option(help: "The port of the local identity service; any that is free unless said otherwise.")
    var identityPort = 0

    @Option(help: "A file of users for the local identity service, in JSON.")
    var users: String?

    @Option(help: "How much is logged.")
    var logLevel = LogLevel.warning

    func run() async throws {
        var settings = try devSettings(try site.settings())
        let rebuild = Rebuild(site: site, port: settings.server.port)
        do {
            try await rebuild.run()
        } catch {
            // The last good release is still there to be looked at, unless there never was one.
            guard FileManager.default.fileExists(atPath: "\(site.outputFolder)/current/gate.json") else {
                throw error
            }
            FileHandleText.standardError.write(Ending(error).text)
        }
        settings.server.host = "127.0.0.1"
        let logger = Logger.gatehouse(logLevel.level)
        var services: [any Service] = [FolderWatch(site: site, onChange: rebuild.tell)]
        if settings.appwrite == nil {
            let identity = LocalIdentity(
                port: identityPort,
                users: try LocalIdentity.users(users),
                logger: logger
            )
            services += [
                identity.service, identity.server(settings, output: site.outputFolder, logger: logger),
            ]
        } else {
            let (endpoint, key) = try AppwriteAccess(settings).reveal()
            var options = ServerOptions(
                settings: settings,
                output: site.outputFolder,
                appwrite: endpoint,
                apiKey: key
            )
            options.releaseInterval = .milliseconds(100)
            services.append(
                try GatehouseServer(options, logger: logger) { port in
                    FileHandleText.standardOutput.write(
                        "\n  Site       http://127.0.0.1:\(port)\n  Appwrite   \(endpoint.url)\n"
                    )
                }
            )
        }
        try await ServiceGroup(
            services: services,
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger.gatehouse(.error)
        ).run()
    }
}

extension DevCommand {
    /// The site as it is reached on this machine.
    private func devSettings(_ settings: Settings) throws -> Settings {
        var settings = settings
        if let port { settings.server.port = port }
        guard (1...65535).contains(settings.server.port),
            let url = SiteURL("http://127.0.0.1:\(settings.server.port)")
        else {
            throw Ending(.usage, "error: --port takes a number from 1 to 65535")
        }
        settings.url = url
        return settings
    }
}

/// Builds the site as `dev` shows it.
struct Rebuild: Sendable {
    let site: SiteOptions
    let port: Int

    func run() async throws {
        var settings = try site.settings()
        if let url = SiteURL("http://127.0.0.1:\(port)") { settings.url = url }
        var options = BuildOptions()
        options.drafts = true
        let output = FileHandleText.standardOutput
        let report = try await SiteBuild(site: site, settings: settings, options: options, output: output)
            .run()
        if !report.warnings.isEmpty {
            FileHandleText.standardError.write(Diagnostics(report.warnings).text(in: .standardError))
        }
        if !report.unchanged { output.write(report.summary(in: output)) }
    }

    /// Builds, and tells what was wrong; the last good release goes on being served.
    func tell() async {
        do {
            try await run()
        } catch {
            FileHandleText.standardError.write(Ending(error).text)
        }
    }
}
