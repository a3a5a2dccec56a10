import Foundation
import Testing

@testable import Site

/// Sites as people write them, in which nothing leaks and nothing may be found.
struct NaturalSiteTests {
    @Test func `the manual has no leak, though it speaks of its own private pages`() async throws {
        let root = URL(fileURLWithPath: FixtureSite.folder).appendingPathComponent("../../..").standardized
            .path
        let output = FileManager.default.temporaryDirectory.appendingPathComponent(
            "manual-\(UUID().uuidString)"
        )
        let site = FixtureSite(source: root, output: output.path)
        defer { try? FileManager.default.removeItem(at: output) }
        #expect(try await site.problems() == "")
    }

    @Test func `a private list of public titles, a shared sentence and common words are no leaks`()
        async throws
    {
        let site = try FixtureSite(
            writing: [
                "content/index.md":
                    "---\ntitle: Home\nmenu: true\n---\nWe row whenever the weather lets us row.\n",
                "content/news.md": "---\ntitle: News\nmenu: true\n---\n# Title\n",
                "content/archive.md": "---\ntitle: The Old Archive\nmenu: true\n---\n",
                "content/members/index.md": """
                ---
                title: News Archive
                teaser: true
                ---
                # Title

                As the front page says: we row whenever the weather lets us row.

                - Home
                - News
                - The Old Archive

                [Home](../index.md) [News](../news.md) [The Old Archive](../archive.md)

                2026
                """,
                "content/members/2026.md":
                    "---\ntitle: '2026'\ntags: [feed]\n---\nSee <http://localhost:8080/archive/>\n",
            ],
            config: "visibility: { rules: [{ path: /members/**, visibility: private }] }"
        )
        defer { site.remove() }
        #expect(try await site.problems() == "")
    }

    @Test func `a menu of public titles is no leak of a private sentence that names them in its order`()
        async throws
    {
        var files = [
            "content/members.md":
                "---\nvisibility: private\n---\nStart with Red Boats, Blue Oars, Green Water, Old Rules.\n",
            "themes/plain/layouts/page.mustache":
                "<ul>{{#site.menu}}<li><a href=\"{{href}}\">{{title}}</a></li>{{/site.menu}}</ul>{{{content}}}",
        ]
        for (weight, title) in ["Red Boats", "Blue Oars", "Green Water", "Old Rules"].enumerated() {
            files["content/\(weight).md"] = "---\ntitle: \(title)\nmenu: true\nweight: \(weight)\n---\n"
        }
        let site = try FixtureSite(writing: files)
        defer { site.remove() }
        #expect(try await site.problems() == "")
    }

    @Test func `what contents lead to a heading by is no leak of a private title`() async throws {
        let site = try FixtureSite(
            writing: [
                "content/index.md": "## Other {% #golden-plan %}\n\n## Rules\n\n## Rules\n",
                "content/members/plan.md": "---\ntitle: Golden Plan\nvisibility: private\n---\n",
                "content/members/rules.md": "---\ntitle: Rules 1\nvisibility: private\n---\n",
                "themes/plain/layouts/page.mustache":
                    "{{#toc}}<a href=\"#{{id}}\">{{text}}</a>{{/toc}}{{{content}}}",
            ],
            config: "markdown: { dialect: [gfm, markdoc] }\n"
        )
        defer { site.remove() }
        #expect(try await site.problems() == "")
    }

    @Test func `short words come about in a picture's bytes by chance, long ones do not`() async throws {
        let site = try FixtureSite(writing: [
            "content/index.md": "![p](p.avif)",
            "content/members/index.md": "---\ntitle: AI\nvisibility: private\n---\n# Oxlips\n",
            "content/p.avif": "\u{1}Ai\u{2}",
        ])
        defer { site.remove() }
        #expect(try await site.problems() == "")
        try site.write("\u{1}oxlips\u{2}", to: "content/p.avif")
        #expect(
            try await site.problems().hasPrefix(
                "content/members/index.md:5: error: a heading of this private page stands in public/p.avif: 'Oxlips'"
            )
        )
    }
}
