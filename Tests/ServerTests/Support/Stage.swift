import Appwrite
import DevIdentity
import Foundation
import Ground
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Settings
import Synchronization
import Transfer

@testable import Server

/// The runtime and the local identity service, both listening on loopback, for tests that ask over sockets.
struct Stage: Sendable {
    let identity: IdentityService
    let port: Int
    let release: TestRelease
    let clock: TestClock
    let transfer: TransferClient
    let front: FrontDoor
    private let service: ServiceGroup
    private let end: Port

    static let apiKey = "standard_0123456789abcdef"
    static let project = "testproject"
    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    var origin: String { "http://127.0.0.1:\(port)" }

    /// A browser without cookies.
    func browser(_ agent: String = Browser.firefox) -> Browser {
        Browser(origin: origin, transfer: transfer, agent: agent)
    }

    /// Asks the server without a socket, as if from this peer; for what must be done by the hundred thousand.
    func ask(
        _ method: HTTPRequest.Method = .get,
        _ path: String,
        _ fields: HTTPFields = [:],
        peer: String = "127.0.0.1",
        body: String = ""
    ) async throws -> Page {
        let head = HTTPRequest(
            method: method,
            scheme: "http",
            authority: "127.0.0.1:\(port)",
            path: path,
            headerFields: fields
        )
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body)))
        let context = ServerContext(peer: peer, logger: Self.quiet)
        let response = try await front.respond(to: request, context: context)
        let bytes = Collected()
        try await response.body.write(bytes)
        return Page(response.status.code, response.headers, bytes.all)
    }

    /// Tells the server to end, as SIGTERM does.
    func beginShutdown() async { await service.triggerGracefulShutdown() }

    /// Returns when the server has ended.
    func waitForEnd() async { _ = await end.value }

    /// Runs a test between the start and the end of both services.
    ///
    /// With `sharesClock` the identity service goes by the test's clock, too.
    static func run(
        scopes: Set<String> = IdentityKey.everyday,
        keyKnown: Bool = true,
        sharesClock: Bool = false,
        adapt: @Sendable (inout ServerOptions) -> Void = { _ in },
        site: @Sendable (inout Settings) -> Void = { _ in },
        logger: Logger = quiet,
        pages: [TestRelease.Page] = TestRelease.pages,
        parts: [String: [TestRelease.Part]] = [:],
        feeds: [TestRelease.Feed] = [],
        _ test: @escaping @Sendable (Stage) async throws -> Void
    ) async throws {
        let release = try TestRelease(pages: pages, parts: parts, feeds: feeds)
        defer { release.remove() }
        let key = IdentityKey(secret: Secret(keyKnown ? apiKey : "standard_another"), scopes: scopes)
        let identityPort = Port()
        let clock = TestClock()
        let identity = IdentityService(
            configuration: IdentityConfiguration(project: project, keys: [key]),
            clock: sharesClock ? clock.identityClock : .system,
            logger: quiet,
            onRunning: { identityPort.set($0) }
        )
        let port = try freePort()
        var settings = try Settings(parsing: config(port), file: "site.config", environment: [:])
        site(&settings)
        let transfer = try TransferClient()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await identity.run() }
            guard
                let endpoint = AppwriteEndpoint(
                    url: "http://127.0.0.1:\(await identityPort.value)/v1",
                    project: project
                )
            else { throw CocoaError(.coderInvalidValue) }
            var options = ServerOptions(
                settings: settings,
                output: release.output,
                appwrite: endpoint,
                apiKey: Secret(apiKey)
            )
            options.now = { clock.now }
            options.releaseInterval = .milliseconds(20)
            options.guestBudget = .seconds(5)
            options.partBudget = .seconds(5)
            options.pace = .zero
            adapt(&options)
            let serverPort = Port()
            let server = try GatehouseServer(options, logger: logger, onRunning: { serverPort.set($0) })
            let service = ServiceGroup(services: [server], logger: quiet)
            let end = Port()
            group.addTask {
                try await service.run()
                end.set(0)
            }
            let running = await serverPort.value
            try await test(
                Stage(
                    identity: identity,
                    port: running,
                    release: release,
                    clock: clock,
                    transfer: transfer,
                    front: server.front,
                    service: service,
                    end: end
                )
            )
            group.cancelAll()
        }
        await transfer.shutdown()
    }
}

extension Stage {
    private static func config(_ port: Int) -> String {
        """
        title: Test Site
        url: http://127.0.0.1:\(port)
        theme: lantern
        auth:
          oauth: [github]
          cache: 30s
        server: { host: 127.0.0.1, port: \(port) }
        """
    }

    /// A port that is free now.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 ? getsockname(descriptor, address, &length) : -1
            }
        }
        guard result == 0 else { throw CocoaError(.fileNoSuchFile) }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

/// A number that is known later.
final class Port: Sendable {
    private let (stream, continuation) = AsyncStream<Int>.makeStream()

    func set(_ port: Int) {
        continuation.yield(port)
        continuation.finish()
    }

    var value: Int {
        get async {
            for await port in stream { return port }
            return 0
        }
    }
}

/// A clock that only moves when a test moves it.
final class TestClock: Sendable {
    private let moment = Mutex(Date())

    var now: Date { moment.withLock { $0 } }

    func advance(_ seconds: TimeInterval) { moment.withLock { $0 += seconds } }

    var identityClock: IdentityClock {
        IdentityClock { Moment(milliseconds: Int64(self.now.timeIntervalSince1970 * 1000)) }
    }
}

/// What a response would have sent.
private final class Collected: ResponseBodyWriter {
    private let bytes = Mutex<[UInt8]>([])

    var all: [UInt8] { bytes.withLock { $0 } }

    func write(_ buffer: ByteBuffer) async throws {
        bytes.withLock { $0.append(contentsOf: buffer.readableBytesView) }
    }

    func finish(_ trailers: HTTPFields?) async throws {}
}
