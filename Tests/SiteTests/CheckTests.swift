import Foundation
import Ground
import Settings
import Testing

@testable import Site

struct CheckTests {
    private func check(_ site: FixtureSite, _ options: BuildOptions = BuildOptions()) async throws
        -> CheckReport
    {
        let settings = try Settings.load(folder: site.source, environment: [:])
        return try await Build(source: site.source, output: site.output, settings: settings, options: options)
            .check()
    }

    @Test(arguments: MistakeTests.sites)
    func `a check tells what a build tells`(name: String) async throws {
        let site = FixtureSite(name)
        defer { site.remove() }
        let problems = try #require(await #expect(throws: Diagnostics.self) { try await check(site) })
        let built = try #require(await #expect(throws: Diagnostics.self) { try await site.build() })
        #expect(problems.all == built.all)
    }

    @Test func `a good site is counted, and nothing is written where it is`() async throws {
        let site = FixtureSite("club")
        defer { site.remove() }
        let report = try await check(site)
        #expect(report.publicPages > 0 && report.privatePages > 0 && report.assets > 0)
        #expect(!FileManager.default.fileExists(atPath: site.output))
    }

    @Test func `a leak is told`() async throws {
        let site = FixtureSite("club")
        defer { site.remove() }
        var options = BuildOptions()
        options.onLeakSearch = { folder in
            try "Quillwort".write(toFile: folder + "/public/x.txt", atomically: true, encoding: .utf8)
            let words = try String(
                contentsOfFile: FixtureSite.folder + "/club/private-words.txt",
                encoding: .utf8
            )
            try words.write(toFile: folder + "/public/x.txt", atomically: true, encoding: .utf8)
        }
        await #expect(throws: Diagnostics.self) { try await check(site, options) }
    }

    @Test func `links to other sites are collected with their places`() async throws {
        let site = try FixtureSite(writing: [
            "content/index.md":
                "---\ntitle: A\n---\n[a](https://a.example/x#y) and <mailto:b@c.example>\n\n![i](//i.example/p.png) [h](index.md)\n"
        ])
        defer { site.remove() }
        let links = try await check(site).external
        #expect(links.map(\.url) == ["https://a.example/x#y", "https://i.example/p.png"])
        #expect(links.map(\.place.description) == ["content/index.md:4:1", "content/index.md:6:1"])
    }
}
