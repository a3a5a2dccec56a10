import Foundation
import Gate
import Ground
import Testing

@testable import Site

/// Sites with a search: which pages are in which index, and under which names.
struct SearchTests {
    private static let club = [
        "content/index.md": "---\ntitle: Home\n---\nEverybody reads wombat.\n",
        "content/about.md": "---\ntitle: About\nexpires: 2030-01-01\n---\nWallaby.\n",
        "content/hidden.md": "---\ntitle: Hidden\nsearch: false\n---\nNumbat.\n",
        "content/404.md": "---\ntitle: Lost\n---\nQuoll.\n",
        "content/draft.md": "---\ntitle: Draft\ndraft: true\n---\nBilby.\n",
        "content/members/fees.md": "---\ntitle: Fees\n---\n## Terms\n\nMembers read quokka.\n",
        "content/members/pro.md":
            "---\ntitle: Pro\nvisibility: private\nallow: { labels: [pro] }\n---\nBandicoot.\n",
    ]
    private static let config = "visibility: { rules: [{ path: /members/**, visibility: private }] }\n"

    private func site(_ more: [String: String] = [:], config: String = "") throws -> FixtureSite {
        try FixtureSite(searching: Self.club.merging(more) { $1 }, config: Self.config + config)
    }

    @Test
    func `a page is in the index of those who may read it, and in no other`() async throws {
        let site = try site()
        defer { site.remove() }
        try await site.build()
        #expect(
            try site.searchable().mapValues { $0.sorted() } == [
                "public": ["/", "/about/"], "private": ["/members/fees/"],
                "private label pro": ["/members/pro/"],
            ]
        )
        let files = try site.files().filter { $0.key.contains("/_search/") }
        for (word, rule) in [("quokka", "private/"), ("bandicoot", "private/"), ("wombat", "public/")] {
            let holders = files.filter {
                String(decoding: $0.value, as: UTF8.self).lowercased().contains(word)
            }
            #expect(holders.count >= 2 && holders.allSatisfy { $0.key.hasPrefix(rule) }, "\(word)")
        }
        for word in ["numbat", "quoll", "bilby"] {
            #expect(
                !files.values.contains { String(decoding: $0, as: UTF8.self).lowercased().contains(word) }
            )
        }
    }

    @Test
    func `the names of indexes for everyone are the same whatever is private beside their pages`()
        async throws
    {
        let german = ["content/de/index.md": "---\ntitle: Start\n---\nAlle lesen Wombat.\n"]
        let secret = [
            "content/members/gold.md":
                "---\ntitle: Gold\nvisibility: private\nallow: { labels: [gold] }\n---\nDingo.\n"
        ]
        var names: [Set<String>] = []
        for more in [german, german.merging(secret) { $1 }] {
            let site = try site(more, config: "languages: [de]\n")
            defer { site.remove() }
            try await site.build()
            names.append(Set(try site.files().keys.filter { $0.hasPrefix("public/_search/") }))
        }
        #expect(names[0].count > 4)
        #expect(names[0] == names[1])
    }

    @Test
    func `every page of a language begins at the same addresses, and these tell a guest nothing`()
        async throws
    {
        let site = try site()
        defer { site.remove() }
        try await site.build()
        for page in [
            "public/index.html", "private/members/fees/index.html", "private/members/pro/index.html",
        ] {
            #expect(site.text(page)?.hasPrefix("/_search/en.json /_search/en.members.json\n") == true)
        }
        let table = try GateTable(json: #require(try site.files()["gate.json"]))
        let members = try #require(PagePath("/_search/en.members.json").flatMap { table[$0] })
        #expect(members.visibility == .private && members.requirements.isEmpty)
        let open = try #require(site.text("public/_search/en.json"))
        // Two indexes: one of pages that stay, one of those that go.
        #expect(open.matches(of: /_search\/[0-9a-f]{16}[\/.]/).count == 2)
        let hidden = try site.files().keys.compactMap {
            $0.firstMatch(of: /private\/_search\/([0-9a-f]+)\//)?.1
        }
        #expect(Set(hidden).count == 2 && hidden.allSatisfy { $0.count == 32 })
        for name in hidden { #expect(!open.contains(name)) }
    }

    @Test
    func `an index of pages that go is gone with the first of them`() async throws {
        let site = try site(["content/news.md": "---\ntitle: News\nexpires: 2029-01-01\n---\nEmu.\n"])
        defer { site.remove() }
        try await site.build()
        let table = try GateTable(json: #require(try site.files()["gate.json"]))
        let page = try #require(PagePath("/news/").flatMap { table[$0] })
        let ends = Dictionary(
            grouping: table.routes.filter { $0.path.text.hasPrefix("/_search/") },
            by: \.expires
        )
        #expect(Set(ends.keys) == [nil, page.expires])
        #expect(ends[page.expires]?.count == 3)
    }

    @Test(arguments: [("build: { search: false }\n", true), ("", false)])
    func `without a search in settings or theme there are no indexes`(config: String, hasSearch: Bool)
        async throws
    {
        let layout = hasSearch ? [:] : ["themes/plain/layouts/page.mustache": "{{{content}}}"]
        let site = try site(layout, config: config)
        defer { site.remove() }
        try await site.build()
        #expect(try site.files().keys.allSatisfy { !$0.contains("_search") })
        if hasSearch { #expect(site.text("public/index.html")?.hasPrefix("\n") == true) }
    }

    @Test
    func `each language has an index of its own, with its own stems`() async throws {
        let site = try site(
            [
                "content/de/index.md": "---\ntitle: Start\n---\nHäuser.\n",
                "content/de/haus.md": "---\ntitle: Haus\n---\nRun.\n",
            ],
            config: "languages: [de, fr]\n"
        )
        defer { site.remove() }
        try await site.build()
        #expect(site.text("public/de/index.html")?.hasPrefix("/_search/de.json \n") == true)
        #expect(site.text("public/_search/fr.json") == nil)
        let file = try #require(
            site.text("public/_search/de.json")?.firstMatch(of: /_search\/[0-9a-f]+\//).map {
                String($0.output)
            }
        )
        #expect(site.text("public/\(file)w0.json")?.contains("\"haus hauser\"") == true)
    }

    @Test
    func `the names of an index change with its pages and only with them`() async throws {
        let site = try site()
        defer { site.remove() }
        func names() throws -> Set<String> { Set(try site.files().keys.filter { $0.contains("/_search/") }) }
        try await site.build()
        let first = try names()
        try site.write("---\ntitle: Hidden\nsearch: false\n---\nOther words.\n", to: "content/hidden.md")
        try await site.build()
        #expect(try names() == first)
        try site.write("---\ntitle: Home\n---\nOther words.\n", to: "content/index.md")
        try await site.build()
        let second = try names()
        #expect(first.filter { $0.hasPrefix("private/") } == second.filter { $0.hasPrefix("private/") })
        #expect(first.subtracting(second).count == 2)
    }

    @Test(arguments: [2, 5])
    func `the number of jobs changes no byte of an index`(jobs: Int) async throws {
        var pages: [String: String] = [:]
        for number in 0..<300 {
            let words = (0..<40).map { "word\(number * $0 % 97)" }.joined(separator: " ")
            pages["content/posts/p\(number).md"] = "---\ntitle: Post \(number)\n---\n## Part\n\n\(words)\n"
        }
        let site = try FixtureSite(searching: pages)
        defer { site.remove() }
        try await site.build(BuildOptions(jobs: 1, now: 1_764_000_000))
        let one = try site.files()
        let report = try await site.build(BuildOptions(jobs: jobs, now: 1_764_000_000))
        #expect(try report.unchanged && site.files() == one)
        #expect(one.keys.count { $0.contains("/_search/") } > 10)
        #expect(try site.searchable()["public"]?.count == 301)
    }

    @Test
    func `nothing of content lies where the search is`() async throws {
        let site = try site(["content/other.md": "---\nurl: /_search/en.json\n---\n"])
        defer { site.remove() }
        let problems = try await site.problems()
        #expect(
            problems.contains(
                "nothing in content can be at /_search/en.json: the search has its files below /_search/"
            )
        )
    }
}
