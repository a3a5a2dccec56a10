// `AuthHook` and its words are half of what this library is for.
@_exported public import Hooks
public import Logging
import Server
public import ServiceLifecycle

/// The server of a site that was built, with hooks of one's own.
///
/// ```swift
/// struct OnlyOurs: AuthHook {
///     func authorize(_ attempt: AuthAttempt) async -> AuthVerdict {
///         attempt.address.hasPrefix("10.") ? .allow : .refuse("Only from the office.")
///     }
/// }
///
/// let site = try Gatehouse(site: ".", environment: variables, hooks: [OnlyOurs()], logger: logger)
/// try await ServiceGroup(services: [site], gracefulShutdownSignals: [.sigterm], logger: logger).run()
/// ```
public struct Gatehouse: Service {
    private let server: GatehouseServer

    /// Reads `site.config` and the current release; nothing listens yet.
    ///
    /// - Parameters:
    ///   - folder: the site's, with `site.config` in it.
    ///   - output: where `gatehouse build` wrote to; `dist` in the site's folder unless said otherwise.
    ///   - environment: what `${NAME}` in `site.config` stands for, and where its secrets are.
    ///   - hooks: asked and told in this order, after those of `site.config`.
    ///   - logger: where everything is told; never a secret.
    ///   - onRunning: called with the port once the server listens.
    /// - Throws: an error whose description says what is wrong and what to do about it.
    public init(
        site folder: String,
        output: String? = nil,
        environment: [String: String],
        hooks: [any AuthHook] = [],
        logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws {
        var options = try ServerOptions(
            site: folder,
            output: output ?? "\(folder)/dist",
            environment: environment
        )
        options.hooks = hooks
        server = try GatehouseServer(options, logger: logger, onRunning: onRunning)
    }

    /// Serves until graceful shutdown.
    public func run() async throws { try await server.run() }
}
