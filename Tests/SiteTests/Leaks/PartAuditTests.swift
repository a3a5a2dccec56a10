import Foundation
import Gate
import Ground
import Settings
import Testing

@testable import Site

/// Sites with parts for some, of which a mistake shows more than it may: each build must fail.
struct PartAuditTests {
    private static let config = """
        visibility:
          rules:
            - { path: /members/**, visibility: private }
            - { path: /pro/**, visibility: private, allow: { labels: [pro] } }
        markdown: { dialect: [gfm, markdoc, math] }
        build: { feeds: [atom, json], sitemap: true, llms: true, compress: [gzip], search: true }

        """

    private static let layout = """
        {{page.title}} {{#social}}{{description}} {{{json_ld}}}{{/social}}
        {{#toc}}<a href="#{{id}}">{{text}}</a>{{/toc}}
        {{{content}}}
        {{#pages}}<li>{{title}} {{summary_text}}</li>{{/pages}}

        """

    private static let invitation =
        "<aside>{{#member}}only for {{#labels}}{{.}}{{/labels}}{{/member}}{{^member}}<a href=\"{{sign_in}}\">join us</a>{{/member}}</aside>\n"

    /// The part begins on the sixth line.
    private static let fees = """
        ---
        title: Fees
        ---
        Everyone reads this sentence of many common words.

        {% members %}
        Quillwort crowns are what each rower owes in spring.

        ## Saltmarsh harbour dues

        {% members labels="pro" %}
        Dovetail discounts for racing crews are settled in the boathouse.
        {% /members %}
        {% /members %}

        The price is {% members %}thistle[^1]{% else /%}told to members{% /members %}.

        [^1]: The damson stands in a note of its own here.

        """

    private static func site(_ files: [String: String], config: String = config) throws -> FixtureSite {
        let own = [
            "themes/plain/layouts/page.mustache": layout,
            "themes/plain/partials/invitation.mustache": invitation,
            "content/index.md": "---\ntitle: Home\n---\nEveryone is welcome here.\n",
            "content/members/index.md": "---\ntitle: Quarters\n---\nThe zebrawood room.\n",
            "content/pro/index.md": "---\ntitle: Racing\n---\nThe walnut shell.\n",
        ]
        return try FixtureSite(writing: own.merging(files) { $1 }, config: config)
    }

    private static func problems(
        _ files: [String: String] = ["content/fees.md": fees],
        config: String = config,
        gets: @escaping @Sendable (Access, Access) -> Bool = Reader.own,
        spoil: @escaping @Sendable (String) throws -> Void = { _ in }
    ) async throws -> String {
        let site = try site(files, config: config)
        defer { site.remove() }
        var options = BuildOptions(now: 1_764_000_000)
        options.onLeakSearch = spoil
        options.getsPart = gets
        return try await site.problems(options)
    }

    private static func append(_ text: String, to file: String) -> @Sendable (String) throws -> Void {
        { folder in
            let path = "\(folder)/\(file)"
            let before = FileManager.default.contents(atPath: path) ?? Data()
            try (before + Data(text.utf8)).write(to: URL(fileURLWithPath: path))
        }
    }

    private static func copy(_ from: String, over to: String) -> @Sendable (String) throws -> Void {
        { folder in
            let bytes = FileManager.default.contents(atPath: "\(folder)/\(from)") ?? Data()
            try bytes.write(to: URL(fileURLWithPath: "\(folder)/\(to)"))
        }
    }

    @Test func `nothing is found where nobody gets what is not for them`() async throws {
        #expect(try await Self.problems() == "")
    }

    static let mistakes: [(name: String, gets: @Sendable (Access, Access) -> Bool, says: [String])] = [
        (
            "everyone gets everything", { _, _ in true },
            [
                "content/fees.md:6:1: error: words of this part for some stand in public/fees/index.html:",
                "content/fees.md:6:1: error: a heading of this part for some stands in public/fees/index.html:",
                "content/fees.md:11:1: error: words of this part for some stand in private/.readers/2/fees/index.html:",
                "where guests read it: 'Quillwort crowns",
                "where members read it who may not: 'Dovetail discounts",
            ]
        ),
        (
            "whoever gets one gets the other", { !$0.admitsOnly(thoseOf: $1) },
            ["content/fees.md:6:1: error: words of this part for some stand in public/fees/index.html:"]
        ),
        (
            "members get all parts for some members", { reader, _ in reader.visibility == .private },
            [
                "content/fees.md:11:1: error: words of this part for some stand in private/.readers/2/fees/index.html:"
            ]
        ),
    ]

    @Test("a mistake in who gets a part is found where it shows", arguments: mistakes.map(\.name))
    func mistake(name: String) async throws {
        let mistake = try #require(Self.mistakes.first { $0.name == name })
        let problems = try await Self.problems(gets: mistake.gets)
        for says in mistake.says { #expect(problems.contains(says), "\(problems)") }
    }

    /// Each stands in a part, in words that are all its own.
    static let places: [(name: String, part: String, config: String)] = [
        ("a paragraph of one word", "Quillwort", ""),
        ("a heading of one word", "## Quillwort", ""),
        ("a cell", "| a | b |\n| - | - |\n| c | Quillwort |", ""),
        ("an item", "- Quillwort", ""),
        ("a quote", "> Quillwort", ""),
        ("fenced code", "```\nlet quillwort = 1\n```", ""),
        ("a span of code", "The `quillwort` is here.", ""),
        ("a formula", "$\\text{quillwort}$", ""),
        ("a picture's description", "![quillwort](https://pictures.example/a.png)", ""),
        ("an address", "[Here](https://quillwort.example/) it is.", ""),
        ("a link's title", "[Here](https://links.example/ \"quillwort\") it is.", ""),
        ("a footnote", "Here[^1].\n\n[^1]: Quillwort", ""),
        ("a partial", "{% partial file=\"one.md\" /%}", ""),
        ("a value", "{% $page.params.plant %}", ""),
        ("a condition", "{% if true %}\nQuillwort\n{% /if %}", ""),
    ]

    @Test(
        "guests who get a part are found by a single word, wherever it stands",
        arguments: places.map(\.name)
    )
    func place(name: String) async throws {
        let part = try #require(Self.places.first { $0.name == name }).part
        // What the front matter says everyone may read.
        let isOpen = name == "a value"
        let files = [
            "content/a.md":
                "---\ntitle: A\nparams: { plant: Quillwort }\n---\nOpen.\n\n{% members %}\n\(part)\n{% /members %}\n"
                .replacing(isOpen ? "" : "params: { plant: Quillwort }\n", with: ""),
            "content/_partials/one.md": "Quillwort\n",
        ]
        #expect(try await Self.problems(files) == "")
        let problems = try await Self.problems(files, gets: { _, _ in true })
        let found = problems.contains("content/a.md:\(isOpen ? 8 : 6):1: error: ")
        #expect(found != isOpen && problems.contains(" in public/a/index.html:") != isOpen, "\(problems)")
    }

    /// What a theme, a list or this program might put there.
    static let planted: [(file: String, text: String, says: String)] = [
        (
            "public/fees/index.html", "<p>Quillwort crowns are what each rower owes</p>",
            "content/fees.md:6:1: error: words of this part for some stand in public/fees/index.html:"
        ),
        (
            "public/index.html", "<h2>Saltmarsh Harbour dues</h2>",
            "content/fees.md:6:1: error: a heading of this part for some stands in public/index.html:"
        ),
        (
            "public/index.html", "<a href='/fees/' title='Dovetail discounts for racing crews are settled'>",
            "content/fees.md:11:1: error: words of this part for some stand in public/index.html:"
        ),
        (
            "public/feed.xml", "<summary>&lt;p&gt;crowns are what each rower owes&lt;/p&gt;</summary>",
            "content/fees.md:6:1: error: words of this part for some stand in public/feed.xml:"
        ),
        (
            "public/feed.json", #"{"summary":"crowns are wh\u0061t each rower owes"}"#,
            "content/fees.md:6:1: error: words of this part for some stand in public/feed.json, where"
        ),
        (
            "public/llms.txt", "- Fees: The price is thistle 1",
            "content/fees.md:16:14: error: words of this part for some stand in public/llms.txt:"
        ),
        (
            "public/sitemap.xml", "<!-- The damson stands in a note of its own -->",
            "content/fees.md:16:14: error: words of this part for some stand in public/sitemap.xml:"
        ),
        (
            "public/app.js", "x = 'Saltmarsh harbour dues'",
            "content/fees.md:6:1: error: a heading of this part for some stands in public/app.js:"
        ),
        (
            "site.json", #"{"title":"Saltmarsh harbour dues"}"#,
            "content/fees.md:6:1: error: a heading of this part for some stands in site.json:"
        ),
        (
            "private/.readers/2/fees/index.html", "Dovetail discounts for racing crews are settled",
            "content/fees.md:11:1: error: words of this part for some stand in private/.readers/2/fees/index.html:"
        ),
        (
            "private/members/index.html", "Dovetail discounts for racing crews are settled",
            "content/fees.md:11:1: error: words of this part for some stand in private/members/index.html:"
        ),
        (
            "private/for/members/llms.txt", "Dovetail discounts for racing crews are settled",
            "content/fees.md:11:1: error: words of this part for some stand in private/for/members/llms.txt:"
        ),
        ("private/.readers/1/fees/index.html", "Dovetail discounts for racing crews are settled", ""),
        ("private/pro/index.html", "Dovetail discounts for racing crews are settled", ""),
        ("private/members/index.html", "Quillwort crowns are what each rower owes", ""),
        ("public/index.html", "The price is told to members, and everyone reads this sentence", ""),
    ]

    @Test("words of a part are found where their readers may not have it", arguments: planted.map(\.text))
    func plant(text: String) async throws {
        for plant in Self.planted where plant.text == text {
            let problems = try await Self.problems(spoil: Self.append(text, to: plant.file))
            #expect(
                plant.says.isEmpty ? problems.isEmpty : problems.hasPrefix(plant.says),
                "\(plant): \(problems)"
            )
        }
    }

    @Test func `the finding names both places, quotes the words and advises`() async throws {
        let text = "<p>what each rower <b>owes</b> in spring.</p>"
        #expect(
            try await Self.problems(spoil: Self.append(text, to: "public/index.html"))
                == """
                content/fees.md:6:1: error: words of this part for some stand in public/index.html:6, where guests read it: \
                'what each rower owes in spring'
                    no source says this to them: look for the template, list or tag that shows it; if they may know it, \
                write it outside of the part
                """
        )
    }

    @Test(
        arguments: [
            (
                "private/.readers/1/fees/index.html", "private/.readers/2/fees/index.html",
                "content/fees.md:11:1: error: words of this part for some stand in private/.readers/2/fees/index.html:"
            ),
            (
                "private/.readers/2/fees/index.html", "public/fees/index.html",
                "content/fees.md:6:1: error: words of this part for some stand in public/fees/index.html:"
            ),
        ]
    )
    func `one rendering in the place of another is found`(from: String, to: String, says: String) async throws
    {
        let problems = try await Self.problems(spoil: Self.copy(from, over: to))
        #expect(problems.contains(says), "\(problems)")
    }

    /// Whole pages, in which all is right, and what somebody might take for a leak.
    static let innocent: [String] = [
        // What the page says outside of the part, too, and behind an else.
        "Each rower owes eleven crowns.\n\n{% members %}\nEach rower owes eleven crowns.\n{% /members %}\n",
        "{% members %}\nEach rower owes eleven crowns.\n{% else /%}\nEach rower owes eleven crowns.\n{% /members %}\n",
        // What the theme, dates and other pages say.
        "{% members labels=\"pro\" %}\n## Home\n\n## Contents\n\nEveryone is welcome here.\n{% /members %}\n",
        // Code that shows a part.
        "Write `{% members %}Each rower owes eleven crowns.{% /members %}` so.\n\n{% members %}\nx\n{% /members %}\n",
        "Write `{% members %} …\n{% /members %}` so, or `{% members`.\n\n{% members %}\nx\n{% /members %}\n",
        "1.  So:\n\n    ```\n    {% members %}\n    Each rower owes eleven crowns.\n    {% /members %}\n    ```\n\n{% members %}\nx\n{% /members %}\n",
        "> - ~~~~\n>   {% members %}\n>   ~~~\n>   ~~~~\n\n{% members %}\nx\n{% /members %}\n",
        "{% members %}\n```\n{% /members %}\n```\nEach rower owes eleven crowns.\n{% /members %}\n",
        "A \\{% members %} is no tag, nor \\{% /members %}.\n\n{% members %}\nx\n{% /members %}\n",
        "A ` alone\n{% members %}\nEach ` rower owes eleven crowns.\n{% /members %}\n",
        // Other tags around and within.
        "{% if $page.title %}\n{% members %}\nEach rower owes eleven crowns.\n{% else /%}\nEach guest owes nothing at all.\n{% /members %}\n{% else /%}\nx\n{% /if %}\n",
        "{% members %}\n{% if false %}\na\n{% else /%}\nEach rower owes eleven crowns.\n{% /if %}\n{% else /%}\nEach guest owes nothing at all.\n{% /members %}\n",
        "{% members %}\nEach rower owes.\n\n    {% if $x %}\n{% else /%}\nEach guest owes nothing at all.\n{% /members %}\n",
        "{% table %}\n- a\n---\n- b\n{% members %}\n---\n- Each rower owes eleven crowns\n{% else /%}\n---\n- Each guest owes nothing\n{% /members %}\n{% /table %}\n",
        "| a | b |\n| - | - |\n| {% members %}Each rower owes eleven crowns{% else /%}Each guest owes nothing{% /members %} | d |\n",
        "It is {% members\n  labels=[\"pro\",\n  \"gold\"]\n%}forty\neuros and\nmore{% else /%}not\nfor you,\nwho are a guest{% /members %} now.\n",
        "> {% members %}\n> Each rower owes eleven crowns.\n>\n> - a\n> {% else /%}\n> Each guest owes nothing at all.\n> {% /members %}\n>\n> Open.\n",
        // Notes.
        "Open[^1] and {% members %}closed[^1][^2]{% else /%}shut[^3]{% /members %}.\n\n[^1]: Of everyone, who may read it.\n\n    And more of it.\n[^2]: Of members, who may read it[^4].\n[^3]: Of guests, who may read it.\n[^4]: Of members, who read that.\n",
        // Addresses that are defined elsewhere, and headings that are like those of others.
        "{% members %}\n[quince]: https://quince.example/\n\n## Rules\n{% else /%}\n## Rules\n\nSee [quince] for more of it.\n{% /members %}\n\n## Rules\n",
        "{% partial file=\"two.md\" variables={who: \"rower\"} /%}\n\n{% members %}\n{% partial file=\"two.md\" variables={who: \"member\"} /%}\n{% /members %}\n",
    ]

    @Test(arguments: innocent)
    func `nothing is found in a page whose readers get what is theirs`(text: String) async throws {
        let partial =
            "Each {% $who %} owes {% members labels=\"pro\" %}seven thistle crowns a year[^1]{% else /%}what the board says{% /members %}.\n\n[^1]: A note of the partial.\n"
        for path in ["a.md", "members/a.md"] {
            let problems = try await Self.problems([
                "content/\(path)": "---\ntitle: A\n---\n\(text)", "content/_partials/two.md": partial,
            ])
            #expect(!problems.contains("error"), "\(text)\n\(problems)")
        }
    }

    /// What the build and the search take for different things.
    @Test(arguments: [
        // Code to the build.
        "` a\n| {% members %}Quillwort{% /members %} ` c\n",
        // A part to the build.
        "a <b title=\"`\">{% members %}Quillwort{% /members %} ` c\n",
    ])
    func `where it is not sure what is a part, the build fails`(text: String) async throws {
        let problems = try await Self.problems(["content/a.md": text])
        #expect(
            problems.hasPrefix("content/a.md:")
                && problems.contains(": error: it cannot be told for sure whether this is a part"),
            "\(problems)"
        )
    }

    @Test func `the audit of a release looks for words of parts among its members, too`() async throws {
        let site = try Self.site(["content/fees.md": Self.fees])
        defer { site.remove() }
        try await site.build()
        let build = Build(
            source: site.source,
            output: site.output,
            settings: try Settings.load(folder: site.source, environment: [:])
        )
        func findings() async throws -> String {
            let audit = ReleaseAudit(release: "\(site.output)/current", sources: build)
            return Diagnostics(try await audit.run().findings).description
        }
        #expect(try await findings() == "")
        // What the release says to all members has become a part for some.
        try site.write(
            Self.fees.replacing("{% members %}\nQuillwort", with: "{% members teams=\"board\" %}\nQuillwort"),
            to: "content/fees.md"
        )
        let found = try await findings()
        #expect(
            found.contains(
                "content/fees.md:6:1: error: words of this part for some stand in private/.readers/2/fees/index.html:"
            ),
            "\(found)"
        )
    }
}
