import DevIdentity
import Foundation
import GatehouseKit
import Ground
import HTTPTypes
import Logging
import Settings
import Site
import Testing
import Transfer

@Suite(.timeLimit(.minutes(1))) struct GatehouseTests {
    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// A site with Lantern that is built, and what its `site.config` names in the environment.
    private func site(_ folder: URL, identity port: Int) async throws -> [String: String] {
        let lantern = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../themes/lantern").standardized
        let manager = FileManager.default
        try manager.createDirectory(
            at: folder.appending(path: "themes"),
            withIntermediateDirectories: true
        )
        try manager.createDirectory(
            at: folder.appending(path: "content"),
            withIntermediateDirectories: true
        )
        try manager.copyItem(at: lantern, to: folder.appending(path: "themes/lantern"))
        let config = """
            title: The Test
            url: http://127.0.0.1:8080
            appwrite: { endpoint: '${APPWRITE_ENDPOINT}', project: gatehouse, key: '${APPWRITE_API_KEY}' }
            audit: { file: audit.log }
            """
        try Data(config.utf8).write(to: folder.appending(path: "site.config"))
        try Data("---\ntitle: Home\n---\nwombat\n".utf8).write(to: folder.appending(path: "content/index.md"))
        let environment = [
            "APPWRITE_ENDPOINT": "http://127.0.0.1:\(port)/v1", "APPWRITE_API_KEY": "standard_0123456789",
        ]
        let settings = try Settings.load(folder: folder.path, environment: environment)
        _ = try await Build(source: folder.path, output: folder.path + "/dist", settings: settings).run()
        return environment
    }

    @Test func `a server of one's own asks its hook, and tells it`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kit-\(UUID().uuidString)")
        defer {
            // What stays behind lies in the temporary folder.
            try? FileManager.default.removeItem(at: folder)
        }
        let (identities, identityPort) = AsyncStream<Int>.makeStream()
        let key = IdentityKey(secret: Secret("standard_0123456789"), scopes: IdentityKey.everyday)
        let identity = IdentityService(
            configuration: IdentityConfiguration(keys: [key]),
            logger: Self.quiet,
            onRunning: { identityPort.yield($0) }
        )
        let hook = OnlyOurs()
        let (ports, port) = AsyncStream<Int>.makeStream()
        let transfer = try TransferClient()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await identity.run() }
            let identityPort = try #require(await identities.first { _ in true })
            let environment = try await site(folder, identity: identityPort)
            // The port of site.config may be taken on this machine.
            let config = folder.appending(path: "site.config")
            let text = try String(contentsOf: config, encoding: .utf8)
            try Data((text + "\nserver: { port: \(Int.random(in: 20_000...60_000)) }\n").utf8).write(
                to: config
            )
            let server = try Gatehouse(
                site: folder.path,
                environment: environment,
                hooks: [hook],
                logger: Self.quiet,
                onRunning: { port.yield($0) }
            )
            group.addTask { try await server.run() }
            let running = try #require(await ports.first { _ in true })
            let answer = try await transfer.send(
                HTTPRequest(
                    method: .post,
                    scheme: "http",
                    authority: "127.0.0.1:\(running)",
                    path: "/login",
                    headerFields: [.contentType: "application/json"]
                ),
                body: Array(#"{"email":"member@example.com","password":"open-the-gate"}"#.utf8)
            )
            #expect(answer.head.status == .forbidden)
            #expect(String(decoding: answer.body, as: UTF8.self).contains("Only from the office."))
            while !hook.kinds.contains(.refused) { try await Task.sleep(for: .milliseconds(5)) }
            let log = try String(contentsOf: folder.appending(path: "audit.log"), encoding: .utf8)
            #expect(log.contains(#""reason":"not_allowed""#))
            group.cancelAll()
        }
        await transfer.shutdown()
    }

    @Test func `a site that cannot be read is an error with a place`() {
        #expect(throws: Diagnostics.self) {
            try Gatehouse(site: "/nowhere", environment: [:], logger: Self.quiet)
        }
    }
}
