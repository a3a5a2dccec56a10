import Foundation
import Testing

@testable import Site

/// Folders with an `_index.md`: rows, trails, the menu as a tree.
struct SectionTests {
    private static let theme = """
        {{#previous}}<b>{{title}}</b>{{/previous}}|{{#next}}<b>{{title}}</b>{{/next}}
        {{#trail}}{{title}}>{{/trail}}
        {{#site.navigation}}{{title}}{{#current}}*{{/current}}{{#open}}({{#children}}{{title}}{{#current}}*{{/current}} {{/children}}){{/open}} {{/site.navigation}}
        {{#pages}}{{title}} {{/pages}}
        """

    private func site(_ files: [String: String]) throws -> FixtureSite {
        try FixtureSite(
            writing: files.merging(["themes/plain/layouts/page.mustache": Self.theme]) { own, _ in own }
        )
    }

    private func lines(_ site: FixtureSite, _ path: String) -> [String] {
        site.text(path)?.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) ?? []
    }

    @Test func `a page leads to those before and after it that its readers may be shown`() async throws {
        let site = try site([
            "content/n/_index.md": "---\ntitle: N\n---\n",
            "content/n/a.md": "---\ntitle: A\nweight: 1\n---\n",
            "content/n/b.md": "---\ntitle: B\nweight: 2\nvisibility: private\n---\n",
            "content/n/c/index.md": "---\ntitle: C\nweight: 3\n---\n",
            "content/n/d.md":
                "---\ntitle: D\nweight: 4\nvisibility: private\nallow: { labels: [pro] }\n---\n",
            "content/n/e.md": "---\ntitle: E\nweight: 5\nvisibility: private\nteaser: true\n---\n",
            "content/n/sub/_index.md": "---\ntitle: S\nweight: 6\n---\n",
            "content/n/f.md": "---\ntitle: F\nweight: 7\n---\n",
            "content/loose.md": "---\ntitle: Loose\n---\n",
        ])
        defer { site.remove() }
        try await site.build()
        #expect(lines(site, "public/n/a/index.html").first == "|<b>C</b>")
        #expect(lines(site, "public/n/c/index.html").first == "<b>A</b>|<b>E</b>")
        #expect(lines(site, "private/n/b/index.html").first == "<b>A</b>|<b>C</b>")
        #expect(lines(site, "private/n/d/index.html").first == "<b>C</b>|<b>E</b>")
        #expect(lines(site, "public/n/f/index.html").first == "<b>E</b>|")
        #expect(lines(site, "public/n/sub/index.html").first == "|")
        #expect(lines(site, "public/loose/index.html").first == "|")
        #expect(lines(site, "public/n/index.html").dropFirst(3).first == "A C E S F ")
    }

    @Test func `the trail on later pages of a section begins in its language, as on the first`() async throws
    {
        let site = try FixtureSite(
            writing: [
                "themes/plain/layouts/page.mustache": Self.theme,
                "content/index.md": "---\ntitle: Home\n---\n",
                "content/de/index.md": "---\ntitle: Start\n---\n",
                "content/de/n/_index.md": "---\ntitle: N\n---\n",
                "content/de/n/a.md": "", "content/de/n/b.md": "",
            ],
            config: "languages: [de]\npaginate: 1\n"
        )
        defer { site.remove() }
        try await site.build()
        #expect(lines(site, "public/de/n/index.html").dropFirst().first == "Start>")
        #expect(lines(site, "public/de/n/page/2/index.html").dropFirst().first == "Start>N>")
    }

    @Test func `the trail and the menu's tree name what the readers may see`() async throws {
        let site = try site([
            "content/index.md": "---\ntitle: Home\nmenu: true\n---\n",
            "content/m/_index.md": "---\ntitle: M\nmenu: true\nvisibility: private\n---\n",
            "content/m/open.md": "---\ntitle: Open\nmenu: true\n---\n",
            "content/m/shut.md": "---\ntitle: Shut\nmenu: true\nvisibility: private\n---\n",
            "content/d/_index.md": "---\ntitle: D\nmenu: true\n---\n",
            "content/d/x.md": "---\ntitle: X\nmenu: true\n---\n",
        ])
        defer { site.remove() }
        try await site.build()
        #expect(lines(site, "public/m/open/index.html")[1...2] == ["Home>", "Home D Open*() "])
        #expect(lines(site, "private/m/shut/index.html")[1...2] == ["Home>M>", "Home D M(Open Shut* ) "])
        #expect(lines(site, "public/d/x/index.html")[1...2] == ["Home>D>", "Home D(X* ) Open "])
        #expect(lines(site, "public/index.html")[1...2] == ["", "Home*() D Open "])
    }

    @Test func `both names for the page of a folder are one too many`() async throws {
        let site = try site(["content/n/_index.md": "", "content/n/index.md": ""])
        defer { site.remove() }
        #expect(
            try await site.problems().hasPrefix(
                "content/n/index.md: error: /n/ is the address of content/n/_index.md, too"
            )
        )
    }

    @Test func `links find a section by its file and by its folder`() async throws {
        let site = try site([
            "content/n/_index.md": "", "content/a.md": "[x](n/_index.md) [y](n) [z](n/)\n",
            "themes/plain/layouts/page.mustache": "{{{content}}}",
        ])
        defer { site.remove() }
        #expect(try await site.problems() == "")
        #expect(
            site.text("public/a/index.html")
                == "<p><a href=\"/n/\">x</a> <a href=\"/n/\">y</a> <a href=\"/n/\">z</a></p>\n"
        )
    }
}
