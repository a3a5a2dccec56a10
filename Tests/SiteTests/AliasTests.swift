import Foundation
import Gate
import Ground
import Testing

@testable import Site

/// Addresses that a page used to have, and pages with an end.
struct AliasTests {
    private func routes(_ site: FixtureSite) throws -> [String: Route] {
        let table = try GateTable(json: Data(site.text("gate.json")?.utf8 ?? "".utf8))
        return Dictionary(uniqueKeysWithValues: table.routes.map { ($0.path.text, $0) })
    }

    @Test func `an alias is a redirect that is as strict as its page and any rule for it`() async throws {
        let site = try FixtureSite(
            writing: [
                "content/a.md": "---\naliases: [/old-a, /members/old-a/, /a.html]\n---\n",
                "content/p.md":
                    "---\naliases: [/quokka/]\nvisibility: private\nallow: { labels: [pro] }\n---\n",
                "content/draft.md": "---\ndraft: true\naliases: [/old-draft/]\n---\n",
            ],
            config: "visibility: { rules: [{ path: /members/**, visibility: private }] }"
        )
        defer { site.remove() }
        try await site.build()
        let routes = try routes(site)
        #expect(routes["/old-a/"]?.target?.text == "/a/" && routes["/old-a/"]?.visibility == .public)
        #expect(routes["/a.html"]?.target?.text == "/a/")
        #expect(routes["/members/old-a/"]?.visibility == .private)
        #expect(routes["/quokka/"]?.visibility == .private)
        #expect(routes["/quokka/"]?.requirements == [Requirement(labels: ["pro"])])
        #expect(routes["/quokka/"]?.source == "content/p.md:2:11")
        #expect(routes["/old-draft/"] == nil)
        let open = try site.files().filter { $0.value.range(of: Data("quokka".utf8)) != nil }
        #expect(open.keys.sorted() == ["gate.json"])
    }

    @Test func `a link to an alias is written as a link to the page`() async throws {
        let site = try FixtureSite(writing: [
            "content/a.md": "---\naliases: [/old/]\n---\n", "content/b.md": "[x](/old/)\n",
        ])
        defer { site.remove() }
        #expect(try await site.problems() == "")
        #expect(site.text("public/b/index.html")?.contains("<a href=\"/a/\">x</a>") == true)
    }

    @Test func `a public link to an alias does not tell where a private page is now`() async throws {
        let site = try FixtureSite(
            writing: [
                "content/members/quokka.md": "---\naliases: [/members/old/]\n---\n",
                "content/members/teaser.md": "---\naliases: [/members/older/]\nteaser: true\n---\n",
                "content/b.md": "[x](/members/old/#top) [y](/members/older/)\n",
                "content/members/c.md": "[x](/members/old/)\n",
            ],
            config: "visibility: { rules: [{ path: /members/**, visibility: private }] }"
        )
        defer { site.remove() }
        #expect(try await site.problems() == "")
        let open = try #require(site.text("public/b/index.html"))
        #expect(open.contains("<a href=\"/members/old/#top\">x</a>") && !open.contains("quokka"))
        #expect(open.contains("<a href=\"/members/teaser/\">y</a>"))
        #expect(
            site.text("private/members/c/index.html")?.contains("<a href=\"/members/quokka/\">x</a>") == true
        )
    }

    @Test(
        arguments: [
            ("/b/", "content/b.md: error: /b/ is the address of content/a.md:2:11, too"),
            ("/a/", "content/a.md:2:11: error: /a/ is the address of content/a.md, too"),
            ("/login", "content/a.md:2:11: error: nothing in content can be at /login/"),
            ("old", "content/a.md:2:11: error: an alias must be a path such as /old/fees/, found 'old'"),
            ("https://x/", "content/a.md:2:11: error: an alias must be a path"),
        ]
    )
    func `an alias that is taken, or no path, is an error`(alias: String, problem: String) async throws {
        let site = try FixtureSite(writing: [
            "content/a.md": "---\naliases: [\(alias)]\n---\n", "content/b.md": "",
        ])
        defer { site.remove() }
        #expect(try await site.problems().hasPrefix(problem))
    }

    @Test func `two pages cannot have one alias`() async throws {
        let site = try FixtureSite(writing: [
            "content/a.md": "---\naliases: [/old/]\n---\n", "content/b.md": "---\naliases: [/old/]\n---\n",
        ])
        defer { site.remove() }
        #expect(
            try await site.problems().hasPrefix(
                "content/b.md:2:11: error: /old/ is the address of content/a.md:2:11, too"
            )
        )
    }

    @Test func `a page with an end tells the server, with its files and aliases, and then is left out`()
        async throws
    {
        let site = try FixtureSite(writing: [
            "content/a/index.md":
                "---\ntitle: Sale\nmenu: true\nexpires: 2026-01-01\naliases: [/old/]\n---\n",
            "content/a/images/plan.txt": "", "content/b/index.md": "", "content/b/plan.txt": "x",
        ])
        defer { site.remove() }
        let end = 1_767_225_600
        try await site.build(BuildOptions(now: end - 1))
        let routes = try routes(site)
        for path in ["/a/", "/a/images/plan.txt", "/old/"] {
            #expect(routes[path]?.expires == end, "\(path)")
        }
        for path in ["/", "/b/", "/b/plan.txt"] { #expect(routes[path]?.expires == nil, "\(path)") }
        #expect(site.text("public/index.html")?.contains("Sale") == true)

        let report = try await site.build(BuildOptions(now: end))
        #expect(report.expired == 1)
        #expect(site.text("public/a/index.html") == nil && site.text("public/a/images/plan.txt") == nil)
        #expect(site.text("gate.json")?.contains("/old/") == false)
        #expect(site.text("public/index.html")?.contains("Sale") == false)
    }

    @Test func `a link to what has expired is dead`() async throws {
        let site = try FixtureSite(writing: [
            "content/a.md": "---\nexpires: 2020-01-01\n---\n", "content/b.md": "[x](a.md)\n",
        ])
        defer { site.remove() }
        #expect(
            try await site.problems()
                == "content/b.md:1:1: error: 'a.md' leads to what this build leaves out: it has expired"
        )
    }
}
