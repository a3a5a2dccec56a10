import Foundation
import Gate
import Ground
import Testing

@testable import Site

/// Names that change with the bytes, and private names that nobody can guess.
struct FingerprintTests {
    private static let files = [
        "themes/plain/layouts/page.mustache":
            "<link href=\"{{asset.site.css}}\"><i class=\"{{asset.icons.a.svg}}\">{{{content}}}",
        "themes/plain/assets/site.css":
            "@import 'print.css'; a{b:url(fonts/x.woff2?v=1#f) url(/assets/icons/a.svg)}",
        "themes/plain/assets/print.css":
            "a{b:url(\"../assets/fonts/x.woff2\") url(https://a.example/assets/b)}",
        "themes/plain/assets/fonts/x.woff2": "font",
        "themes/plain/assets/icons/a.svg": "<svg/>",
        "content/a.md": "![plan](a/plan.avif) [plan](a/plan.avif) ![icon](/assets/icons/a.svg)",
        "content/a/plan.avif": "public plan",
        "content/a/other.avif": "not shown",
        "content/b.md": "---\nvisibility: private\n---\n![secret](b/secret.avif) [list](b/list.pdf)",
        "content/b/secret.avif": "Periwinkle",
        "content/b/list.pdf": "Larkspur",
    ]

    private static func options() -> BuildOptions {
        var options = BuildOptions(jobs: 2, now: 1_764_000_000)
        options.fingerprints = true
        return options
    }

    private func table(_ site: FixtureSite) throws -> GateTable {
        try GateTable(json: Data(contentsOf: URL(filePath: "\(site.output)/current/gate.json")))
    }

    /// The fingerprinted routes, by the file that they were made of.
    private func fingerprinted(_ site: FixtureSite) throws -> [String: Route] {
        let routes = try table(site).routes.filter { $0.isFingerprinted == true }
        return Dictionary(routes.map { ($0.source, $0) }) { first, _ in first }
    }

    @Test func `pages that the build makes name the theme's files as any page does`() async throws {
        let more = [
            "content/n/_index.md": "", "content/n/one.md": "---\ntags: [t]\n---\n", "content/n/two.md": "",
        ]
        let config = "taxonomies: [tags]\npaginate: 1\n"
        let site = try FixtureSite(writing: Self.files.merging(more) { $1 }, config: config)
        defer { site.remove() }
        try await site.build(Self.options())
        let css = try #require(try fingerprinted(site)["themes/plain/assets/site.css"]).path.text
        for made in ["tags", "tags/t", "n/page/2"] {
            #expect(site.text("public/\(made)/index.html")?.contains("href=\"\(css)\"") == true, "\(made)")
        }
    }

    @Test func `the theme's files are named by their bytes, in templates and in style sheets`() async throws {
        let site = try FixtureSite(writing: Self.files)
        defer { site.remove() }
        try await site.build(Self.options())
        let routes = try fingerprinted(site)
        let name = { (file: String) throws in try #require(routes["themes/plain/assets/\(file)"]).path.text }
        let (css, print) = try (name("site.css"), name("print.css"))
        let (font, icon) = try (name("fonts/x.woff2"), name("icons/a.svg"))
        #expect(
            css.hasPrefix("/assets/site.") && css.hasSuffix(".css")
                && css.count == "/assets/site..css".count + 16
        )
        let page = try #require(site.text("public/a/index.html"))
        #expect(page.contains("href=\"\(css)\"") && page.contains("class=\"\(icon)\""))
        #expect(page.contains("src=\"\(icon)\""))
        let sheet = "@import '\(print.dropFirst(8))'; a{b:url(\(font.dropFirst(8))?v=1#f) url(\(icon))}"
        #expect(site.text("public\(css)") == sheet && site.text("public/assets/site.css") == sheet)
        #expect(
            site.text("public\(print)")
                == "a{b:url(\"..\(font)\") url(https://a.example/assets/b)}"
        )
    }

    @Test func `an image is shown by its new name, and a link leads to the name that stays`() async throws {
        let site = try FixtureSite(writing: Self.files)
        defer { site.remove() }
        try await site.build(Self.options())
        let image = try #require(try fingerprinted(site)["content/a/plan.avif"])
        let page = try #require(site.text("public/a/index.html"))
        #expect(page.contains("src=\"\(image.path.text)\"") && page.contains("href=\"/a/plan.avif\""))
        for path in [image.path.text, "/a/plan.avif"] { #expect(site.text("public\(path)") == "public plan") }
        #expect(try fingerprinted(site)["content/a/other.avif"] == nil)
        #expect(site.text("public/a/other.avif") == "not shown")
    }

    @Test func `other bytes have another name`() async throws {
        let site = try FixtureSite(writing: Self.files)
        defer { site.remove() }
        try await site.build(Self.options())
        let before = try fingerprinted(site)
        try site.write("another font", to: "themes/plain/assets/fonts/x.woff2")
        try site.write("Periwinkle once more", to: "content/b/secret.avif")
        try await site.build(Self.options())
        let after = try fingerprinted(site)
        let changed = before.keys.filter { before[$0]?.path != after[$0]?.path }.sorted()
        #expect(
            changed == [
                "content/b/secret.avif", "themes/plain/assets/fonts/x.woff2", "themes/plain/assets/print.css",
                "themes/plain/assets/site.css",
            ]
        )
    }

    @Test func `a private file lies under a name that needs the key, and its routes are behind the gate`()
        async throws
    {
        let site = try FixtureSite(writing: Self.files)
        defer { site.remove() }
        try await site.build(Self.options())
        let routes = try table(site).routes.filter { $0.source.hasPrefix("content/b/") }
        #expect(routes.count == 3 && routes.allSatisfy { $0.visibility == .private && $0.kind == .asset })
        let files = try site.files().keys.filter { $0.hasPrefix("private/b/") && !$0.hasSuffix("html") }
        #expect(files.count == 2)
        for name in ["secret.avif", "list.pdf"] { #expect(!files.contains("private/b/\(name)")) }
        for file in files {
            let mark = try #require(file.split(separator: ".").dropFirst().first)
            #expect(mark.count == 32)
            for route in routes { #expect(!mark.contains(route.digest.prefix(8))) }
        }
        let shown = try #require(routes.first { $0.isFingerprinted == true })
        #expect(site.text("private/b/index.html")?.contains("src=\"\(shown.path.text)\"") == true)
        #expect(site.text("private/b/index.html")?.contains("href=\"/b/list.pdf\"") == true)
        for (name, bytes) in try site.files() where !name.hasPrefix("private/") && name != "gate.json" {
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(
                !text.contains("Periwinkle") && !text.contains("Larkspur") && !text.contains(shown.path.text)
            )
        }
    }

    @Test func `the key stays with the output folder, and another key gives other names`() async throws {
        let site = try FixtureSite(writing: Self.files)
        defer { site.remove() }
        try await site.build(Self.options())
        let first = try #require(try fingerprinted(site)["content/b/secret.avif"]?.path)
        #expect(try await site.build(Self.options()).unchanged)
        let key = "\(site.output)/.name-key"
        let mode = try FileManager.default.attributesOfItem(atPath: key)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try FileManager.default.removeItem(atPath: key)
        try await site.build(Self.options())
        #expect(try fingerprinted(site)["content/b/secret.avif"]?.path != first)
        try Data("short".utf8).write(to: URL(filePath: key))
        await #expect(throws: BuildFailure.self) { try await site.build(Self.options()) }
    }

    @Test func `the same bytes in two private places have two names`() async throws {
        var files = Self.files
        files["content/b/list.pdf"] = files["content/b/secret.avif"]
        let site = try FixtureSite(writing: files)
        defer { site.remove() }
        try await site.build(Self.options())
        let names = try site.files().keys.filter { $0.hasPrefix("private/b/") && !$0.hasSuffix("html") }
        #expect(Set(names.compactMap { $0.split(separator: ".").dropFirst().first }).count == 2)
    }

    @Test(arguments: [1, 7])
    func `the number of jobs changes no name`(jobs: Int) async throws {
        let site = try FixtureSite(writing: Self.files)
        defer { site.remove() }
        try await site.build(Self.options())
        var options = Self.options()
        options.jobs = jobs
        #expect(try await site.build(options).unchanged)
    }

    @Test func `without fingerprints every name is plain`() async throws {
        let site = try FixtureSite(writing: Self.files, config: "build: { fingerprint: false }")
        defer { site.remove() }
        try await site.build(Self.options())
        #expect(try fingerprinted(site).isEmpty)
        #expect(site.text("public/a/index.html")?.contains("href=\"/assets/site.css\"") == true)
        #expect(site.text("public/assets/site.css") == Self.files["themes/plain/assets/site.css"])
        #expect(site.text("private/b/secret.avif") == "Periwinkle")
        #expect(!FileManager.default.fileExists(atPath: "\(site.output)/.name-key"))
    }

    @Test func `the server's own pages are given the names that their templates ask for`() async throws {
        var files = Self.files
        files["themes/plain/server/status.mustache"] = "{{asset.print.css}}"
        let site = try FixtureSite(writing: files)
        defer { site.remove() }
        try await site.build(Self.options())
        let print = try #require(try fingerprinted(site)["themes/plain/assets/print.css"]).path.text
        let json = try #require(site.text("site.json"))
        #expect(json.contains("\"print\":{\"css\":\"\(print)\"}") && !json.contains("woff2"))
    }

    @Test(arguments: [
        (
            "{{asset.sit.css}}",
            "themes/plain/layouts/page.mustache:1:1: error: the theme has no asset 'sit.css'"
        ),
        (
            "é {{#asset.icons.a.svg}}{{/asset.icons.a.svg}}{{asset.icons}}",
            ":1:47: error: the theme has no asset 'icons'"
        ),
        (
            "{{asset.site.css}}{{asset.site.css.map}}",
            "several files of the theme have the name 'site.css.map'"
        ),
    ])
    func `a name that the theme does not have is told with its place`(layout: String, problem: String)
        async throws
    {
        var files = Self.files
        files["themes/plain/layouts/page.mustache"] = layout
        files["themes/plain/assets/site.css.map"] = "{}"
        let site = try FixtureSite(writing: files)
        defer { site.remove() }
        #expect(try await site.problems(Self.options()).contains(problem))
    }

    @Test func `a style sheet that names no file of the theme is a warning with its place`() async throws {
        var files = Self.files
        files["themes/plain/assets/print.css"] = "a{\n  b: url(fonts/y.woff2) url(/img/mine.png) }"
        let site = try FixtureSite(writing: files)
        defer { site.remove() }
        #expect(
            try await site.problems(Self.options())
                == "themes/plain/assets/print.css:2:10: warning: the theme has no file 'fonts/y.woff2'"
        )
    }

    @Test func `style sheets that import each other are named all the same`() async throws {
        var files = Self.files
        files["themes/plain/assets/print.css"] = "@import 'site.css'; @import 'print.css';"
        let site = try FixtureSite(writing: files)
        defer { site.remove() }
        try await site.build(Self.options())
        let print = try #require(try fingerprinted(site)["themes/plain/assets/print.css"]).path.text
        #expect(site.text("public\(print)") != nil)
    }
}
