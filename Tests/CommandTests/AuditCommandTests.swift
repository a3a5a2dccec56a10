import Foundation
import Testing

struct AuditCommandTests {
    private func site() async throws -> DemoSite {
        let site = try DemoSite()
        try site.write("content/members/rates.md", "---\ntitle: Quillwort Rates\n---\nElse nothing.\n")
        _ = try await Command.run(["build"], folder: site.folder)
        return site
    }

    /// Puts the title of a private page into the public front page, as no template could.
    private func leak(_ site: DemoSite) throws {
        let file = site.current.appending(path: "public/index.html")
        let text = try String(contentsOf: file, encoding: .utf8)
        try Data((text + "<li>Quillwort Rates</li>").utf8).write(to: file)
    }

    @Test
    func `a release as it was built is clean`() async throws {
        let site = try await site()
        defer { site.remove() }
        let outcome = try await Command.run(["audit"], folder: site.folder)
        #expect(outcome.code == 0)
        #expect(outcome.output.hasPrefix("Audited release 20"))
        #expect(outcome.error.isEmpty)
        let json = try await Command.run(["audit", "--json"], folder: site.folder)
        #expect(json.output.filter { !$0.isWhitespace } == #"{"diagnostics":[]}"#)
    }

    @Test
    func `a leak is told with both places, and ends with 1`() async throws {
        let site = try await site()
        defer { site.remove() }
        try leak(site)
        let outcome = try await Command.run(["audit"], folder: site.folder)
        #expect(outcome.code == 1)
        #expect(outcome.output.isEmpty)
        #expect(
            outcome.error.contains(
                "content/members/rates.md:2: error: the title of this private page stands in public/index.html: 'Quillwort Rates'"
            )
        )
        #expect(outcome.error.contains("public/index.html is not what was built"))
        let other = try await Command.run(
            ["audit", "--release", site.current.resolvingSymlinksInPath().path, "--json"],
            folder: site.folder
        )
        #expect(other.code == 1)
        #expect(other.output.contains("\"file\" : \"content/members/rates.md\""))
    }

    @Test
    func `a release alone, far from its sources, is audited as far as it can tell`() async throws {
        let site = try await site()
        defer { site.remove() }
        let far = site.folder.appending(path: "far")
        try FileManager.default.createDirectory(at: far, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: site.current.resolvingSymlinksInPath(),
            to: far.appending(path: "release")
        )
        let outcome = try await Command.run(["audit", "--release", "./release"], folder: far)
        #expect(outcome.code == 0)
        #expect(outcome.output.contains("as far as the release alone can tell"))
    }
}
