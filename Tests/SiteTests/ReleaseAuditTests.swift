import Foundation
import Ground
import Settings
import Testing

@testable import Site

struct ReleaseAuditTests {
    private func site() async throws -> FixtureSite {
        let site = try FixtureSite(
            writing: [
                "content/index.md": "---\ntitle: Home\n---\nEveryone may know that the boat is red.\n",
                "content/members/rates.md":
                    "---\ntitle: Quillwort Rates\n---\nEach rower owes eleven thistle crowns by the first day.\n",
            ],
            config: "visibility: { rules: [{ path: /members/**, visibility: private }] }"
        )
        try await site.build()
        return site
    }

    private func findings(_ site: FixtureSite, withSources: Bool = true) async throws -> [String] {
        let settings = try Settings.load(folder: site.source, environment: [:])
        let build = Build(source: site.source, output: site.output, settings: settings)
        let audit = ReleaseAudit(release: site.output + "/current", sources: withSources ? build : nil)
        return try await audit.run().findings.map(\.description)
    }

    private func change(_ site: FixtureSite, _ file: String, _ change: (String) -> String) throws {
        let text = try #require(site.text(file))
        try change(text).write(
            toFile: "\(site.output)/current/\(file)",
            atomically: true,
            encoding: .utf8
        )
    }

    @Test(arguments: [true, false])
    func `a release as it was built has no findings`(withSources: Bool) async throws {
        let site = try await site()
        defer { site.remove() }
        #expect(try await findings(site, withSources: withSources) == [])
        let manual = FixtureSite("club")
        defer { manual.remove() }
        try await manual.build()
        #expect(try await findings(manual, withSources: withSources) == [])
    }

    @Test func `a file that was changed, added or removed is found`() async throws {
        let site = try await site()
        defer { site.remove() }
        try change(site, "public/index.html") { $0 + " " }
        try "x".write(toFile: site.output + "/current/public/x.txt", atomically: true, encoding: .utf8)
        try FileManager.default.removeItem(atPath: site.output + "/current/private/members/rates/index.html")
        let found = try await findings(site, withSources: false).joined(separator: "\n")
        #expect(found.contains("gate.json: error: public/index.html is not what was built"))
        #expect(found.contains("public/x.txt belongs to no public route"))
        #expect(found.contains("private/members/rates/index.html is missing"))
    }

    @Test func `private words in a public file are an error with the sources, and a warning without`()
        async throws
    {
        let site = try await site()
        defer { site.remove() }
        try change(site, "public/index.html") {
            $0 + "Each rower owes eleven thistle crowns. Quillwort Rates"
        }
        let found = try await findings(site)
        #expect(
            found.contains {
                $0.hasPrefix("content/members/rates.md:2: error: the title of this private page")
            }
        )
        #expect(
            found.contains { $0.hasPrefix("content/members/rates.md:4: error: words of this private page") }
        )
        let warned = try await findings(site, withSources: false)
        #expect(
            warned.contains {
                $0.hasPrefix("content/members/rates.md: warning: words of this private page")
            }
        )
    }

    @Test func `words that left the source since the build are still looked for`() async throws {
        let site = try await site()
        defer { site.remove() }
        try site.write("---\ntitle: Quillwort Rates\n---\nNothing.\n", to: "content/members/rates.md")
        try change(site, "public/index.html") { $0 + "Each rower owes eleven thistle crowns" }
        #expect(
            try await findings(site).contains {
                $0.contains("words of this private page stand in public/index.html")
            }
        )
    }

    @Test func `a page that is private now and public in the release is told of`() async throws {
        let site = try await site()
        defer { site.remove() }
        try site.write(
            "---\nvisibility: private\n---\nEveryone may know that the boat is red.\n",
            to: "content/index.md"
        )
        #expect(
            try await findings(site).contains {
                $0.hasPrefix(
                    "content/index.md: warning: / is public in this release, and private by content/index.md:2:1 now"
                )
            }
        )
    }
}
