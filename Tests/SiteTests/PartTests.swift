import Foundation
import Gate
import Ground
import Settings
import Testing

@testable import Site

/// Pages with parts for some of their readers, in whole sites.
struct PartTests {
    private static let config = """
        visibility:
          rules:
            - { path: /members/**, visibility: private }
            - { path: /pro/**, visibility: private, allow: { labels: [pro] } }
            - { path: /plans/hidden.svg, visibility: private }
            - { path: /_partials/inner/, visibility: private, allow: { labels: [pro] } }
        markdown: { dialect: [gfm, markdoc] }
        build: { feeds: [atom, json], sitemap: true, llms: true, compress: [gzip] }

        """

    private static let layout = """
        {{page.title}}|{{#member}}member{{/member}}|{{page.words}} {{page.minutes}}|{{#headings}}{{text}};{{/headings}}|
        {{#social}}{{description}} {{{json_ld}}}{{/social}}|{{#site.menu}}{{title}};{{/site.menu}}|{{page.summary_text}}
        {{{content}}}
        {{#pages}}<li>{{title}} {{summary_text}} {{minutes}}</li>{{/pages}}

        """

    private static let invitation =
        "<aside>{{#block}}block{{/block}} {{#member}}upgrade {{#labels}}{{.}}{{/labels}}{{/member}}{{^member}}<a href=\"{{sign_in}}\">join</a>{{/member}}</aside>\n"

    private func site(_ files: [String: String], config: String = config) throws -> FixtureSite {
        let own = [
            "themes/plain/layouts/page.mustache": Self.layout,
            "themes/plain/partials/invitation.mustache": Self.invitation,
            "content/index.md": "---\ntitle: Home\n---\nEveryone is welcome here.\n",
            "content/members/index.md": "---\ntitle: Quarters\nmenu: true\n---\nThe zebrawood room.\n",
        ]
        return try FixtureSite(writing: own.merging(files) { $1 }, config: config)
    }

    private func problems(_ files: [String: String], config: String = config) async throws -> String {
        let site = try site(files, config: config)
        defer { site.remove() }
        return try await problems(of: site)
    }

    /// Without the warnings about rules that name nothing in a small site.
    private func problems(of site: FixtureSite, _ options: BuildOptions = BuildOptions(now: 1_764_000_000))
        async throws -> String
    {
        try await site.problems(options).split(separator: "\n")
            .filter {
                !$0.contains("is named by the private rule")
                    && !$0.contains("rules speak of addresses such as")
            }
            .joined(separator: "\n")
    }

    private static let fees = """
        ---
        title: Fees
        date: 2025-03-01
        ---
        The price is {% members %}quinceword thistlecrowns[^1]{% else /%}on request{% /members %}.

        ## Terms

        {% members labels="pro" %}
        ## Pearheading

        The pearword discount is for the pro members of this club.

        ![](plans/hidden.svg)
        {% members teams=["board"] %}
        The plumword of the board stands here for few eyes only.
        {% /members %}
        {% /members %}

        {% members verified=true %}
        The medlarword waits for everyone with a verified address.
        {% /members %}

        [^1]: The damsonword stands in a note.

        """

    private func feesSite() throws -> FixtureSite {
        try site([
            "content/fees.md": Self.fees, "content/plans/hidden.svg": "<svg><title>sloeword</title></svg>",
            "content/list/_index.md": "---\ntitle: List\n---\n",
            "content/list/a.md":
                "---\ntitle: A\n---\n{% members %}Cherryword{% /members %}\n\nFirst open words.\n",
        ])
    }

    private static let words = [
        "quinceword", "thistlecrowns", "Pearheading", "pearword", "plumword", "medlarword", "damsonword",
        "sloeword", "Cherryword",
    ]

    @Test func `no public byte says what stands in a part, nor do the names of files`() async throws {
        let site = try feesSite()
        defer { site.remove() }
        #expect(try await problems(of: site) == "")
        let files = try site.files().filter { !$0.key.hasPrefix("theme/") }
        for word in Self.words {
            let forms = [word, word.lowercased()].map { Data($0.utf8) }
            let holders = files.filter { name, bytes in
                name.contains(word) || forms.contains { bytes.range(of: $0) != nil }
            }.map(\.key)
            #expect(!holders.isEmpty, "\(word) is nowhere")
            #expect(holders.allSatisfy { $0.hasPrefix("private/") }, "\(word) is in \(holders)")
        }
        let home = try #require(site.text("public/fees/index.html"))
        #expect(!home.contains("xxx"))
        #expect(home.contains("Fees||6 1|Terms;|"))
        #expect(home.contains("<p>The price is on request.</p>"))
        #expect(home.contains("<aside>block <a href=\"/login?to=/fees/\">join</a></aside>"))
        #expect(site.text("public/llms.txt")?.contains("The price is on request.") == true)
        #expect(site.text("public/feed.xml")?.contains("The price is on request.") == true)
        #expect(site.text("public/list/index.html")?.contains("A First open words. 1") == true)
    }

    @Test func `there is one rendering for each kind of reader, most demanding first`() async throws {
        let site = try feesSite()
        defer { site.remove() }
        try await site.build()
        let table = try GateTable(json: #require(site.files()["gate.json"]))
        let route = try #require(table[PagePath("/fees/") ?? .root])
        let asked = (route.renderings ?? []).map {
            Editions.name(
                of: Access(visibility: .private, requirements: $0.requirements, place: Place(file: ""))
            )
        }
        #expect(
            asked == [
                "label-pro-and-team-board-and-verified", "label-pro-and-team-board", "label-pro-and-verified",
                "label-pro", "verified", "members",
            ]
        )
        let texts = (route.renderings ?? []).map { site.text("private/\($0.file)") ?? "" }
        func holders(_ word: String) -> [Int] { texts.indices.filter { texts[$0].contains(word) } }
        #expect(holders("quinceword") == [0, 1, 2, 3, 4, 5] && holders("damsonword") == [0, 1, 2, 3, 4, 5])
        #expect(holders("pearword") == [0, 1, 2, 3] && holders("plumword") == [0, 1])
        #expect(holders("medlarword") == [0, 2, 4])
        // Members see the site as members do.
        #expect(texts.allSatisfy { $0.contains("|member|") && $0.contains("|Quarters;|") })
        #expect(site.text("public/fees/index.html")?.contains("Quarters") == false)
        #expect(texts[5].contains("<aside>block upgrade pro</aside>"))
        #expect(texts[3].contains("Terms;Pearheading;"))
        // Each has its compressed twin where it gains.
        #expect(table.readings.filter { $0.path == route.path }.count == 7)
    }

    @Test(arguments: [1, 2, 7])
    func `the number of jobs changes no byte`(jobs: Int) async throws {
        let (one, many) = (try feesSite(), try feesSite())
        defer {
            one.remove()
            many.remove()
        }
        try await one.build(BuildOptions(jobs: 1, now: 1_764_000_000))
        try await many.build(BuildOptions(jobs: jobs, now: 1_764_000_000))
        #expect(try one.files() == many.files())
    }

    @Test func `the same words of a theme or a list in a public file are found`() async throws {
        for word in [
            "the pearword discount is for the pro members", "Pearheading", "The damsonword stands in a note",
        ] {
            let site = try feesSite()
            defer { site.remove() }
            var options = BuildOptions(now: 1_764_000_000)
            options.onLeakSearch = { folder in
                let path = "\(folder)/public/index.html"
                let before = FileManager.default.contents(atPath: path) ?? Data()
                try (before + Data("<p>\(word)</p>".utf8)).write(to: URL(fileURLWithPath: path))
            }
            let problems = try await problems(of: site, options)
            #expect(
                problems.contains("content/fees.md:") && problems.contains("error: "),
                "\(word): \(problems)"
            )
        }
    }

    @Test func `a private page may hold parts for fewer of its members`() async throws {
        let site = try site([
            "content/members/rates.md":
                "---\ntitle: Rates\n---\nAll read this.\n\n{% members labels=\"pro\" %}\nAppleword\n{% /members %}\n"
        ])
        defer { site.remove() }
        #expect(try await problems(of: site) == "")
        let table = try GateTable(json: #require(site.files()["gate.json"]))
        let route = try #require(table[PagePath("/members/rates/") ?? .root])
        #expect(route.visibility == .private && route.requirements.isEmpty)
        #expect(route.renderings?.map(\.requirements) == [[Requirement(labels: ["pro"])]])
        #expect(site.text("private/members/rates/index.html")?.contains("upgrade pro") == true)
        #expect(site.text("private/members/rates/index.html")?.contains("Appleword") == false)
    }

    @Test func `what every reader of the page reads anyhow is warned of`() async throws {
        let problems = try await problems([
            "content/pro/a.md": "{% members labels=[\"pro\", \"gold\"] %}\nx\n{% /members %}\n"
        ])
        #expect(
            problems.contains(
                "content/pro/a.md:1:1: warning: everyone who may read this page may read this part"
            )
        )
    }

    @Test
    func `a heading that is all a part gives those who do not get it no title and no line of the contents`()
        async throws
    {
        let heading = "{% members %}Lycheeword{% /members %}"
        let site = try site([
            "content/a.md": "# \(heading)\n\n## \(heading)\n\n## Open\n",
            "content/named-by-file.md": "# \(heading)\n",
        ])
        defer { site.remove() }
        #expect(try await problems(of: site) == "")
        let page = try #require(site.text("public/a/index.html"))
        #expect(page.hasPrefix("Open|") && page.contains("|Open;|"), "\(page)")
        #expect(site.text("public/named-by-file/index.html")?.hasPrefix("named by file|") == true)
    }

    @Test
    func
        `a picture that only a part shows must not be public, and one that is private must not be shown around it`()
        async throws
    {
        let part = "{% members %}\n![](a.svg)\n{% /members %}\n"
        #expect(
            try await problems(["content/x/index.md": part, "content/x/a.svg": "<svg/>"]).contains(
                "content/x/a.svg: error: only private pages and parts for some use this file, such as content/x/index.md, but everyone could read it"
            )
        )
        let ruled = Self.config.replacing(
            "/plans/hidden.svg, visibility: private",
            with: "/x/a.svg, visibility: private"
        )
        #expect(
            try await problems(["content/x/index.md": part, "content/x/a.svg": "<svg/>"], config: ruled) == ""
        )
        let shown = ["content/x/index.md": part + "\n![](a.svg)\n", "content/x/a.svg": "<svg/>"]
        #expect(
            try await problems(shown, config: ruled).contains(
                "error: a guest would see a broken image: 'a.svg'"
            )
        )
        // Whoever is pro and verified is pro.
        #expect(
            try await problems([
                "content/x/index.md":
                    "{% members labels=\"pro\" verified=true %}\n![](../pro/b.svg)\n{% /members %}\n",
                "content/pro/b.svg": "<svg/>", "content/pro/index.md": "![](b.svg)\n",
            ]) == ""
        )
        #expect(
            try await problems([
                "content/x/index.md": "{% members %}\n![](../pro/b.svg)\n{% /members %}\n",
                "content/pro/b.svg": "<svg/>",
                "content/pro/index.md": "![](b.svg)\n",
            ]).contains("error: some members who may read this part would see a broken image")
        )
    }

    @Test func `a private partial may be included where those read who may read it`() async throws {
        let partial = ["content/_partials/inner.md": "Figword of the inner partial stands here\n"]
        func page(_ tag: String) -> [String: String] {
            partial.merging(["content/a.md": "\(tag)\n{% partial file=\"inner.md\" /%}\n{% /members %}\n"]) {
                $1
            }
        }
        #expect(try await problems(page("{% members labels=\"pro\" %}")) == "")
        let problem = try await problems(page("{% members %}"))
        #expect(
            problem.contains(
                "content/a.md:2:1: error: some members who may read this part would read what is private"
            )
        )
    }

    @Test func `a link must find its heading on whatever its readers get`() async throws {
        let target = "content/t.md"
        let text =
            "{% members labels=\"pro\" %}\n## Secret\n{% else /%}\n## Open\n{% /members %}\n\n## Shared\n"
        func problems(_ link: String) async throws -> String {
            try await self.problems([target: text, "content/a.md": link + "\n"])
        }
        #expect(try await problems("[x](t.md#shared)") == "")
        #expect(
            try await problems("[x](t.md#secret)").contains(
                "1:1: error: not everyone who reads this link sees the heading '#secret' on /t/"
            )
        )
        #expect(try await problems("[x](t.md#open)").contains("not everyone who reads this link"))
        #expect(try await problems("[x](t.md#nothing)").contains("there is no heading '#nothing'"))
        #expect(try await problems("{% members labels=\"pro\" %}\n[x](t.md#secret)\n{% /members %}") == "")
        #expect(
            try await problems("{% members %}\n[x](t.md#secret)\n{% /members %}").contains("not everyone")
        )
        #expect(
            try await self.problems([target: text + "\n[x](#secret)\n"]).contains(
                "not everyone who reads this link"
            )
        )
        #expect(
            try await self.problems([
                target: text.replacing("## Secret\n", with: "## Secret\n\n[x](#secret)\n")
            ]) == ""
        )
    }

    @Test func `a page for too many kinds of readers is an error`() async throws {
        let parts = (1...5).map { "{% members labels=\"l\($0)\" %}\nx\n{% /members %}\n" }.joined(
            separator: "\n"
        )
        #expect(try await problems(["content/a.md": parts]).contains("more than 16 renderings"))
        let few = (1...4).map { "{% members labels=\"l\($0)\" %}\nx\n{% /members %}\n" }.joined(
            separator: "\n"
        )
        #expect(try await problems(["content/a.md": few]) == "")
    }

    @Test func `a part that an if leaves out makes no rendering`() async throws {
        let site = try site([
            "content/a.md":
                "{% if $page.private %}\n{% members %}\nAppleword\n{% /members %}\n{% /if %}\n\nOpen.\n"
        ])
        defer { site.remove() }
        #expect(try await problems(of: site) == "")
        let table = try GateTable(json: #require(site.files()["gate.json"]))
        let route = try #require(table[PagePath("/a/") ?? .root])
        #expect(route.renderings == nil && !route.isForSome)
    }

    @Test func `a theme without an invitation is an error where one is needed`() async throws {
        func problems(_ text: String) async throws -> String {
            let site = try site(["content/a.md": text])
            defer { site.remove() }
            try FileManager.default.removeItem(
                atPath: "\(site.source)/themes/plain/partials/invitation.mustache"
            )
            return try await self.problems(of: site)
        }
        #expect(
            try await problems("{% members %}\nx\n{% /members %}\n").contains(
                "content/a.md:1:1: error: the theme does not say what stands here for those who may not read this part\n    add themes/plain/partials/invitation.mustache"
            )
        )
        #expect(try await problems("{% members %}\nx\n{% else /%}\ny\n{% /members %}\n") == "")
    }

    @Test func `in a site without tags a part is an error`() async throws {
        let gfm = Self.config.replacing("[gfm, markdoc]", with: "[gfm]")
        #expect(
            try await problems(["content/a.md": "x\n\n{% members %}\nx\n{% /members %}\n"], config: gfm)
                .contains(
                    "content/a.md:3:1: error: this site's Markdown has no tags, so everyone would read this part for some"
                )
        )
    }

    @Test func `the audit of a release knows its renderings, with the sources and without`() async throws {
        let site = try feesSite()
        defer { site.remove() }
        try await site.build()
        let release = "\(site.output)/current"
        let build = Build(
            source: site.source,
            output: site.output,
            settings: try Settings.load(folder: site.source, environment: [:])
        )
        for sources in [nil, build] as [Build?] {
            let report = try await ReleaseAudit(release: release, sources: sources).run()
            #expect(report.findings.map(\.description) == [])
            #expect(report.privateFiles == 10)
        }
        let home = "\(release)/public/list/index.html"
        let text = try String(contentsOfFile: home, encoding: .utf8)
        try (text + "<p>The pearword discount is for the pro members of this club.</p>")
            .write(toFile: home, atomically: true, encoding: .utf8)
        for sources in [nil, build] as [Build?] {
            let findings = try await ReleaseAudit(release: release, sources: sources).run().findings
            #expect(
                findings.contains { $0.problem.contains("words") && $0.place.file.hasSuffix("fees.md") },
                "\(findings)"
            )
        }
    }

    static let plans: [(page: [Requirement]?, parts: [[Requirement]], accesses: [String])] = [
        (nil, [[]], ["members", "public"]),
        (nil, [[pro]], ["label-pro", "public"]),
        (nil, [[], [pro]], ["label-pro", "members", "public"]),
        (nil, [[pro], [gold]], ["label-pro", "label-gold-or-pro", "public"]),
        (nil, [[pro], [staff]], ["label-pro-and-team-staff", "label-pro", "team-staff", "public"]),
        ([pro], [[pro, staff]], ["label-pro-and-team-staff", "label-pro"]),
        ([pro], [[pro]], ["label-pro"]),
    ]

    private static let pro = Requirement(labels: ["pro"])
    private static let gold = Requirement(labels: ["pro", "gold"])
    private static let staff = Requirement(teams: ["staff"])

    @Test(arguments: plans)
    func `each set of parts that somebody reads has one rendering`(
        page: [Requirement]?,
        parts: [[Requirement]],
        accesses: [String]
    ) throws {
        func access(_ requirements: [Requirement]?) -> Access {
            Access(
                visibility: requirements == nil ? .public : .private,
                requirements: requirements ?? [],
                place: Place(file: "x")
            )
        }
        let plan = try #require(ReaderPlan(page: access(page), parts: parts.map { access($0) }))
        #expect(plan.accesses.map { $0.visibility == .public ? "public" : Editions.name(of: $0) } == accesses)
    }
}
