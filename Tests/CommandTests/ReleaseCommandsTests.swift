import Foundation
import Testing

/// `releases`, `rollback` and `diff`.
struct ReleaseCommandsTests {
    /// Two releases: in the second the private page is public, and a page is new.
    private func opened() async throws -> DemoSite {
        let site = try DemoSite()
        _ = try await Command.run(["build"], folder: site.folder)
        try site.write(
            "site.config",
            "title: The Test\nurl: http://127.0.0.1:8080\n"
        )
        try site.write("content/news.md", "---\ntitle: News\n---\n")
        _ = try await Command.run(["build"], folder: site.folder)
        return site
    }

    @Test
    func `releases are listed and gone back to`() async throws {
        let site = try await opened()
        defer { site.remove() }
        let list = try await Command.run(["releases"], folder: site.folder)
        let lines = list.output.split(separator: "\n").map(String.init)
        #expect(list.code == 0)
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix("*  ") && lines[0].hasSuffix(" UTC  3 public, 0 private pages"))
        #expect(lines[1].hasPrefix("   ") && lines[1].hasSuffix(" UTC  1 public, 1 private page"))

        let back = try await Command.run(["rollback"], folder: site.folder)
        #expect(back.code == 0)
        #expect(back.output.hasPrefix("Current is release "))
        #expect(try site.has("quokka", below: "private"))
        let json = try await Command.run(["releases", "--json"], folder: site.folder)
        let entries = try #require(
            JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
        )
        #expect(entries.map { $0["current"] as? Bool } == [false, true])
        #expect(entries.map { $0["privatePages"] as? Int } == [0, 1])

        let again = try await Command.run(["rollback"], folder: site.folder)
        #expect(again.code == 3)
        #expect(again.error.contains("has no release before"))
        let newest = lines[0].split(separator: " ").map(String.init)[1]
        let refused = try await Command.run(["rollback", newest], folder: site.folder)
        #expect(refused.code == 1)
        #expect(refused.error.contains("that release opens /members/"))
        #expect(try site.has("quokka", below: "private"))
        let forward = try await Command.run(["rollback", newest, "--open"], folder: site.folder)
        #expect(forward.code == 0)
        #expect(try site.has("quokka", below: "public"))
    }

    @Test
    func `what became more open is told, and fails when asked to`() async throws {
        let site = try await opened()
        defer { site.remove() }
        let told = try await Command.run(["diff"], folder: site.folder)
        #expect(told.code == 0)
        let lines = told.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(lines.contains("added /news/ public content/news.md"))
        #expect(lines.contains("more open /members/ private -> public content/members/index.md"))
        #expect(lines.last?.hasSuffix("1 page or file is more open") == true)
        let failing = try await Command.run(["diff", "--fail-on-exposure", "--json"], folder: site.folder)
        #expect(failing.code == 1)
        let report = try #require(
            JSONSerialization.jsonObject(with: Data(failing.output.utf8)) as? [String: [[String: String]]]
        )
        #expect(report["moreOpen"]?.map { $0["path"] } == ["/members/"])

        let ids = try FileManager.default.contentsOfDirectory(atPath: site.path + "/dist/releases").sorted()
        let reverse = try await Command.run(
            ["diff", ids[1], "dist/releases/\(ids[0])", "--fail-on-exposure"],
            folder: site.folder
        )
        #expect(reverse.code == 0)
        #expect(reverse.output.contains("removed"))
        #expect(reverse.output.hasSuffix("nothing is more open\n"))
    }

    @Test(arguments: [["rollback"], ["diff"], ["diff", "nothing", "nothing"], ["rollback", "nothing"]])
    func `without releases the way to one is told`(arguments: [String]) async throws {
        let site = try DemoSite()
        defer { site.remove() }
        let outcome = try await Command.run(arguments, folder: site.folder)
        #expect(outcome.code == 3)
        #expect(outcome.output.isEmpty)
        #expect(outcome.error.contains("run 'gatehouse build' first"))
    }

    @Test
    func `a site without releases has an empty list`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        let outcome = try await Command.run(["releases", "--json"], folder: site.folder)
        #expect(outcome.code == 0)
        #expect(outcome.output.filter { !$0.isWhitespace } == "[]")
    }
}
