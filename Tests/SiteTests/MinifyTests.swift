import Foundation
import Gate
import Ground
import Minification
import Settings
import Testing

@testable import Site

/// Where `make peers` has put it.
private let program = ["/usr/bin/minify", "/usr/local/bin/minify"].first {
    FileManager.default.isExecutableFile(atPath: $0)
}

/// `build.minify`, in whole sites.
@Suite(.enabled(if: program != nil, "minify is not installed"))
struct MinifyTests {
    private static let config = """
        visibility: { rules: [ { path: /members/**, visibility: private } ] }
        markdown: { dialect: [gfm, markdoc] }
        build: { minify: true }

        """

    private static let files = [
        "themes/plain/layouts/page.mustache": """
        <!doctype html>
        <html lang="en">
        <head>
          <title>{{page.title}}</title>
          <link rel="stylesheet" href="{{asset.site.css}}">
        </head>
        <body>
          <!-- the text -->
          <main class="text">{{{content}}}</main>
        </body>
        </html>

        """,
        "themes/plain/partials/invitation.mustache": "<a href=\"{{sign_in}}\">join</a>\n",
        "themes/plain/assets/site.css":
            "/* all */\nbody {\n  background: url( \"paper.svg\" );\n  color: #ff0000;\n}\n",
        "themes/plain/assets/paper.svg": "<svg/>",
        "themes/plain/assets/site.js": "// a remark\nlet first = 1;\nconsole.log( first );\n",
        "content/a.md":
            "---\ntitle: A\n---\nOne *two*.\n\n```text\n  kept\n\n   so\n```\n\n"
            + "{% members %}\nThe quokka's \"den\" is hidden below the seventh step.\n{% /members %}\n",
        "content/members/b.md":
            "---\ntitle: B\n---\nOur wombat's \"burrow\" lies behind the third hedge & the shed.\n",
    ]

    private static func options(_ jobs: Int = 2, usesCache: Bool = true) -> BuildOptions {
        var options = BuildOptions(jobs: jobs, now: 1_764_000_000)
        options.minifier = Minifier(program: program)
        options.fingerprints = true
        options.compresses = true
        options.usesCache = usesCache
        return options
    }

    private static func site(_ files: [String: String] = [:], config: String = config) throws -> FixtureSite {
        try FixtureSite(writing: Self.files.merging(files) { $1 }, config: config)
    }

    private static func table(_ site: FixtureSite) throws -> GateTable {
        try GateTable(json: Data(contentsOf: URL(filePath: "\(site.output)/current/gate.json")))
    }

    @Test func `public pages, private ones and renderings for some are shorter, and say the same`()
        async throws
    {
        let site = try Self.site()
        defer { site.remove() }
        try await site.build(Self.options())
        for (file, words) in [
            ("public/a/index.html", "<p>One <em>two</em>.</p>"),
            ("private/.readers/1/a/index.html", "The quokka's \"den\" is hidden below the seventh step."),
            (
                "private/members/b/index.html",
                "Our wombat's \"burrow\" lies behind the third hedge & the shed."
            ),
        ] {
            let page = try #require(site.text(file))
            #expect(page.hasPrefix("<!doctype html><html lang=en>") && page.contains("<main class=text>"))
            #expect(page.contains(words) && !page.contains("the text -->"), "\(page)")
        }
        #expect(site.text("public/a/index.html")?.contains(">  kept\n\n   so\n</code></pre>") == true)
        #expect(site.text("public/a/index.html")?.contains("quokka") == false)
        #expect(try site.files().keys.allSatisfy { !$0.contains(".minify") })
    }

    @Test func `the gate table tells the bytes that are served`() async throws {
        let site = try Self.site()
        defer { site.remove() }
        try await site.build(Self.options())
        let files = try site.files()
        let readings = try Self.table(site).readings
        #expect(readings.contains { $0.file.hasPrefix(".readers/1/") })
        for route in readings where route.kind != .redirect {
            let bytes = try #require(files["\(route.visibility.rawValue)/\(route.file)"])
            #expect(bytes.count == route.length && FileDigest(of: Array(bytes)).hex == route.digest)
        }
    }

    @Test func `the theme's files are named by what is served of them`() async throws {
        let site = try Self.site()
        defer { site.remove() }
        try await site.build(Self.options())
        let routes = try Self.table(site).routes.filter { $0.isFingerprinted == true }
        let paper = try #require(routes.first { $0.source.hasSuffix("paper.svg") }).path.text.dropFirst(8)
        let sheet = try #require(routes.first { $0.source.hasSuffix("site.css") })
        #expect(site.text("public/\(sheet.file)") == "body{background:url(\(paper));color:red}")
        #expect(sheet.path.text == "/assets/site.\(sheet.digest.prefix(16)).css")
        #expect(site.text("public/a/index.html")?.contains("href=\(sheet.path.text)") == true)
        let script = try #require(routes.first { $0.source.hasSuffix("site.js") })
        #expect(site.text("public/\(script.file)") == "let first=1;console.log(first)")
        #expect(site.text("public/assets/site.js") == "let first=1;console.log(first)")
    }

    @Test func `without fingerprints they are minified under their own names`() async throws {
        let config = Self.config.replacing("minify: true", with: "minify: true, fingerprint: false")
        let site = try Self.site(config: config)
        defer { site.remove() }
        try await site.build(Self.options())
        #expect(site.text("public/assets/site.css") == "body{background:url(paper.svg);color:red}")
    }

    @Test func `neither the number of jobs nor the cache changes a byte`() async throws {
        let pages = (0..<430).map { ("content/p\($0 / 3).\($0 % 3)/index.md", "Page *\($0)*.\n") }
        let site = try Self.site(Dictionary(pages) { first, _ in first })
        defer { site.remove() }
        try await site.build(Self.options(1))
        #expect(site.text("public/p100.2/index.html")?.contains("<p>Page <em>302</em>.</p>") == true)
        #expect(try await site.build(Self.options(5)).unchanged)
        #expect(try await site.build(Self.options(usesCache: false)).unchanged)
    }

    /// An entry is replaced by other bytes: their coming back shows that the cache was asked.
    @Test func `an unchanged page is taken from the cache, and what is not used leaves it`() async throws {
        let site = try Self.site()
        defer { site.remove() }
        try await site.build(Self.options())
        let folder = "\(site.output)/.cache/minified"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(try names.count == Self.table(site).readings.count { $0.kind == .page })
        let digest = try #require(try Self.table(site).routes.first { $0.path.text == "/a/" }).digest
        let entry = try #require(names.first { $0.hasSuffix(digest) })
        let planted = Array("planted".utf8)
        try FileManager.default.removeItem(atPath: "\(folder)/\(entry)")
        let name = "\(entry.dropLast(64))\(FileDigest(of: planted).hex)"
        try Data(planted).write(to: URL(filePath: "\(folder)/\(name)"))
        try await site.build(Self.options())
        #expect(site.text("public/a/index.html") == "planted")
        try site.write("Other words.", to: "content/a.md")
        try await site.build(Self.options())
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/\(name)"))
    }

    @Test(arguments: ["build: { minify: false }", "build: {}"])
    func `it is off unless site.config says so`(build: String) async throws {
        let site = try Self.site(config: Self.config.replacing("build: { minify: true }", with: build))
        defer { site.remove() }
        try await site.build(Self.options())
        #expect(site.text("public/a/index.html")?.contains("<!-- the text -->") == true)
        #expect(site.text("public/assets/site.js")?.contains("a remark") == true)
    }

    @Test func `a script of the theme with a mistake is an error at its place, and changes nothing`()
        async throws
    {
        let site = try Self.site()
        defer { site.remove() }
        try await site.build(Self.options())
        let current = site.current
        try site.write("let a = 1;\n\nlet b = ;\n", to: "themes/plain/assets/site.js")
        let problems = try await site.problems(Self.options())
        #expect(
            problems == """
                themes/plain/assets/site.js:3:9: error: this file cannot be minified: unexpected ; in expression
                    correct it, or set build.minify to false in site.config
                """
        )
        #expect(site.current == current)
        let left = try FileManager.default.contentsOfDirectory(atPath: "\(site.output)/releases")
        #expect(left.count == 1)
    }

    @Test func `a page that cannot be minified is an error of its file`() async throws {
        let layout = "{{{content}}}\n{{#params.broken}}<script>let a = ;</script>{{/params.broken}}"
        let site = try Self.site([
            "themes/plain/layouts/page.mustache": layout,
            "content/c.md": "---\nparams: { broken: true }\n---\nText.\n",
        ])
        defer { site.remove() }
        let problems = try await site.problems(Self.options())
        #expect(
            problems == """
                content/c.md: error: the page cannot be minified: unexpected ; in expression (line 3 of its HTML)
                    correct it, or set build.minify to false in site.config
                """
        )
    }

    @Test func `a program that is missing is an error that says what to do`() async throws {
        let site = try Self.site()
        defer { site.remove() }
        var options = Self.options()
        options.minifier = Minifier(program: nil)
        #expect(
            try await site.problems(options) == """
                site.config: error: build.minify: the program 'minify' is not in PATH
                    install minify (on Debian: apt-get install minify), or set build.minify to false
                """
        )
        #expect(site.current == nil)
    }

    @Test func `the search for leaks reads minified pages`() async throws {
        let site = try Self.site()
        defer { site.remove() }
        var options = Self.options()
        options.compresses = false
        options.onLeakSearch = { folder in
            let page = try Data(contentsOf: URL(filePath: "\(folder)/private/members/b/index.html"))
            try page.write(to: URL(filePath: "\(folder)/public/a/index.html"))
        }
        let problems = try await site.problems(options)
        #expect(problems.contains("content/members/b.md") && problems.contains("error: "), "\(problems)")
    }

    @Test func `a build that minifies is never revised`() async throws {
        let site = try Self.site(["content/c.md": "Words."])
        defer { site.remove() }
        var options = Self.options()
        options.compresses = false
        let memory = BuildMemory()
        options.memory = memory
        try await site.build(options)
        try site.write("Other words.", to: "content/c.md")
        memory.note(["content/c.md"])
        let settings = try Settings.load(folder: site.source, environment: [:])
        let build = Build(source: site.source, output: site.output, settings: settings, options: options)
        #expect(try await build.revise(memory) == nil)
    }
}
