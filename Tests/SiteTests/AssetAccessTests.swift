import Foundation
import Gate
import Ground
import Testing

@testable import Site

/// Files that are not Markdown say nothing of themselves; here is who may see them.
struct AssetAccessTests {
    /// The pages, the asset, and the tree it ends up in; nil where it is left out.
    static let cases: [(pages: [String: String], asset: String, tree: String?)] = [
        ([:], "a.txt", "public"),
        (["x.md": "visibility: private"], "a.txt", "private"),
        (["foo/index.md": "visibility: private"], "foo/a.txt", "private"),
        (["foo/index.md": "visibility: private"], "foo/images/deep/a.txt", "private"),
        (["foo.md": "visibility: private"], "foo/a.txt", "private"),
        (["foo.md": "visibility: private"], "foo/images/a.txt", "private"),
        (["foo/index.md": "url: /bar/\nvisibility: private"], "foo/images/a.txt", "private"),
        (["foo/index.md": "", "foo/x.md": "visibility: private"], "foo/a.txt", "private"),
        (["foo/index.md": "", "foo/x.md": "visibility: private"], "foo/images/a.txt", "public"),
        (["foo/index.md": "", "foo/x.md": "visibility: private\ndraft: true"], "foo/a.txt", "private"),
        (["foo/index.md": "visibility: private", "foo/bar/index.md": ""], "foo/bar/a.txt", "public"),
        (["foo/index.md": "draft: true"], "foo/a.txt", nil),
        (["foo/index.md": "draft: true"], "foo/images/a.txt", nil),
        (["foo/index.md": "date: 2999-01-01"], "foo/a.txt", nil),
        (["foo.md": "draft: true", "foo/bar.md": ""], "foo/a.txt", nil),
        ([:], "ruled/a.txt", "private"),
        (["ruled/index.md": ""], "ruled/a.txt", "private"),
        (["foo/index.md": "visibility: private"], "foo/open.txt", "public"),
        (["foo/index.md": "draft: true"], "foo/open.txt", nil),
        (["foo/index.md": "date: 2999-01-01"], "foo/open.txt", nil),
        (["foo/index.md": "expires: 2001-01-01"], "foo/open.txt", nil),
        ([:], "foo/Secret.PDF", "public"),
    ]

    private static let config = """
        visibility:
          rules:
            - { path: /ruled/**, visibility: private }
            - { path: /foo/open.txt, visibility: public }
        """

    @Test(arguments: cases)
    func `an asset takes the strictest of what might be meant`(
        pages: [String: String],
        asset: String,
        tree: String?
    ) async throws {
        var files = ["content/\(asset)": "word"]
        for (file, frontMatter) in pages { files["content/\(file)"] = "---\n\(frontMatter)\n---\n" }
        let site = try FixtureSite(writing: files, config: Self.config)
        defer { site.remove() }
        _ = try await site.build()
        for candidate in ["public", "private"] {
            #expect((site.text("\(candidate)/\(asset)") != nil) == (candidate == tree), "\(candidate)")
        }
    }

    /// The rule, the front matter of the page or section, its file, and whose word the warning sets against the rule.
    static let openers: [(rule: String, page: String, file: String, against: String?)] = [
        ("visibility: public", "visibility: private", "index.md", "content/foo/index.md:2:1"),
        ("visibility: public", "visibility: private", "beside.md", "content/foo/beside.md:2:1"),
        ("visibility: public", "cascade: { visibility: private }", "_index.md", "content/foo/_index.md:2"),
        (
            "visibility: private", "visibility: private\nallow: { teams: [staff] }", "index.md",
            "content/foo/index.md:2:1"
        ),
        (
            "visibility: private, allow: { labels: [pro] }",
            "visibility: private\nallow: { teams: [staff] }", "index.md", "content/foo/index.md:2:1"
        ),
        (
            "visibility: private, allow: { teams: [staff] }",
            "visibility: private\nallow: { teams: [staff, board] }", "index.md", nil
        ),
        ("visibility: private", "visibility: private", "index.md", nil),
        ("visibility: public", "", "index.md", nil),
    ]

    @Test(arguments: openers)
    func `a rule that opens one file further than what is around it is a warning`(
        rule: String,
        page: String,
        file: String,
        against: String?
    ) async throws {
        let site = try FixtureSite(
            writing: ["content/foo/plan.txt": "word", "content/foo/\(file)": "---\n\(page)\n---\n"],
            config: "visibility: { rules: [{ path: /foo/plan.txt, \(rule) }] }"
        )
        defer { site.remove() }
        let problems = try await site.problems()
        guard let against else {
            #expect(problems == "")
            return
        }
        #expect(problems.contains("site.config:"))
        #expect(
            problems.contains(
                "warning: the rule '/foo/plan.txt' opens this one file further than what is said at \(against)"
            )
        )
    }

    @Test func `a file that a rule names alone goes with its page`() async throws {
        let site = try FixtureSite(
            writing: [
                "content/foo/plan.txt": "word", "content/foo/index.md": "---\nexpires: 2999-01-01\n---\n",
            ],
            config: "visibility: { rules: [{ path: /foo/plan.txt, visibility: public }] }"
        )
        defer { site.remove() }
        try await site.build()
        let json = try Data(contentsOf: URL(filePath: "\(site.output)/current/gate.json"))
        let route = try #require(try GateTable(json: json).routes.first { $0.path.text == "/foo/plan.txt" })
        #expect(route.expires == 32_472_144_000)
    }

    @Test func `an asset between two kinds of members is for those who are both`() async throws {
        let site = try FixtureSite(writing: [
            "content/x/a.txt": "",
            "content/x/pro.md": "---\nvisibility: private\nallow: { labels: [pro] }\n---\n![](a.txt)\n",
            "content/x/staff.md": "---\nvisibility: private\nallow: { teams: [staff] }\n---\n![](a.txt)\n",
        ])
        defer { site.remove() }
        let problems = try await site.problems().split(separator: "\n").filter { $0.contains("error:") }
        #expect(problems.map { $0.prefix(20) } == ["content/x/pro.md:5:1", "content/x/staff.md:5"])
        #expect(
            problems.allSatisfy {
                $0.contains("some members who may read this page would see a broken image")
            }
        )
    }

    @Test func `a public file that only private pages use is an error, unless a rule says that it is meant`()
        async throws
    {
        let files = [
            "content/pool/a.txt": "",
            "content/secret/index.md": "---\nvisibility: private\n---\n[a](../pool/a.txt)\n",
        ]
        let site = try FixtureSite(writing: files)
        defer { site.remove() }
        #expect(
            try await site.problems().hasPrefix("content/pool/a.txt: error: only private pages use this file")
        )
        let rules = "visibility: { rules: [{ path: /pool/**, visibility: public }] }"
        let meant = try FixtureSite(writing: files, config: rules)
        defer { meant.remove() }
        #expect(try await meant.problems() == "")
    }

    @Test func `a private file that is public as well is a warning`() async throws {
        let site = try FixtureSite(writing: [
            "content/a.txt": "same", "content/x/a.txt": "same",
            "content/x/index.md": "---\nvisibility: private\n---\n",
        ])
        defer { site.remove() }
        #expect(
            try await site.problems().hasPrefix(
                "content/x/a.txt: warning: this private file is public as /a.txt"
            )
        )
    }

    @Test func `what others look for on every site is published, and nothing else that is hidden`()
        async throws
    {
        let site = try FixtureSite(writing: [
            "content/.well-known/security.txt": "Contact", "content/.well-known/.secret": "x",
            "content/.hidden/a.txt": "x", "content/a/.well-known/a.txt": "x", "content/a/index.md": "",
        ])
        defer { site.remove() }
        try await site.build()
        let files = try site.files().keys.filter {
            $0.hasPrefix("public/") && $0.contains("/.") || $0.contains("a.txt")
        }
        #expect(files == ["public/.well-known/security.txt"])
    }
}
