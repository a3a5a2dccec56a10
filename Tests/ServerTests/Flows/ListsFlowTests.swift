import Foundation
import Gate
import Ground
import HTTPTypes
import Settings
import Site
import Testing

@testable import Server

/// A whole site that lists everything in every way, built and served.
struct ListsFlowTests {
    private static let site = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Fixtures/Sites/gazette").standardized.path

    private static func words() throws -> [String] {
        try String(contentsOfFile: "\(site)/private-words.txt", encoding: .utf8).split(separator: "\n")
            .map(String.init)
    }

    /// Builds the site, and gives the output folder and every path of its table.
    private static func built() async throws -> (output: String, routes: [Route]) {
        let output =
            FileManager.default.temporaryDirectory.appendingPathComponent("gatehouse-\(UUID().uuidString)")
            .path
        let settings = try Settings.load(folder: site, environment: [:])
        let options = BuildOptions(now: 1_764_000_000)
        _ = try await Build(source: site, output: output, settings: settings, options: options).run()
        let json = try Data(contentsOf: URL(fileURLWithPath: "\(output)/current/gate.json"))
        return (output, try GateTable(json: json).routes)
    }

    @Test func `no answer to a guest holds a private word that was not in the question`() async throws {
        let (output, routes) = try await Self.built()
        defer { try? FileManager.default.removeItem(atPath: output) }
        let words = try Self.words()
        try await Stage.run(
            adapt: { $0.output = output },
            site: { $0.guests.unidentifiedLimit = .init(100_000, perSeconds: 1) }
        ) { stage in
            let browser = stage.browser()
            for route in routes {
                let path = route.path.encoded
                for fields: HTTPFields in [[.accept: "text/html"], [.accept: "application/json"]] {
                    let page = try await browser.send(.get, path, fields)
                    let told = page.text + page.fields.map { "\($0.name): \($0.value)\n" }.joined()
                    for word in words where !path.contains(word) {
                        #expect(!told.contains(word), "\(path) says \(word)")
                    }
                    let isOpen = page.status == 200 || page.status == 308
                    #expect(isOpen == (route.visibility == .public), "\(path): \(page.status)")
                }
            }
        }
    }

    @Test func `pages of a site with a search may run the site's own files, and nothing else may`()
        async throws
    {
        let (output, routes) = try await Self.built()
        defer { try? FileManager.default.removeItem(atPath: output) }
        let scripts = "connect-src 'self'"
        try await Stage.run(adapt: { $0.output = output }) { stage in
            let browser = stage.browser()
            let page = try await browser.visit("/")
            #expect(page.fields[.contentSecurityPolicy] == SecurityHeaders.policy + "; " + scripts)
            let tag = try #require(page.fields[.eTag])
            let again = try await browser.send(.get, "/", [.ifNoneMatch: tag, .accept: "text/html"])
            #expect(again.status == 304 && again.fields[.contentSecurityPolicy]?.hasSuffix(scripts) == true)
            for path in ["/login", "/signup", "/nowhere/", "/assets/plain.css", "/_search/en.json"] {
                let other = try await browser.visit(path)
                #expect(other.fields[.contentSecurityPolicy] == SecurityHeaders.policy, "\(path)")
            }
            let indexes = routes.filter { $0.path.text.hasPrefix(GateTable.searchRoot) }
            #expect(Set(indexes.map(\.visibility)) == [.public, .private])
            for route in indexes {
                let answer = try await browser.send(.get, route.path.encoded, [:])
                #expect(answer.status == (route.visibility == .public ? 200 : 401), "\(route.path)")
                let isKept = answer.fields[.cacheControl]?.contains("immutable") == true
                #expect(isKept == (route.visibility == .public && route.isFingerprinted == true))
            }
        }
    }
}
