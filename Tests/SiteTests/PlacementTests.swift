import Foundation
import Testing

@testable import Site

/// Addresses by pattern, the page for what is not there, and related pages.
struct PlacementTests {
    @Test func `a permalink for a folder that is not there is a warning`() async throws {
        let site = try FixtureSite(
            writing: ["content/news/deep/a.md": "---\ndraft: true\n---\n", "content/b.md": ""],
            config: "permalinks:\n  new: /n/:slug/\n  news: /w/:slug/\n  news/deep: /d/:slug/\n"
        )
        defer { site.remove() }
        #expect(
            try await site.problems() == """
                site.config:5:8: warning: there are no pages below content/new
                    did you mean 'news'?
                """
        )
    }

    @Test(
        arguments: [
            ("news/a.md", "date: 2025-03-01", "2025/03/a"),
            ("news/a.md", "date: 2025-03-01\nslug: other", "2025/03/other"),
            ("news/b/index.md", "date: 2025-03-01", "2025/03/b"),
            ("news/deep/c.md", "date: 2025-01-31", "2025/01/c"),
            ("news/a.md", "url: /mine/", "mine"), ("news/_index.md", "", "news"),
            ("docs/x/y.md", "date: 2025-03-01", "d/docs/x/01-y"), ("newspaper/a.md", "", "newspaper/a"),
        ]
    )
    func `a pattern places the pages below its folder`(file: String, frontMatter: String, path: String)
        async throws
    {
        let site = try FixtureSite(
            writing: [
                "content/\(file)": "---\n\(frontMatter)\n---\n",
                "content/news/z.md": "---\ndate: 2025-01-01\n---\n",
                "content/docs/z.md": "---\ndate: 2025-01-01\n---\n",
            ],
            config: "permalinks: { news: '/:year/:month/:slug/', docs: '/d/:section/:day-:slug/' }"
        )
        defer { site.remove() }
        #expect(try await site.problems() == "")
        #expect(site.text("public/\(path)/index.html") != nil)
    }

    @Test(arguments: [
        ("/:year/", "site.config:4:21"), ("/:slug", "site.config:4:21"), (":slug/", "site.config:4:21"),
        ("/:title/:slug/", "site.config:4:21"), ("/../:slug/", "site.config:4:21"),
    ])
    func `a pattern that gives no addresses is an error`(pattern: String, place: String) async throws {
        let site = try FixtureSite(writing: [:], config: "permalinks: { news: '\(pattern)' }")
        defer { site.remove() }
        #expect(
            try await site.problems().hasPrefix(
                "\(place): error: a permalink must be a pattern such as /:year/:month/:slug/"
            )
        )
    }

    @Test func `a page without the date that its address is made of is an error`() async throws {
        let site = try FixtureSite(
            writing: ["content/news/a.md": ""],
            config: "permalinks: { news: '/:year/:slug/' }"
        )
        defer { site.remove() }
        #expect(
            try await site.problems().hasPrefix(
                "content/news/a.md: error: the address is made of the date by the permalink at site.config:4:21"
            )
        )
    }

    @Test func `a pattern opens no page that lies below a private rule`() async throws {
        let site = try FixtureSite(
            writing: ["content/members/a.md": ""],
            config: """
                permalinks: { members: '/m/:slug/' }
                visibility: { rules: [{ path: /members/**, visibility: private }] }
                """
        )
        defer { site.remove() }
        #expect(
            try await site.problems().hasPrefix(
                "content/members/a.md: error: the file lies at /members/a/, which is private by the rule"
            )
        )
    }

    @Test func `each language may have a page for what is not there`() async throws {
        let site = try FixtureSite(
            writing: [
                "content/404.md": "", "content/de/404.md": "---\ntitle: Verlaufen\n---\n",
                "content/fr/a/404.md": "",
            ],
            config: "languages: [de, fr]\n"
        )
        defer { site.remove() }
        try await site.build()
        let files = try site.files().filter { $0.value.range(of: Data("Verlaufen".utf8)) != nil }
        #expect(files.keys.sorted() == ["public/de/404.html"])
        #expect(site.text("public/fr/a/404/index.html") != nil)
        try site.write("---\nvisibility: private\n---\n", to: "content/de/404.md")
        #expect(
            try await site.problems().hasPrefix(
                "content/de/404.md: error: the page for what is not there is read by guests"
            )
        )
    }

    @Test func `the page for what is not there is public and in no list`() async throws {
        let site = try FixtureSite(writing: [
            "content/404.md": "---\ntitle: Gone astray\ndate: 2025-01-01\n---\n", "content/index.md": "",
        ])
        defer { site.remove() }
        try await site.build()
        let files = try site.files().filter { $0.value.range(of: Data("Gone astray".utf8)) != nil }
        #expect(files.keys.sorted() == ["public/404.html"])
        try site.write("---\nvisibility: private\n---\n", to: "content/404.md")
        #expect(
            try await site.problems().hasPrefix(
                "content/404.md: error: the page for what is not there is read by guests"
            )
        )
    }

    @Test func `related are the pages with most terms in common that the readers may read`() async throws {
        let site = try FixtureSite(
            writing: [
                "themes/plain/layouts/page.mustache": "{{page.path}}:{{#related}} {{title}}{{/related}}",
                "content/a.md": "---\ntitle: A\nweight: 1\ntags: [x, y]\n---\n",
                "content/b.md": "---\ntitle: B\nweight: 2\ntags: [x]\n---\n",
                "content/c.md": "---\ntitle: C\nweight: 3\ntags: [X, y]\n---\n",
                "content/d.md":
                    "---\ntitle: D\nweight: 4\ntags: [x, y]\nvisibility: private\nteaser: true\n---\n",
                "content/e.md": "---\ntitle: E\nweight: 5\n---\n",
            ],
            config: "taxonomies: [tags]"
        )
        defer { site.remove() }
        try await site.build()
        #expect(site.text("public/a/index.html") == "/a/: C B")
        #expect(site.text("public/b/index.html") == "/b/: A C")
        #expect(site.text("private/d/index.html") == "/d/: C A B")
        #expect(site.text("public/e/index.html") == "/e/:")
    }

    @Test func `the order of related pages does not tell how many private ones stand between them`()
        async throws
    {
        for weights in [[], [2, 3]] {
            var files = [
                "themes/plain/layouts/page.mustache": "{{page.path}}:{{#related}} {{title}}{{/related}}"
            ]
            for (title, weight) in [("A", 1), ("B", 4), ("C", 5)] {
                files["content/\(title).md"] =
                    "---\ntitle: \(title)\nslug: \(title.lowercased())\nweight: \(weight)\ntags: [x]\n---\n"
            }
            for weight in weights {
                files["content/p\(weight).md"] =
                    "---\nweight: \(weight)\ntags: [x]\nvisibility: private\n---\n"
            }
            let site = try FixtureSite(writing: files, config: "taxonomies: [tags]")
            defer { site.remove() }
            try await site.build()
            #expect(site.text("public/b/index.html") == "/b/: A C")
        }
    }
}
