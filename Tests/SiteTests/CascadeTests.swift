import Foundation
import Gate
import Ground
import Testing

@testable import Site

/// What an `_index.md` says for all that lies below it.
struct CascadeTests {
    private static let closed = "---\ntitle: n\ncascade: { visibility: private }\n---\n"

    /// The files, the one looked for, and the tree it ends up in.
    @Test(
        arguments: [
            (["n/_index.md": closed], "n/index.html", "public"),
            (["n/_index.md": closed, "n/a.md": ""], "n/a/index.html", "private"),
            (["n/_index.md": closed, "n/s/a.md": ""], "n/s/a/index.html", "private"),
            (["n/_index.md": closed, "n/s/_index.md": ""], "n/s/index.html", "private"),
            (["n/_index.md": closed, "n/s/index.md": ""], "n/s/index.html", "private"),
            (["n/_index.md": closed, "n/a.md": "---\nurl: /a/\n---\n"], "a/index.html", "private"),
            (["n/_index.md": closed, "n/a.txt": ""], "n/a.txt", "private"),
            (["n/_index.md": closed, "n/images/a.txt": ""], "n/images/a.txt", "private"),
            (["n/_index.md": closed, "n.md": "---\nurl: /x/\n---\n"], "x/index.html", "public"),
            (
                ["n/_index.md": "---\ndraft: true\ncascade: { visibility: private }\n---\n", "n/a.md": ""],
                "n/a/index.html", "private"
            ),
            (
                [
                    "n/_index.md": closed, "n/s/_index.md": "---\ncascade: { layout: page }\n---\n",
                    "n/s/a.md": "",
                ],
                "n/s/a/index.html", "private"
            ),
            (["n/_index.md": closed, "nn/a.md": ""], "nn/a/index.html", "public"),
        ] as [([String: String], String, String)]
    )
    func `a cascade closes all that lies below its section`(
        files: [String: String],
        file: String,
        tree: String
    ) async throws {
        let site = try FixtureSite(
            writing: Dictionary(uniqueKeysWithValues: files.map { ("content/" + $0, $1) })
        )
        defer { site.remove() }
        try await site.build()
        for candidate in ["public", "private"] {
            #expect((site.text("\(candidate)/\(file)") != nil) == (candidate == tree), "\(candidate)")
        }
    }

    @Test func `a cascade of drafts leaves out the files below, too, but those of pages that are none`()
        async throws
    {
        let site = try FixtureSite(writing: [
            "content/n/_index.md": "---\ncascade: { draft: true }\n---\n",
            "content/n/f.txt": "f", "content/n/deep/f.txt": "f", "content/n/a.md": "",
            "content/n/a/f.txt": "f",
            "content/n/done.md": "---\ndraft: false\n---\n", "content/n/done/f.txt": "f",
            "content/n/ready/_index.md": "---\ndraft: false\ncascade: { draft: false }\n---\n",
            "content/n/ready/f.txt": "f", "content/n/ready/b.md": "", "content/f.txt": "f",
        ])
        defer { site.remove() }
        func texts() throws -> [String] {
            try site.files().keys.filter {
                $0.hasSuffix(".txt") && $0 != "public/robots.txt" && !$0.contains("llms")
            }
            .map { String($0.dropFirst(7)) }.sorted()
        }
        try await site.build()
        #expect(try texts() == ["f.txt", "n/done/f.txt", "n/ready/f.txt"])
        var options = BuildOptions(now: 1_764_000_000)
        options.drafts = true
        try await site.build(options)
        #expect(
            try texts() == ["f.txt", "n/a/f.txt", "n/deep/f.txt", "n/done/f.txt", "n/f.txt", "n/ready/f.txt"]
        )
    }

    @Test(
        arguments: [
            (
                ["n/_index.md": closed, "n/a.md": "---\nvisibility: public\n---\n"],
                "content/n/a.md:2:1: error: the page says public, but the cascade at content/n/_index.md:3:24 makes all that lies below it private"
            ),
            (
                ["n/_index.md": "---\ncascade: { visibility: public }\n---\n"],
                "content/n/_index.md:2:24: error: a cascade can make what lies below it private, never public"
            ),
            (
                ["n/_index.md": "---\ncascade: { allow: { labels: [pro] } }\n---\n"],
                "content/n/_index.md:2:12: error: 'allow' in a cascade that says nothing of visibility"
            ),
            (
                ["n/_index.md": "---\ncascade: { visibilty: private }\n---\n"],
                "content/n/_index.md:2:12: error: unknown key 'visibilty'"
            ),
            (
                ["n/_index.md": "---\ncascade: { teaser: true }\n---\n"],
                "content/n/_index.md:2:12: error: unknown key 'teaser'"
            ),
            (
                ["n/index.md": "---\ncascade: { visibility: private }\n---\n"],
                "content/n/index.md:2:1: error: 'cascade' has an effect in an '_index.md' only"
            ),
            (
                ["n/_index.md": "---\ncascade: { layout: none }\n---\n", "n/a.md": ""],
                "content/n/_index.md:2:20: error: the theme 'plain' has no layout 'none'"
            ),
        ] as [([String: String], String)]
    )
    func `a cascade that opens, or that would not be obeyed, is an error`(
        files: [String: String],
        expected: String
    ) async throws {
        let site = try FixtureSite(
            writing: Dictionary(uniqueKeysWithValues: files.map { ("content/" + $0, $1) })
        )
        defer { site.remove() }
        #expect(try await site.problems().hasPrefix(expected))
    }

    @Test func `what all of them ask for must hold`() async throws {
        let site = try FixtureSite(
            writing: [
                "content/n/_index.md":
                    "---\ncascade: { visibility: private, allow: { labels: [pro] } }\n---\n",
                "content/n/s/_index.md":
                    "---\ncascade: { visibility: private, allow: { teams: [board] } }\n---\n",
                "content/n/s/a.md": "---\nallow: { verified: true }\n---\n",
                "content/n/s/a.txt": "",
            ],
            config: "visibility: { rules: [{ path: /n/s/**, visibility: private, allow: { labels: [x] } }] }"
        )
        defer { site.remove() }
        try await site.build()
        let table = try GateTable(json: Data(site.text("gate.json")?.utf8 ?? "".utf8))
        let all = [
            Requirement.verified, Requirement(teams: ["board"]), Requirement(labels: ["pro"]),
            Requirement(labels: ["x"]),
        ]
        let routes = table.routes.filter { $0.path.text.hasPrefix("/n/s/a") }
        #expect(Set(routes.map(\.path.text)) == ["/n/s/a/", "/n/s/a.txt"])
        for route in routes {
            #expect(Set(route.requirements) == Set(all))
        }
    }

    @Test func `a page's own words come first, then the nearest section's`() async throws {
        let site = try FixtureSite(writing: [
            "content/_index.md":
                "---\ncascade: { layout: far, draft: true, params: { a: far, b: far } }\n---\n",
            "content/n/_index.md":
                "---\ndraft: false\ncascade: { layout: near, draft: false, params: { b: near } }\n---\n",
            "content/n/one.md": "", "content/n/two.md": "---\nlayout: own\nparams: { a: own }\n---\n",
            "content/left-out.md": "",
            "themes/plain/layouts/far.mustache": "far",
            "themes/plain/layouts/own.mustache": "own {{params.a}} {{params.b}}",
            "themes/plain/layouts/near.mustache": "near {{params.a}} {{params.b}}",
        ])
        defer { site.remove() }
        try? FileManager.default.removeItem(atPath: "\(site.source)/content/index.md")
        try await site.build()
        #expect(site.text("public/n/one/index.html") == "near far near")
        #expect(site.text("public/n/two/index.html") == "own own near")
        #expect(site.text("public/n/index.html") == "far")
        #expect(site.text("public/left-out/index.html") == nil)
    }
}
