import Foundation
import Gate
import Ground
import Settings
import Testing

@testable import Site

struct OpenAddressTests {
    private static func model(_ files: [String: String]) async throws -> SiteModel {
        let site = try FixtureSite(writing: files)
        defer { site.remove() }
        let settings = try Settings.load(folder: site.source, environment: [:])
        let build = Build(source: site.source, output: site.output, settings: settings)
        let scan = try build.scan()
        let (sources, theme, tags) = try await build.read(scan) { _ in }
        return try await build.decide(sources, scan.assets, theme, tags).model
    }

    @Test func `it holds the pages for everyone whose addresses need no change, and nothing else`()
        async throws
    {
        var files = [
            "content/index.md": "# Home", "content/club/index.md": "# Club",
            "content/club/größe.md": "# Size",
            "content/members.md": "---\nvisibility: private\n---\n# Members", "content/club/plan.txt": "x",
        ]
        for number in 0..<500 { files["content/posts/\(number).md"] = "# \(number)" }
        let model = try await Self.model(files)
        #expect(model.openAddresses.contains("/") && model.openAddresses.contains("/club/"))
        for number in 0..<500 { #expect(model.openAddresses.contains("/posts/\(number)/")) }
        for address in [
            "/members/", "/club/größe/", "/club/gr%C3%B6%C3%9Fe/", "/club", "/club/#top", "/club/?x",
            "/club/plan.txt",
            "/posts/500/", "", "club/", "//",
        ] {
            #expect(!model.openAddresses.contains(address), "\(address)")
        }
    }
}
