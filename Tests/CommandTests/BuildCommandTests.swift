import Foundation
import Testing

struct BuildCommandTests {
    @Test
    func `a good site becomes a release`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        let outcome = try await Command.run(["build"], folder: site.folder)
        #expect(outcome.code == 0)
        #expect(outcome.error.isEmpty)
        #expect(outcome.output.hasPrefix("Built 1 public and 1 private page,"))
        #expect(try site.has("wombat", below: "public"))
        #expect(try site.has("quokka", below: "private"))
        #expect(try !site.has("quokka", below: "public"))
        #expect(try !site.has("numbat", below: ""))
        let again = try await Command.run(["build", "--source", site.path])
        #expect(again.output.contains("nothing changed since release"))
    }

    @Test
    func `output and drafts are as asked`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        let output = site.folder.appending(path: "elsewhere").path
        let outcome = try await Command.run([
            "build", "--source", site.path, "--output", output, "--drafts", "--jobs", "1",
        ])
        #expect(outcome.output.hasPrefix("Built 2 public and 1 private page,"))
        #expect(FileManager.default.fileExists(atPath: output + "/current/gate.json"))
        #expect(!FileManager.default.fileExists(atPath: site.path + "/dist"))
    }

    @Test
    func `mistakes are told as a compiler does and change nothing`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        _ = try await Command.run(["build"], folder: site.folder)
        let before = site.current.resolvingSymlinksInPath()
        try site.write("content/a.md", "---\ntitel: A\n---\n")
        try site.write("content/b.md", "---\ntitle: B\nvisibility: members\n---\n")
        let outcome = try await Command.run(["build"], folder: site.folder)
        #expect(outcome.code == 1)
        #expect(outcome.output.isEmpty)
        #expect(
            outcome.error.hasPrefix(
                "content/a.md:2:1: error: unknown key 'titel'\n    did you mean 'title'?\ncontent/b.md:3:13: error: "
            )
        )
        #expect(outcome.error.hasSuffix("\n2 errors\n"))
        #expect(site.current.resolvingSymlinksInPath() == before)
    }

    @Test
    func `json is all that stands on standard output`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        let good = try await Command.run(["build", "--json"], folder: site.folder)
        let report = try #require(
            JSONSerialization.jsonObject(with: Data(good.output.utf8)) as? [String: Any]
        )
        #expect(good.code == 0)
        #expect(report["publicPages"] as? Int == 1)
        #expect(report["privatePages"] as? Int == 1)
        #expect(good.error.isEmpty)

        try site.write("content/a.md", "---\ntitel: A\n---\n")
        let bad = try await Command.run(["build", "--json"], folder: site.folder)
        let mistakes = try #require(
            JSONSerialization.jsonObject(with: Data(bad.output.utf8)) as? [String: [[String: Any]]]
        )
        #expect(bad.code == 1)
        #expect(mistakes["diagnostics"]?.map { $0["file"] as? String } == ["content/a.md"])
        #expect(mistakes["diagnostics"]?.first?["line"] as? Int == 2)
        #expect(bad.error.isEmpty)
    }

    @Test
    func `of very many mistakes people are shown a hundred, and programs all`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        let text =
            String(repeating: "<b>x</b>\n", count: 150) + String(repeating: "[x](gone.md)\n", count: 101)
        try site.write("content/a.md", text)
        let outcome = try await Command.run(["build"], folder: site.folder)
        #expect(outcome.error.components(separatedBy: ": warning: ").count == 101)
        #expect(outcome.error.components(separatedBy: ": error: ").count == 101)
        #expect(
            outcome.error.hasSuffix(
                "\nand 1 more error and 50 more warnings; with --json, build and check name all\n101 errors\n"
            ),
            "\(outcome.error.suffix(300))"
        )
        let json = try await Command.run(["build", "--json"], folder: site.folder)
        #expect(json.output.components(separatedBy: "\"problem\"").count == 252)
    }

    @Test
    func `an output folder that holds the site is the environment's fault`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        let outcome = try await Command.run(["build", "--source", site.path, "--output", site.path])
        #expect(outcome.code == 3)
        #expect(outcome.error.contains("holds the site itself"))
    }

    @Test
    func `a pipe gets no colour and no progress line`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        let good = try await Command.run(["build"], folder: site.folder)
        try site.write("content/a.md", "---\ntitel: A\n---\n")
        let bad = try await Command.run(["build"], folder: site.folder)
        for text in [good.output, bad.error] {
            #expect(!text.contains("\u{1b}"))
            #expect(!text.contains("\r"))
        }
    }

    @Test(arguments: [([:], true), (["NO_COLOR": ""], true), (["NO_COLOR": "1"], false)])
    func `a terminal gets colour unless it was switched off`(environment: [String: String], hasColour: Bool)
        async throws
    {
        let site = try DemoSite()
        defer { site.remove() }
        let text = try await Terminal.run(["build", "--source", site.path], environment: environment)
        #expect(text.contains("\u{1b}[1mBuilt\u{1b}[0m") == hasColour)
        #expect(text.contains("Built"))
    }
}
