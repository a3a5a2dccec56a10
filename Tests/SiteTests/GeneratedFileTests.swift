import Foundation
import FoundationXML
import Gate
import Ground
import Testing

@testable import Site

/// Site map, feeds, llms.txt: for everyone from public pages, for members from theirs.
struct GeneratedFileTests {
    private func routes(_ site: FixtureSite) throws -> [String: Route] {
        let table = try GateTable(json: Data(site.text("gate.json")?.utf8 ?? "".utf8))
        return Dictionary(uniqueKeysWithValues: table.routes.map { ($0.path.text, $0) })
    }

    /// The texts of the elements of one name; empty where the text is no XML at all.
    private final class Elements: NSObject, XMLParserDelegate {
        var found: [String] = []
        private let name: String
        private var text: String?

        init(_ name: String, in xml: String) {
            self.name = name
            super.init()
            let parser = XMLParser(data: Data(xml.utf8))
            parser.delegate = self
            if !parser.parse() { found = [] }
        }

        func parser(
            _ parser: XMLParser,
            didStartElement element: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) {
            if element == name { text = "" }
        }

        func parser(_ parser: XMLParser, foundCharacters characters: String) { text? += characters }

        func parser(
            _ parser: XMLParser,
            didEndElement element: String,
            namespaceURI: String?,
            qualifiedName: String?
        ) {
            if element == name, let text { found.append(text) }
            if element == name { text = nil }
        }
    }

    @Test func `each file is in the table, for those whose pages it tells of`() async throws {
        let site = FixtureSite("gazette")
        defer { site.remove() }
        try await site.build()
        let routes = try routes(site)
        let open = [
            "/feed.json", "/feed.xml", "/llms.txt", "/news/feed.json", "/news/feed.xml", "/robots.txt",
            "/sitemap.xml",
        ]
        let members = [
            "/for/members/feed.json", "/for/members/feed.xml", "/for/members/llms.txt",
            "/news/for/members/feed.json", "/news/for/members/feed.xml", "/notes/for/members/feed.json",
            "/notes/for/members/feed.xml",
        ]
        let board = ["/board/feed.json", "/board/feed.xml"]
        let files = routes.values.filter { route in
            route.kind == .asset
                && !["/assets/", GateTable.searchRoot].contains { route.path.text.hasPrefix($0) }
        }
        #expect(files.map(\.path.text).sorted() == (open + members + board).sorted())
        for path in open { #expect(routes[path]?.visibility == .public, "\(path)") }
        for path in members {
            #expect(routes[path]?.visibility == .private && routes[path]?.requirements == [], "\(path)")
        }
        for path in board {
            #expect(routes[path]?.requirements == [Requirement(teams: ["board"])], "\(path)")
        }
        #expect(routes["/feed.xml"]?.mediaType == "application/atom+xml; charset=utf-8")
        #expect(routes["/feed.json"]?.mediaType == "application/feed+json; charset=utf-8")
    }

    @Test func `a feed tells the newest first, with whole addresses and a date of its own`() async throws {
        let site = FixtureSite("gazette")
        defer { site.remove() }
        try await site.build()
        let atom = try #require(site.text("public/feed.xml"))
        #expect(Elements("title", in: atom).found == ["The Gazette", "Open 3", "Open 2", "Open 1"])
        #expect(Elements("id", in: atom).found.first == "https://gazette.example/feed.xml")
        #expect(Elements("id", in: atom).found.last == "https://gazette.example/news/open-1/")
        #expect(Elements("updated", in: atom).found.first == "2025-03-01T00:00:00Z")
        #expect(Elements("summary", in: atom).found == ["The open 3.", "The open 2.", "The open 1."])
        let members = try #require(site.text("private/for/members/feed.xml"))
        #expect(
            Elements("title", in: members).found == [
                "The Gazette", "A teaser", "Opaltitle", "Quartztitle", "Open 3", "Open 2", "Open 1",
            ]
        )
        let json = try #require(site.text("public/news/feed.json"))
        let feed = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(feed["title"] as? String == "News · The Gazette")
        #expect(
            (feed["items"] as? [[String: Any]])?.map { $0["title"] as? String } == [
                "Open 3", "Open 2", "Open 1",
            ]
        )
    }

    @Test func `the site map names every public page and list, and no other`() async throws {
        let site = FixtureSite("gazette")
        defer { site.remove() }
        try await site.build()
        let map = try #require(site.text("public/sitemap.xml"))
        let table = try routes(site).values.filter { $0.kind == .page && $0.visibility == .public }
        #expect(
            Elements("loc", in: map).found
                == table.map { "https://gazette.example" + $0.path.encoded }.sorted()
        )
        #expect(Elements("lastmod", in: map).found == ["2025-01-01", "2025-02-01", "2025-03-01"])
        #expect(
            site.text("public/robots.txt")
                == "User-agent: *\nDisallow:\n\nSitemap: https://gazette.example/sitemap.xml\n"
        )
    }

    @Test func `llms.txt lists pages by their outermost folder`() async throws {
        let site = FixtureSite("gazette")
        defer { site.remove() }
        try await site.build()
        #expect(
            site.text("public/llms.txt") == """
                # The Gazette

                > Welcome.

                ## News

                - [Open 3](https://gazette.example/news/open-3/): The open 3.
                - [Open 2](https://gazette.example/news/open-2/): The open 2.
                - [Open 1](https://gazette.example/news/open-1/): The open 1.
                - [News](https://gazette.example/news/): What is new.

                ## Pages

                - [Home](https://gazette.example/): Welcome.

                ## Notes

                - [Notes](https://gazette.example/notes/)

                """
        )
        let members = site.text("private/for/members/llms.txt") ?? ""
        #expect(members.contains("Quartztitle") && !members.contains("Jasper"))
    }

    @Test func `what no XML may hold stands in no feed and in no site map`() async throws {
        let site = try FixtureSite(writing: [
            "content/a&b.md":
                "---\ntitle: \"<b> & \\x01 \\u0008 \\uFFFE \\\"]]>\"\ndate: 2025-01-01\n---\nText \u{1b}[1m & <\n"
        ])
        defer { site.remove() }
        try await site.build()
        let atom = try #require(site.text("public/feed.xml"))
        #expect(Elements("title", in: atom).found == ["Small", "<b> & \u{fffd} \u{fffd} \u{fffd} \"]]>"])
        #expect(
            Elements("loc", in: site.text("public/sitemap.xml") ?? "").found.contains(
                "http://localhost:8080/a%26b/"
            )
        )
    }

    @Test func `a file of one's own comes first, and settings turn them off`() async throws {
        let site = try FixtureSite(
            writing: ["content/robots.txt": "mine", "content/a.md": "---\ndate: 2025-01-01\n---\n"],
            config: "build: { feeds: [json], llms: false }"
        )
        defer { site.remove() }
        try await site.build()
        #expect(site.text("public/robots.txt") == "mine")
        #expect(site.text("public/feed.json") != nil && site.text("public/feed.xml") == nil)
        #expect(site.text("public/llms.txt") == nil)
        let none = try FixtureSite(writing: [:], config: "build: { sitemap: false }")
        defer { none.remove() }
        try await none.build()
        #expect(none.text("public/sitemap.xml") == nil && none.text("public/robots.txt") == nil)
        #expect(none.text("public/feed.xml") == nil, "no page has a date")
    }

    @Test func `a private rule for its address leaves a public file out`() async throws {
        let site = try FixtureSite(
            writing: ["content/a.md": "---\ndate: 2025-01-01\n---\n"],
            config: "visibility: { rules: [{ path: /feed.xml, visibility: private }] }"
        )
        defer { site.remove() }
        try await site.build()
        #expect(try routes(site)["/feed.xml"] == nil && routes(site)["/feed.json"] != nil)
    }

    @Test func `a page with 'sitemap: false' is in neither list`() async throws {
        let site = try FixtureSite(writing: ["content/a.md": "---\ntitle: Hidden\nsitemap: false\n---\n"])
        defer { site.remove() }
        try await site.build()
        #expect(site.text("public/sitemap.xml")?.contains("/a/") == false)
        #expect(site.text("public/llms.txt")?.contains("Hidden") == false)
    }

    @Test func `public pages have cards with whole addresses, and private ones have none`() async throws {
        let page =
            "{{#social}}{{title}}|{{description}}|{{url}}|{{image}}|{{type}}|{{{json_ld}}}{{/social}}\n"
        let site = try FixtureSite(writing: [
            "themes/plain/layouts/page.mustache": "{{page.title}} " + page,
            "content/a/index.md":
                "---\ntitle: \"A</script>\\x01\\\\\"\nimage: plan.png\nauthor: Ann\ndate: 2025-01-01\n---\nFirst words.\n",
            "content/a/plan.png": "", "content/b.md": "---\nvisibility: private\n---\nB.\n",
        ])
        defer { site.remove() }
        try await site.build()
        let card = try #require(site.text("public/a/index.html"))
        #expect(
            card.contains(
                "A&lt;/script&gt;\u{1}\\|First words.|http://localhost:8080/a/|http://localhost:8080/a/plan.png|article|{"
            )
        )
        let json = card.suffix(from: try #require(card.firstIndex(of: "{")))
        #expect(!json.contains("<"))
        let read = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(read["headline"] as? String == "A</script>\u{1}\\" && read["@type"] as? String == "Article")
        #expect(site.text("private/b/index.html") == "b \n")
    }

    @Test func `a card's picture that its readers may not see is an error`() async throws {
        let site = try FixtureSite(writing: [
            "content/a.md": "---\nimage: m/plan.png\n---\n", "content/m/plan.png": "",
            "content/m/index.md": "---\nvisibility: private\n---\n",
        ])
        defer { site.remove() }
        #expect(
            try await site.problems().hasPrefix(
                "content/a.md:2:8: error: a guest would see a broken image: 'm/plan.png' is private"
            )
        )
    }

    @Test func `the feed of a section ends with it`() async throws {
        let site = try FixtureSite(
            writing: [
                "content/index.md": "", "content/n/_index.md": "---\ntitle: N\nexpires: 2099-01-01\n---\n",
                "content/n/a.md": "---\ntitle: A\ndate: 2025-01-01\n---\n",
            ],
            config: "build: { feeds: [json] }"
        )
        defer { site.remove() }
        try await site.build()
        let feeds = try routes(site).filter { $0.key.hasSuffix("feed.json") }
        #expect(feeds["/n/feed.json"]?.expires == 4_070_908_800, "\(feeds)")
        #expect(feeds["/feed.json"].map { $0.expires == nil } == true, "\(feeds)")
    }

    @Test func `a page leads to the feeds that its readers may read`() async throws {
        let site = try FixtureSite(writing: [
            "themes/plain/layouts/page.mustache": "{{page.title}}{{#feeds}} {{href}}{{/feeds}}",
            "content/n/_index.md": "---\ntitle: N\n---\n",
            "content/n/a.md": "---\ntitle: A\ndate: 2025-01-01\n---\n",
            "content/n/b.md": "---\ntitle: B\ndate: 2025-01-02\nvisibility: private\n---\n",
        ])
        defer { site.remove() }
        try await site.build()
        #expect(site.text("public/n/a/index.html") == "A /n/feed.xml /n/feed.json /feed.xml /feed.json")
        #expect(
            site.text("private/n/b/index.html")
                == "B /n/for/members/feed.xml /n/for/members/feed.json /for/members/feed.xml /for/members/feed.json"
        )
    }
}
