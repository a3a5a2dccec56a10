import Appwrite
import ArgumentParser
import DevIdentity
import FoundationEssentials
import Ground
import Logging
import Server
import ServiceLifecycle
import Settings
import UnixSignals

/// `gatehouse dev`: builds, serves, and builds again what changes; without an Appwrite it brings its own.
struct DevCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dev",
        abstract: "Build and serve the site on this machine, and rebuild it when it changes.",
        discussion:
            "Drafts are shown. Where site.config names no Appwrite, the local identity service stands in for it."
    )

    @OptionGroup var options: SiteOptions

    @Option(help: "The port of the site; as in site.config unless said otherwise.")
    var port: Int?

    @Option(help: "The port of the local identity service; any that is free unless said otherwise.")
    var identityPort = 0

    @Option(help: "A file of users for the local identity service, in JSON.")
    var users: String?

    @Option(help: "How much is logged.")
    var logLevel = LogLevel.warning

    func validate() throws {
        try Ports.check(port, "--port")
        try Ports.check(identityPort, "--identity-port", lowest: 0)
    }

    func run() async throws {
        let written = try site.settings()
        var settings = written
        settings.server.port = port ?? written.server.port
        settings.server.host = "127.0.0.1"
        if let url = SiteURL("http://127.0.0.1:\(settings.server.port)") { settings.url = url }
        let users = settings.appwrite == nil ? try LocalIdentity.users(users) : []
        let preview = Preview(accounts: users.map(Preview.Account.init))
        let rebuild = Rebuild(site: site, url: settings.url, started: written, preview: preview)
        let before = Snapshot(of: site.source)
        let hasWaited = try await firstBuild(rebuild)
        let watch = FolderWatch(
            site: site,
            since: hasWaited ? nil : before,
            onChange: rebuild.tell,
            onQuiet: rebuild.confirm
        )
        try await ServiceGroup(
            services: [watch] + services(settings, users, preview),
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger.gatehouse(.error)
        ).run()
    }
}

extension DevCommand {
    /// Drafts and addresses of this machine have no business in the folder that `serve` publishes.
    private var site: SiteOptions {
        var site = options
        site.output = options.output ?? "\(options.source)/.gatehouse/dev"
        return site
    }

    /// A build that fails is told; the last good release is served meanwhile, and where there never was one, that is waited for.
    ///
    /// Says whether it was.
    private func firstBuild(_ rebuild: Rebuild) async throws -> Bool {
        do {
            _ = try await rebuild.run()
        } catch {
            guard hasRelease || error is Diagnostics else { throw error }
            FileHandleText.standardError.write(Ending(error).text)
            rebuild.show(error)
            guard !hasRelease else { return false }
            await firstRelease(rebuild)
            return true
        }
        return false
    }

    private var hasRelease: Bool {
        FileManager.default.fileExists(atPath: "\(site.outputFolder)/current/gate.json")
    }

    /// Builds at each change until there is something to serve.
    private func firstRelease(_ rebuild: Rebuild) async {
        let (good, continuation) = AsyncStream.makeStream(of: Void.self)
        let watch = FolderWatch(
            site: site,
            onStart: {
                FileHandleText.standardOutput.write(
                    "The site is served as soon as it can be built. Ctrl-C ends."
                )
            },
            onChange: { changed in
                await rebuild.tell(changed)
                if hasRelease { continuation.finish() }
            },
            onQuiet: {}
        )
        let watching = Task { try await watch.run() }
        for await _ in good {}
        watching.cancel()
    }

    /// The server, and before it the identity service where no Appwrite is named.
    private func services(_ settings: Settings, _ users: [DemoUser], _ preview: Preview) throws
        -> [any Service]
    {
        let logger = Logger.gatehouse(logLevel.level)
        let port = settings.server.port
        guard settings.appwrite == nil else {
            return [try server(settings, preview, logger: logger).listening(at: port)]
        }
        // Where the site's port is taken the identity service is told to end, and need not complain of it.
        let identity = LocalIdentity(
            port: identityPort,
            users: users,
            logger: Logger.gatehouse(.critical)
        )
        return [
            identity.service.listening(at: identityPort, option: "--identity-port"),
            identity.server(settings, output: site.outputFolder, preview: preview, logger: logger)
                .listening(at: port),
        ]
    }

    /// A server that asks the Appwrite of `site.config`.
    private func server(_ settings: Settings, _ preview: Preview, logger: Logger) throws -> GatehouseServer {
        let (endpoint, key) = try AppwriteAccess(settings).reveal(
            environment: ProcessInfo.processInfo.environment
        )
        var options = ServerOptions(
            settings: settings,
            output: site.outputFolder,
            appwrite: endpoint,
            apiKey: key
        )
        options.releaseInterval = .milliseconds(10)
        options.preview = preview
        return try GatehouseServer(options, logger: logger) { port in
            FileHandleText.standardOutput.write(
                "\n  Site       http://127.0.0.1:\(port)\n  Appwrite   \(endpoint.url)\n"
            )
        }
    }
}
