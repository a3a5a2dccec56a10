import Foundation
import Testing

struct NewCommandTests {
    /// A new site in a temporary folder, and what was said of it.
    private func made(_ name: String = "my-site") async throws -> (URL, Command.Outcome) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "gatehouse-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let outcome = try await Command.run(["new", name], folder: folder)
        return (folder.appending(path: name), outcome)
    }

    private func remove(_ site: URL) {
        // What stays behind lies in the temporary folder.
        try? FileManager.default.removeItem(at: site.deletingLastPathComponent())
    }

    private func text(_ file: String, in site: URL) throws -> String {
        try String(contentsOf: site.appending(path: file), encoding: .utf8)
    }

    @Test
    func `a new site builds without a word, and its audit is clean`() async throws {
        let (site, outcome) = try await made()
        defer { remove(site) }
        #expect(outcome.code == 0)
        #expect(outcome.output.hasPrefix("Made my-site: "))
        #expect(outcome.output.hasSuffix("  cd my-site\n  gatehouse dev\n"))
        let build = try await Command.run(["build", "--strict"], folder: site)
        #expect(build.code == 0)
        #expect(build.output.hasPrefix("Built 1 public and 1 private page,"))
        #expect(build.error.isEmpty)
        let audit = try await Command.run(["audit", "--strict"], folder: site)
        #expect(audit.code == 0)
        #expect(try text("site.config", in: site).contains("title: \"My site\"\n"))
    }

    @Test
    func `a new site serves at once, with its gate shut`() async throws {
        let (site, _) = try await made()
        defer { remove(site) }
        let port = try Loopback.freePort()
        let command = Command(["dev", "--port", "\(port)"], folder: site)
        try command.process.run()
        _ = try await command.output.upTo("Ctrl-C ends.")
        let home = try await Loopback.get("/", port: port)
        let members = try await Loopback.get("/members/", port: port)
        _ = try await command.end(by: SIGINT)
        #expect(home.hasPrefix("HTTP/1.1 200"))
        #expect(home.contains("This page is for everyone."))
        #expect(members.hasPrefix("HTTP/1.1 303"))
        #expect(!members.contains("Only members read this"))
    }

    @Test
    func `a new page is not written through a link`() async throws {
        let (site, _) = try await made()
        defer { remove(site) }
        let elsewhere = site.deletingLastPathComponent().appending(path: "elsewhere")
        try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: site.appending(path: "content/news"),
            withDestinationURL: elsewhere
        )
        for page in ["news/hello", "news/deeper/hello"] {
            let outcome = try await Command.run(["new", "page", page], folder: site)
            #expect(outcome.code == 3, "\(outcome.output)")
            #expect(outcome.error.contains("content/news is a symbolic link"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere.path).isEmpty)
    }

    @Test(arguments: ["a \"b\" \\ c", "tür: 'x' # y", "_ _", "{{title}}"])
    func `whatever a folder is called, its site builds`(name: String) async throws {
        let (site, outcome) = try await made(name)
        defer { remove(site) }
        #expect(outcome.code == 0, "\(outcome.error)")
        let build = try await Command.run(["build"], folder: site)
        #expect(build.code == 0, "\(build.error)")
    }

    @Test
    func `a folder with something in it is left alone`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        let before = try Data(contentsOf: site.folder.appending(path: "site.config"))
        let outcome = try await Command.run(["new", site.path])
        #expect(outcome.code == 3)
        #expect(outcome.error.contains("is not empty"))
        #expect(try Data(contentsOf: site.folder.appending(path: "site.config")) == before)
    }

    @Test
    func `the theme that the program carries is lantern, byte for byte`() async throws {
        let (site, _) = try await made()
        defer { remove(site) }
        let lantern = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../themes/lantern"
        ).standardized
        let theme = try await Command.run(["new", "theme", "own"], folder: site)
        #expect(theme.code == 0)
        for copy in ["themes/lantern", "themes/own"] {
            let (ours, theirs) = (try files(lantern), try files(site.appending(path: copy)))
            #expect(ours.keys.sorted() == theirs.keys.sorted())
            for (name, bytes) in ours { #expect(theirs[name] == bytes, "\(name) differs") }
        }
        let again = try await Command.run(["new", "theme", "own"], folder: site)
        #expect(again.code == 3)
        #expect(again.error.contains("is there already"))
    }

    private func files(_ folder: URL) throws -> [String: Data] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).reduce(into: [:]) { files, name in
            var isFolder: ObjCBool = false
            let path = folder.appending(path: name).path
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue
            else { return }
            files[name] = FileManager.default.contents(atPath: path)
        }
    }

    @Test(arguments: ["news/hello", "/news/hello/", "content/news/hello.md", "./news/hello.md"])
    func `a page is made where its name says, and never overwritten`(name: String) async throws {
        let site = try DemoSite()
        defer { site.remove() }
        let outcome = try await Command.run(["new", "page", name], folder: site.folder)
        #expect(outcome.code == 0)
        #expect(
            outcome.output
                == "Made content/news/hello.md: /news/hello/, public by site.config:4:3\n    it is a draft: 'gatehouse dev' shows it, and a build leaves it out until 'draft: true' is gone\n"
        )
        let text = try text("content/news/hello.md", in: site.folder)
        #expect(text.hasPrefix("---\ntitle: \"Hello\"\ndate: 20"))
        #expect(text.contains("draft: true\n---\n"))
        try site.write("content/news/hello.md", "mine")
        for again in [name, "news/hello/index"] {
            let second = try await Command.run(["new", "page", again], folder: site.folder)
            #expect(second.code == 3)
            #expect(second.error.contains("content/news/hello.md is there already"))
        }
        #expect(try self.text("content/news/hello.md", in: site.folder) == "mine")
    }

    @Test
    func `a page begins as its section's archetype says`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        try site.write(
            "archetypes/members.md",
            "---\ntitle: {{ title }}\nallow: { labels: [pro] }\nvisibility: private\n---\n# {{title}}\n"
        )
        try site.write("archetypes/default.md", "---\ntitle: {{title}}\n---\nBegun on {{date}}.\n")
        let member = try await Command.run(["new", "page", "members/summer-party"], folder: site.folder)
        #expect(
            member.output.hasSuffix(
                ": /members/summer-party/, private, label pro by archetypes/members.md:4:1\n"
            )
        )
        #expect(
            try text("content/members/summer-party.md", in: site.folder)
                == "---\ntitle: \"Summer party\"\nallow: { labels: [pro] }\nvisibility: private\n---\n# Summer party\n"
        )
        _ = try await Command.run(["new", "page", "contact"], folder: site.folder)
        #expect(try text("content/contact.md", in: site.folder).contains("Begun on 20"))
        let build = try await Command.run(["build"], folder: site.folder)
        #expect(build.code == 0)
    }

    static let archetypes: [(archetype: String, page: String)] = [
        (
            "+++\ntitle = {{title}}\ndate = {{date}}\n+++\n# {{title}}\n",
            "+++\ntitle = \"A \\\"b\\\" 'c'\"\ndate = DATE\n+++\n# A \"b\" 'c'\n"
        ),
        (
            "+++\ntitle = \"{{title}}\"\ndate = '{{date}}'\n+++\n",
            "+++\ntitle = \"A \\\"b\\\" 'c'\"\ndate = \"DATE\"\n+++\n"
        ),
        ("+++\ntitle = \"On {{ title }}\"\n+++\n", "+++\ntitle = \"On A \\\"b\\\" 'c'\"\n+++\n"),
        (
            "{\n  \"title\": {{title}}, \"date\": {{date}}\n}\n",
            "{\n  \"title\": \"A \\\"b\\\" 'c'\", \"date\": \"DATE\"\n}\n"
        ),
        ("{\n  \"title\": \"{{title}}\"\n}\n", "{\n  \"title\": \"A \\\"b\\\" 'c'\"\n}\n"),
        ("---\ntitle: '{{title}}'\n---\n", "---\ntitle: \"A \\\"b\\\" 'c'\"\n---\n"),
        ("---\ntitle: 'On {{title}}'\n---\n", "---\ntitle: 'On A \"b\" ''c'''\n---\n"),
        (
            "---\r\ntitle: {{title}}\r\n---\r\nT {{title}}\r\n",
            "---\r\ntitle: \"A \\\"b\\\" 'c'\"\r\n---\r\nT A \"b\" 'c'\r\n"
        ),
        ("---\nseries: [{{title}}]\n---\n", "---\nseries: [\"A \\\"b\\\" 'c'\"]\n---\n"),
        (
            "+++\ndate = '{{ .Date }}'\ntitle = '{{ replace .File.ContentBaseName \"-\" \" \" | title }}'\n+++\n",
            "+++\ndate = \"DATE\"\ntitle = \"A \\\"b\\\" 'c'\"\n+++\n"
        ),
    ]

    @Test(arguments: archetypes)
    func `an archetype may be in YAML, TOML or JSON, and be one of Hugo's`(
        archetype: String,
        page: String
    ) async throws {
        let site = try DemoSite(configuration: "taxonomies: [series]\n")
        defer { site.remove() }
        try site.write("archetypes/default.md", archetype)
        let made = try await Command.run(["new", "page", "a-\"b\"-'c'"], folder: site.folder)
        #expect(made.code == 0, "\(made.error)")
        let text = try text("content/a-\"b\"-'c'.md", in: site.folder)
        #expect(text.replacing(/20[0-9]{2}-[0-9]{2}-[0-9]{2}/, with: "DATE") == page)
        let build = try await Command.run(["build", "--drafts"], folder: site.folder)
        #expect(build.code == 0, "\(build.error)")
    }

    @Test(arguments: [
        ("posts/_index", "posts/_index.md: /posts/,", "title: \"Posts\""),
        ("posts/deep/index.md", "posts/deep/index.md: /posts/deep/,", "title: \"Deep\""),
        ("404", "404.md: /404.html,", "title: \"404\""),
        ("news/hello", "news/hello.md: /n/hello/,", "title: \"Hello\""),
    ])
    func `a page is told where it will be`(name: String, told: String, title: String) async throws {
        let site = try DemoSite(configuration: "permalinks: { news: '/n/:slug/' }\n")
        defer { site.remove() }
        let outcome = try await Command.run(["new", "page", name], folder: site.folder)
        #expect(outcome.output.hasPrefix("Made content/" + told), "\(outcome.error)")
        let file = told.prefix { $0 != ":" }
        #expect(try text("content/\(file)", in: site.folder).contains(title))
    }

    @Test(arguments: [
        ("login", "error: nothing in content can be at /login/: the 'auth' section makes a route at /login"),
        ("assets/x", "error: nothing in content can be at /assets/x/: the theme's files are served below"),
        ("healthz", "error: nothing in content can be at /healthz/: it is kept for the server"),
        ("_partials/x", "'_partials/x' can be no page"), ("a/_partials/x", "'a/_partials/x' can be no page"),
        ("news/_index", "error: content/news.md is there already"),
        ("news/index", "error: content/news.md is there already"),
    ])
    func `a page that could never be built is not made`(name: String, problem: String) async throws {
        let site = try DemoSite()
        defer { site.remove() }
        try site.write("content/news.md", "News.\n")
        let outcome = try await Command.run(["new", "page", name], folder: site.folder)
        #expect(outcome.code != 0)
        #expect(outcome.error.contains(problem), "\(outcome.error)")
        #expect(!FileManager.default.fileExists(atPath: "\(site.path)/content/\(name).md"))
    }

    @Test
    func `a mistake in an archetype is told in the archetype, and nothing is written`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        try site.write("archetypes/default.md", "---\ntitel: {{title}}\n---\n")
        let key = try await Command.run(["new", "page", "a"], folder: site.folder)
        #expect(key.code == 1)
        #expect(key.error.hasPrefix("archetypes/default.md:2:1: error: unknown key 'titel'"))
        try site.write("archetypes/default.md", "---\ntitle: {{titel}}\n---\n")
        let value = try await Command.run(["new", "page", "a"], folder: site.folder)
        #expect(value.code == 1)
        #expect(value.error.contains("did you mean 'title'?"))
        #expect(!FileManager.default.fileExists(atPath: site.path + "/content/a.md"))
    }

    @Test(arguments: ["", "/", "../x", "a/../../x", ".hidden/x", "a%b", "content/"])
    func `what can be no page is wrong usage`(name: String) async throws {
        let site = try DemoSite()
        defer { site.remove() }
        let outcome = try await Command.run(["new", "page", name], folder: site.folder)
        #expect(outcome.code == 2)
        #expect(outcome.error.contains("can be no page"))
    }
}
