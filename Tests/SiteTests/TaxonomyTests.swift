import Foundation
import Gate
import Ground
import Testing

@testable import Site

/// Lists of the pages of a term, each for those who may read it; and lists on several pages.
struct TaxonomyTests {
    private func routes(_ site: FixtureSite) throws -> [String: Route] {
        let table = try GateTable(json: Data(site.text("gate.json")?.utf8 ?? "".utf8))
        return Dictionary(uniqueKeysWithValues: table.routes.map { ($0.path.description, $0) })
    }

    private func items(_ site: FixtureSite, _ file: String) -> [String] {
        (site.text(file) ?? "").split(separator: "\n").filter { $0.hasPrefix("<li>") }.map {
            String($0.split(separator: ">")[2].dropLast(3))
        }
    }

    @Test func `a term has a list for each access, and each names what its readers may read`() async throws {
        let site = FixtureSite("gazette")
        defer { site.remove() }
        try await site.build()
        let routes = try routes(site)
        let lists = routes.keys.filter { $0.hasPrefix("/tags/") && !$0.contains("/page/") }.sorted()
        #expect(
            lists == [
                "/tags/", "/tags/for/label-pro/", "/tags/for/members/", "/tags/for/team-board/",
                "/tags/jaspertag/", "/tags/money/", "/tags/money/for/label-pro/", "/tags/money/for/members/",
                "/tags/onyxtag/", "/tags/quartztag/", "/tags/quartztag/for/team-board/", "/tags/topaztag/",
                "/tags/town-hall/", "/tags/town-hall/for/members/",
            ]
        )
        #expect(routes["/tags/money/"]?.visibility == .public)
        #expect(routes["/tags/quartztag/"]?.visibility == .private)
        #expect(routes["/tags/quartztag/"]?.requirements == [])
        #expect(routes["/tags/jaspertag/"]?.requirements == [Requirement(labels: ["pro"])])
        #expect(items(site, "public/tags/money/index.html") == ["Open 3", "Open 2"])
        #expect(items(site, "public/tags/money/page/2/index.html") == ["Open 1"])
        #expect(items(site, "private/tags/money/for/members/index.html") == ["A teaser", "Quartztitle"])
        #expect(
            items(site, "private/tags/money/for/label-pro/index.html") == ["A teaser", "Jaspertitle"]
        )
        #expect(
            items(site, "private/tags/quartztag/for/team-board/index.html") == ["Onyxminutes", "Quartztitle"]
        )
    }

    @Test func `the list of terms counts what its readers may read, as they may spell it`() async throws {
        let site = FixtureSite("gazette")
        defer { site.remove() }
        try await site.build()
        let terms = { (file: String) in
            (site.text(file) ?? "").split(separator: "\n").filter { $0.contains(")</a>") }.map(String.init)
        }
        #expect(
            terms("public/tags/index.html") == [
                "<a href=\"/tags/money/\">money (3)</a>", "<a href=\"/tags/town-hall/\">Town Hall (3)</a>",
            ]
        )
        #expect(
            terms("private/tags/for/members/index.html") == [
                "<a href=\"/tags/money/for/members/\">money (5)</a>",
                "<a href=\"/tags/quartztag/\">Quartztag (1)</a>",
                "<a href=\"/tags/topaztag/\">Topaztag (1)</a>",
                "<a href=\"/tags/town-hall/for/members/\">TOWN  hall (4)</a>",
            ]
        )
    }

    @Test func `a page leads to the lists that its readers may read`() async throws {
        let site = FixtureSite("gazette")
        defer { site.remove() }
        try await site.build()
        #expect(
            site.text("public/news/open-1/index.html")?.contains(
                "Tags: <a href=\"/tags/money/\">money</a> <a href=\"/tags/town-hall/\">Town Hall</a>"
            ) == true
        )
        #expect(
            site.text("private/board/onyxslug/index.html")?.contains(
                "<a href=\"/tags/onyxtag/\">Onyxtag</a> <a href=\"/tags/quartztag/for/team-board/\">Quartztag</a>"
            ) == true
        )
    }

    @Test func `a rule closes the lists below its path, and public pages then lead to none`() async throws {
        let site = try FixtureSite(
            writing: [
                "content/a.md": "---\ntags: [x]\n---\n",
                "content/b.md": "---\ntags: [x]\nvisibility: private\n---\n",
                "themes/plain/layouts/page.mustache":
                    "{{page.path}}{{#terms}}{{#terms}}[{{title}}|{{href}}]{{/terms}}{{/terms}}",
            ],
            config: """
                taxonomies: [tags]
                visibility: { rules: [{ path: /tags/**, visibility: private }] }
                """
        )
        defer { site.remove() }
        try await site.build()
        let lists = try routes(site).filter { $0.key.hasPrefix("/tags/") }
        #expect(lists.keys.sorted() == ["/tags/", "/tags/x/"])
        #expect(lists.values.allSatisfy { $0.visibility == .private })
        #expect(site.text("public/a/index.html") == "/a/[x|]")
        #expect(site.text("private/b/index.html") == "/b/[x|/tags/x/]")
    }

    @Test(
        arguments: [
            ("taxonomies: [Tags]", "", "site.config:4:14: error: taxonomies must be names in lower case"),
            (
                "taxonomies: [tags, tags]", "",
                "site.config:4:20: error: the taxonomy 'tags' stands here twice"
            ),
            (
                "taxonomies: [title]", "",
                "site.config:4:14: error: 'title' is a key of front matter already, and can be no taxonomy"
            ),
            ("paginate: -1", "", "site.config:4:11: error: paginate must be a number from 0 to 100000"),
            (
                "taxonomies: [tags]", "tags: ['!']",
                "content/a.md: error: no address can be made of '!' in 'tags'"
            ),
            (
                "taxonomies: [tags]", "tags: [a-b, a b]",
                "content/a.md: error: 'a-b' and 'a b' in 'tags' would both be at /tags/a-b/"
            ),
            (
                "taxonomies: [tags]", "tags: [x]\nurl: /tags/x/",
                "site.config:4:14: error: /tags/x/ is the address of content/a.md, too"
            ),
            ("taxonomies: [topics]", "topic: [x]", "content/a.md:2:1: error: unknown key 'topic'"),
        ]
    )
    func `what can be no list is an error`(config: String, frontMatter: String, problem: String) async throws
    {
        let site = try FixtureSite(
            writing: ["content/a.md": "---\n\(frontMatter)\n---\n"],
            config: config
        )
        defer { site.remove() }
        #expect(try await site.problems().contains(problem))
    }

    @Test(arguments: [
        ("C", "c"), ("C++", "c-plus-plus"), ("C#", "c-sharp"), ("Q&A", "q-and-a"), ("Größe 2", "größe-2"),
        (" a  b ", "a-b"), ("..", ""),
    ])
    func `a term's address is made of its letters`(spelling: String, slug: String) {
        #expect(Term.slug(of: spelling) == slug)
    }

    @Test func `a long section goes on over several pages, which are as strict as it is`() async throws {
        var files = ["content/n/_index.md": "---\ntitle: N\nvisibility: private\n---\nText.\n"]
        for number in 1...5 { files["content/n/p\(number).md"] = "---\ntitle: P\(number)\n---\n" }
        files["content/n/shut.md"] = "---\nvisibility: private\nallow: { labels: [x] }\n---\n"
        files["themes/plain/layouts/page.mustache"] = """
            {{page.title}}: {{#pages}}{{title}} {{/pages}}{{#pager}}{{number}}/{{count}} {{previous_href}}|{{next_href}}{{/pager}}{{{content}}}
            """
        let site = try FixtureSite(writing: files, config: "paginate: 2")
        defer { site.remove() }
        try await site.build()
        #expect(site.text("private/n/index.html") == "N: P1 P2 1/3 |/n/page/2/<p>Text.</p>\n")
        #expect(site.text("private/n/page/2/index.html") == "N: P3 P4 2/3 /n/|/n/page/3/")
        #expect(site.text("private/n/page/3/index.html") == "N: P5 3/3 /n/page/2/|")
        #expect(try routes(site)["/n/page/3/"]?.source == "content/n/_index.md")
    }
}
