import Compression
import Foundation
import Ground
import Testing

@testable import Site

/// Releases into which something private was put by hand, as a theme or a list might by mistake.
struct LeakTests {
    /// A private page of many words.
    ///
    /// The public front page links to it.
    private static let fees = """
        ---
        title: Quillwort Rates
        description: What the ironbark boathouse charges.
        tags: [saltmarsh]
        params: { note: the dovetail of all our hidden plans }
        visibility: private
        ---
        ## Foxglove terms

        Each rower owes **eleven thistle crowns** by the [first](../index.md) day of the frosty season.

        - Bring your hornbeam oars
        - Spindrift

        ![A larkspur chart with seven willow bars](chart.avif)
        """

    private func site(_ more: [String: String] = [:]) throws -> FixtureSite {
        try FixtureSite(
            writing: [
                "content/index.md": "---\ntitle: Home\n---\nA word for [members](members/rates-2026.md).\n",
                "content/members/rates-2026.md": Self.fees,
                "content/members/chart.avif": "\u{89}PNG chart",
            ].merging(more) { $1 },
            config: "visibility: { rules: [{ path: /members/**, visibility: private }] }"
        )
    }

    /// Builds, and puts something into the finished public tree before it is searched.
    private func problems(
        _ site: FixtureSite,
        adding text: some StringProtocol,
        to file: String = "index.html"
    ) async throws -> String {
        try await problems(site, adding: Array(text.utf8), to: file)
    }

    private func problems(
        _ site: FixtureSite,
        adding bytes: [UInt8],
        to file: String
    ) async throws -> String {
        var options = BuildOptions(now: 1_764_000_000)
        options.onLeakSearch = { folder in
            let path = "\(folder)/public/\(file)"
            let before = FileManager.default.contents(atPath: path) ?? Data()
            try (before + bytes).write(to: URL(fileURLWithPath: path))
        }
        return try await site.problems(options)
    }

    @Test func `nothing is found where nothing leaks`() async throws {
        let site = try site()
        defer { site.remove() }
        #expect(try await site.problems() == "")
    }

    static let leaks: [(String, String)] = [
        ("Quillwort Rates", "2: error: the title"),
        ("<a title='quillwort-RATES'>", "2: error: the title"),
        ("What the ironbark boathouse charges", "3: error: the description"),
        (
            "<meta name=\"description\" content=\"What the ironbark boathouse charges.\">",
            "3: error: the description"
        ),
        ("<li>saltmarsh</li>", "4: error: a tag"),
        ("<h2>Foxglove Terms</h2>", "8: error: a heading"),
        ("owes eleven thistle crowns by the first day", "10: error: words"),
        ("<p>rower owes <b>eleven</b> <a href='/'>thistle crowns</a> by the</p>", "10: error: words"),
        ("day of\nthe frosty&nbsp;season — each", ""),
        ("first day of the frosty season", "10: error: words"),
        ("<script>let x = \"crowns by the first day of the frosty season\"</script>", "10: error: words"),
        ("<!-- rower owes eleven thistle crowns by -->", "10: error: words"),
        ("Bring your hornbeam oars", "12: error: words"),
        ("A larkspur chart with seven willow bars", "15: error: words"),
        ("the dovetail of all our hidden plans", "5: error: words"),
        ("<a href=\"/x/rates-2026/\">", ""),
        ("Rates", ""), ("Spindrift", ""), ("eleven thistle crowns", ""),
    ]

    @Test(arguments: leaks)
    func `what only a private page says is found wherever it stands`(text: String, says: String) async throws
    {
        let site = try site()
        defer { site.remove() }
        let problems = try await problems(site, adding: text)
        #expect(
            says.isEmpty ? problems.isEmpty : problems.hasPrefix("content/members/rates-2026.md:\(says)"),
            "\(problems)"
        )
        if !says.isEmpty { #expect(problems.contains("public/index.html")) }
    }

    @Test func `the finding names both places, quotes the words and advises`() async throws {
        let site = try site()
        defer { site.remove() }
        #expect(
            try await problems(site, adding: "rower owes eleven thistle crowns by the first")
                == """
                content/members/rates-2026.md:10: error: words of this private page stand in public/index.html: \
                'rower owes **eleven thistle crowns** by'
                    no public source says this: look for the template or the list that shows it; if everyone may know it, \
                write it in a public page
                """
        )
    }

    @Test(arguments: [
        (
            "feed.xml",
            "<content>&lt;p&gt;Rower owes &lt;b&gt;eleven&lt;/b&gt; thistle crowns by&lt;/p&gt;</content>"
        ),
        ("feed.json", #"{"content_html":"<p>rower\nowes <b>eleven<\/b> th\u0069stle crowns by"}"#),
        ("search.json", #"[{"t":"Home"},{"t":"Quillwort Rates"}]"#),
        ("sitemap.xml", "<loc>http://localhost:8080/members/saltmarsh</loc>"),
        ("notes.txt", "ROWER OWES, eleven thistle—crowns by"), ("app.js", "x='Quillwort Rates'"),
        ("picture.jpg", "\u{0}Exif\u{0}\u{0}Quillwort Rates\u{0}"),
    ])
    func `feeds, indexes, texts and pictures are read`(file: String, text: String) async throws {
        let site = try site()
        defer { site.remove() }
        #expect(try await problems(site, adding: text, to: file).contains(" in public/\(file): "))
    }

    @Test(arguments: [("index.html.gz", ContentCoding.gzip), ("index.html.br", .br)])
    func `compressed twins are expanded`(file: String, coding: ContentCoding) async throws {
        let site = try site()
        defer { site.remove() }
        let page = try coding.compress(Array("<p>rower owes <b>eleven</b> thistle crowns by".utf8), .quick)
        #expect(try await problems(site, adding: page, to: file).contains(" in public/\(file): "))
    }

    @Test func `a title in UTF-16 is read, as cameras write it`() async throws {
        let site = try site()
        defer { site.remove() }
        let title = "Quillwort Rates".utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
        #expect(
            try await problems(site, adding: [0, 1, 2] + title + [0, 0], to: "a.jpg").contains("the title")
        )
    }

    @Test func `what a public author writes is public`() async throws {
        let site = try site([
            "content/news.md":
                "Quillwort Rates: each rower owes eleven thistle crowns by the first day. Foxglove terms. Saltmarsh.\n"
        ])
        defer { site.remove() }
        #expect(
            try await problems(site, adding: "Quillwort Rates owes eleven thistle crowns by Saltmarsh") == ""
        )
    }

    @Test func `a teaser gives its title and its address away, and no more`() async throws {
        let site = try site([
            "content/members/open-house.md":
                "---\ntitle: Bluebell Evening\nteaser: true\n---\n# Bluebell Evening\n\n## Marigold speech\n"
        ])
        defer { site.remove() }
        #expect(try await problems(site, adding: "<a href='/members/open-house/'>Bluebell Evening</a>") == "")
        #expect(
            try await problems(site, adding: "Marigold speech").contains("a heading of this private page")
        )
    }

    @Test func `addresses of private pages and files, and their digests, are found`() async throws {
        let site = try site([
            "content/members/plans/cuckooflower.md": "", "content/members/plans/harebell.csv": "a,b",
        ])
        defer { site.remove() }
        #expect(
            try await problems(site, adding: "<a href=\"/members/plans/cuckooflower/\">").hasPrefix(
                "content/members/plans/cuckooflower.md: error: the title of this private page"
            )
        )
        let digest = FileDigest(of: Array("a,b".utf8)).hex
        for text in ["/x/harebell.csv", digest, "x.\(digest.prefix(10)).csv"] {
            #expect(
                try await problems(site, adding: text).hasPrefix("content/members/plans/harebell.csv: error")
            )
        }
    }

    @Test func `terms, authors and old addresses of private pages are found`() async throws {
        let site = try FixtureSite(
            writing: [
                "content/index.md": "Home\n",
                "content/members/a.md":
                    "---\nauthor: Amaranth Bryony\ntopics: [toadflax]\naliases: [/members/speedwell/]\n---\nx\n",
                "content/members/b.md": "---\nteaser: true\naliases: [/members/pimpernel/]\n---\nx\n",
            ],
            config:
                "taxonomies: [topics]\nvisibility: { rules: [{ path: /members/**, visibility: private }] }"
        )
        defer { site.remove() }
        for (text, says) in [
            ("by Amaranth Bryony", "content/members/a.md:2: error: the author"),
            ("<li>Toadflax</li>", "content/members/a.md:3: error: a tag"),
            ("<a href=\"/members/speedwell/\">", "content/members/a.md:4: error: the address"),
        ] {
            let problems = try await problems(site, adding: text)
            #expect(problems.hasPrefix(says), "\(problems)")
        }
        #expect(try await problems(site, adding: "/members/pimpernel/") == "")
    }

    @Test func `words of a private text file are found`() async throws {
        let site = try site(["content/members/list.txt": "Ada keeps the copper key below the third step\n"])
        defer { site.remove() }
        #expect(
            try await problems(site, adding: "keeps the copper key below the").contains(
                "content/members/list.txt:1: error: words of this private file stand in public/index.html"
            )
        )
    }

    @Test func `one leak in many files is told once`() async throws {
        let site = try site()
        defer { site.remove() }
        var options = BuildOptions(now: 1_764_000_000)
        options.onLeakSearch = { folder in
            for name in ["a", "b", "c"] {
                try "Quillwort Rates".write(
                    toFile: "\(folder)/public/\(name).txt",
                    atomically: true,
                    encoding: .utf8
                )
            }
        }
        let problems = try await site.problems(options)
        #expect(problems.contains("stands in public/a.txt and in 2 more public files: 'Quillwort Rates'"))
        #expect(problems.split(separator: "\n").count == 2)
    }
}
