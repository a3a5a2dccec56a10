import Foundation
import Ground
import Testing

@testable import Site

/// Tags of a theme, and partials, in whole sites.
struct TagTests {
    private let markdoc = "markdown: { dialect: [gfm, markdoc] }\n"

    private func site(
        _ files: [String: String],
        tags: String? = nil,
        config: String = ""
    ) throws -> FixtureSite {
        let own = [
            "themes/plain/theme.config": tags
                ?? """
                tags:
                  note:
                    place: block
                    attributes:
                      title: { kind: text, required: true }
                      tone: { kind: text, default: calm, values: [calm, loud] }
                      href: link
                  deck:
                    children: [card, fence]
                  card:
                    parents: [deck]
                    attributes: { title: text }
                languages: { swift: Swift }
                """,
            "themes/plain/tags/note.mustache":
                "<aside{{#id}} id=\"{{id}}\"{{/id}} class=\"{{tone}}\"><b>{{title}}</b>{{#href}}<a href=\"{{href}}\">go</a>{{/href}}\n{{{content}}}\n</aside>\n",
            "themes/plain/tags/deck.mustache":
                "<ul id=\"{{key}}\">{{#items}}<li>{{number}} {{label}} {{key}} {{group}}{{#first}} first{{/first}}: {{{content}}}</li>{{/items}}</ul>\n",
            "themes/plain/tags/card.mustache": "<b>{{title}}</b>\n",
            "content/index.md": "# Home\n",
        ]
        return try FixtureSite(writing: own.merging(files) { _, given in given }, config: markdoc + config)
    }

    private func problems(
        _ files: [String: String],
        tags: String? = nil,
        config: String = ""
    ) async throws -> String {
        let site = try site(files, tags: tags, config: config)
        defer { site.remove() }
        return try await site.problems()
    }

    @Test(arguments: [
        ("{% $page.titel %}", "1:4: error: unknown variable '$page.titel'\n    did you mean 'title'?"),
        (
            "a {% $site.titel %}",
            "1:6: error: unknown variable '$site.titel'\n    did you mean 'title'?"
        ),
        (
            "{% if equals($page.tag, 1) %}\nx\n{% /if %}",
            "1:14: error: unknown variable '$page.tag'\n    did you mean 'tags'?"
        ),
        (
            "{% note title=$page.name /%}",
            "1:15: error: unknown variable '$page.name'\n    known here: date, description, params,"
        ),
        ("{% default($page[\"x\"], 1) %}", "1:12: error: unknown variable '$page.x'"),
        ("{% $page.params.x %}{% $page.tags[9] %}{% $page.updated %}{% default($unknown, 1) %}", ""),
        ("{% partial file=\"p.md\" variables={page: {a: 1}} /%}", ""),
    ])
    func `a key that pages and sites do not have is an error`(text: String, problem: String) async throws {
        let found = try await problems([
            "content/index.md": text + "\n", "content/_partials/p.md": "{% $page.a %}{% $page.b %}\n",
        ])
        #expect(problem.isEmpty ? found.isEmpty : found.hasPrefix("content/index.md:\(problem)"), "\(found)")
    }

    @Test func `a template is told how large its images are`() async throws {
        let site = try site(
            [
                "content/a/_index.md":
                    "{% picture src=\"a.svg\" /%}\n{% picture src=\"https://x.example/a.png\" /%}\n{% picture src=\"harbour.jpg\" /%}\n",
                "content/a/a.svg": "<svg width='4' height='3'/>", "content/a/harbour.jpg": "",
                "themes/plain/tags/picture.mustache":
                    "<img src=\"{{src}}\"{{#src_width}} width=\"{{src_width}}\" height=\"{{src_height}}\"{{/src_width}}{{#src_srcset}} srcset=\"{{src_srcset}}\"{{/src_srcset}}>",
            ],
            tags: "tags: { picture: { attributes: { src: image } } }"
        )
        defer { site.remove() }
        let photograph = "\(FixtureSite.folder)/../Photographs/plain.jpg"
        try site.delete("content/a/harbour.jpg")
        try FileManager.default.copyItem(atPath: photograph, toPath: "\(site.source)/content/a/harbour.jpg")
        for tag in ["note", "deck", "card"] { try site.delete("themes/plain/tags/\(tag).mustache") }
        var options = BuildOptions(now: 1_764_000_000)
        (options.fingerprints, options.photographs) = (true, true)
        #expect(try await site.problems(options) == "")
        let page = try #require(site.text("public/a/index.html"))
        let lines = page.replacing(/\.[0-9a-f]{16}\./, with: ".").split(separator: "\n").filter {
            $0.hasPrefix("<img")
        }
        #expect(
            lines == [
                "<img src=\"/a/a.svg\" width=\"4\" height=\"3\">", "<img src=\"https://x.example/a.png\">",
                "<img src=\"/a/harbour.jpg\" width=\"800\" height=\"400\" srcset=\"/a/harbour.500w.webp 500w, /a/harbour.800w.webp 800w\">",
            ]
        )
    }

    @Test func `Lantern's figures and pictures on cards keep their room and choose among sizes`() async throws
    {
        let site = try FixtureSite(
            writing: [
                "content/a.md": """
                {% figure src="harbour.jpg" alt="" /%}
                {% figure src="harbour.jpg" alt="" width=300 /%}
                {% cards %}
                {% cards_item title="A" href="index.md" image="harbour.jpg" %}
                {% /cards_item %}
                {% /cards %}

                """, "content/index.md": "", "content/harbour.jpg": "",
            ],
            config: markdoc
        )
        defer { site.remove() }
        try site.useLantern()
        let photograph = "\(FixtureSite.folder)/../Photographs/plain.jpg"
        try site.delete("content/harbour.jpg")
        try FileManager.default.copyItem(atPath: photograph, toPath: "\(site.source)/content/harbour.jpg")
        var options = BuildOptions(now: 1_764_000_000)
        (options.fingerprints, options.photographs) = (true, true)
        #expect(try await site.problems(options) == "")
        let page = try #require(site.text("public/a/index.html"))
        let images = page.split(separator: "\n").filter { $0.hasPrefix("<img") }.map(String.init)
        #expect(
            images.count == 3
                && images.allSatisfy {
                    $0.contains("webp 800w\" sizes=\"auto, ") && $0.contains(" loading=\"lazy\"")
                }
        )
        #expect(images.first?.contains(" width=\"800\" height=\"400\"") == true)
        #expect(images.dropFirst().first?.contains(" width=\"300\"") == true)
        #expect(images.dropFirst().first?.contains("height") == false)
    }

    @Test(arguments: ["a/_partials/x.md", "a/b/_partials/deep/x.md", "_Partials/x.md"])
    func `a folder of partials elsewhere is an error, since its texts would be pages`(file: String)
        async throws
    {
        let folder = file.prefix(upTo: file.range(of: "artials")?.upperBound ?? file.endIndex)
        #expect(
            try await problems(["content/\(file)": "x\n"]).contains(
                "content/\(folder): error: partials lie below content/_partials only"
            )
        )
    }

    @Test func `partials may lie in folders below theirs, whatever these are called`() async throws {
        #expect(
            try await problems([
                "content/_partials/a/_partials/x.md": "x\n",
                "content/a.md": "{% partial file=\"a/_partials/x.md\" /%}\n",
            ]) == ""
        )
    }

    @Test func `a tag becomes what its template makes of it`() async throws {
        let site = try site([
            "content/a.md":
                "---\ntitle: \"A <&> B\"\nparams: { rank: 7 }\n---\n{% note title=$page.title href=\"b.md#end\" #n %}\n*{% $page.params.rank %}*, {% $site.title %}\n{% /note %}\n",
            "content/b.md": "## End\n",
        ])
        defer { site.remove() }
        #expect(try await site.problems() == "")
        let page = try #require(site.text("public/a/index.html"))
        #expect(
            page.contains(
                "<aside id=\"n\" class=\"calm\"><b>A &lt;&amp;&gt; B</b><a href=\"/b/#end\">go</a>\n<p><em>7</em>, Small</p>\n"
            )
        )
    }

    @Test func `a template is given what stands directly in the tag`() async throws {
        let site = try site([
            "content/a.md":
                "{% deck %}\n{% card title=\"One\" %}\nx\n{% /card %}\n```swift\ny\n```\n```zig\nz\n```\n{% /deck %}\n"
        ])
        defer { site.remove() }
        #expect(try await site.problems() == "")
        let page = try #require(site.text("public/a/index.html"))
        #expect(page.contains("<ul id=\"tag~1\"><li>1 One tag~1-1 tag~1 first: <p>x</p>\n</li>"))
        #expect(
            page.contains(
                "<li>2 Swift tag~1-2 tag~1: <pre><code class=\"language-swift\">y\n</code></pre>\n</li>"
            )
        )
        #expect(page.contains("<li>3 zig "))
    }

    @Test func `mistakes with tags name the file and the line in it`() async throws {
        let page =
            "---\ntitle: A\n---\n{% note titel=\"x\" %}\n{% /note %}\n\n{% not title=\"x\" %}\n{% /not %}\n\n{% note title=\"x\" href=\"gone.md\" %}\n{% /note %}\n"
        #expect(
            try await problems(["content/a.md": page]) == """
                content/a.md:4:1: error: 'note' lacks the attribute 'title'
                    write title="…"
                content/a.md:4:9: error: 'note' has no attribute 'titel'
                    did you mean 'title'?
                content/a.md:7:1: error: unknown tag 'not'
                    did you mean 'note'?
                content/a.md:10:24: error: 'gone.md' leads nowhere
                """
        )
    }

    @Test(arguments: [
        ("tagz: {}\n", "1:1: error: unknown key 'tagz'\n    did you mean 'tags'?"),
        ("tags: [note]\n", "1:7: error: tags must be a table of tags, found a list"),
        ("tags:\n  note: { plce: block }\n", "2:11: error: unknown key 'plce'\n    did you mean 'place'?"),
        (
            "tags:\n  note: { place: blok }\n",
            "2:18: error: place must be block or inline or both, found 'blok'\n    did you mean 'block'?"
        ),
        (
            "tags:\n  note: { attributes: { a: txt } }\n",
            "2:28: error: kind must be text or number or flag or list or table or link or image or any, found 'txt'\n    did you mean 'text'?"
        ),
        (
            "tags:\n  note: { attributes: { a: { kind: number, default: x } } }\n",
            "2:53: error: default must fit the kind 'number', found 'x'"
        ),
        (
            "tags:\n  note: { attributes: { a: { required: true, default: x } } }\n",
            "2:46: error: what is required needs no default\n    keep one of the two"
        ),
        (
            "tags:\n  note: { attributes: { content: text } }\n",
            "2:25: error: every template is given a 'content' of another meaning\n    choose another name"
        ),
        (
            "tags:\n  note: { parents: [dek] }\n  deck: {}\n",
            "2:21: error: there is no tag 'dek'\n    did you mean 'deck'?"
        ),
        (
            "tags:\n  note: { heading: 2 }\n",
            "2:11: error: a heading's words are the attribute 'title', which must be a text"
        ),
        (
            "tags:\n  members: {}\n",
            "2:3: error: every site has a tag 'members' of its own\n    choose another name"
        ),
        ("languages: { a: [] }\n", "1:17: error: a must be a text, found a list"),
    ])
    func `a mistake in theme-config is told with its place`(text: String, problem: String) async throws {
        let found = try await problems([:], tags: text)
        #expect(found.contains("themes/plain/theme.config:" + problem), "\(found)")
    }

    @Test func `templates and declarations belong together`() async throws {
        let found = try await problems([:], tags: "tags:\n  note: {}\n  deck: {}\n  zap: {}\n")
        #expect(
            found == """
                themes/plain/tags/card.mustache: error: the tag 'card' is not declared
                    say in themes/plain/theme.config what it takes
                themes/plain/theme.config:4:3: error: the tag 'zap' has no template
                    write themes/plain/tags/zap.mustache
                """
        )
    }

    @Test func `a partial comes into pages and is none`() async throws {
        let site = try site([
            "content/_partials/deep/terms.md":
                "See [the fees](../../fees.md), {% $who %}, and [above](#top-part).\n",
            "content/fees.md": "# Fees\n",
            "content/club/a.md":
                "## Top part\n\n{% partial file=\"deep/terms.md\" variables={who: \"all\"} /%}\n",
        ])
        defer { site.remove() }
        #expect(try await site.problems() == "")
        #expect(
            try #require(site.text("public/club/a/index.html")).contains(
                "<p>See <a href=\"/fees/\">the fees</a>, all, and <a href=\"#top-part\">above</a>.</p>"
            )
        )
        #expect(try site.files().keys.allSatisfy { !$0.contains("_partials") })
    }

    @Test func `a mistake in a partial is told with the partial's own place`() async throws {
        let found = try await problems([
            "content/_partials/a.md": "x\n\n[gone](gone.md)\n",
            "content/a.md": "{% partial file=\"a.md\" /%}\n",
            "content/b.md": "{% partial file=\"a.md\" /%}\n",
        ])
        #expect(
            found == "content/_partials/a.md:3:1: error: 'gone.md' leads nowhere\n    did you mean 'a.md'?"
                || found.hasPrefix("content/_partials/a.md:3:1: error: 'gone.md' leads nowhere")
        )
    }

    @Test func `a partial under a private rule does not come into a public page`() async throws {
        let rules =
            "build: { feeds: [], llms: false }\nvisibility:\n  rules:\n    - { path: /_partials/inner/**, visibility: private }\n    - { path: /members/**, visibility: private }\n"
        let files = [
            "content/_partials/inner/a.md": "Quillwort\n",
            "content/members/a.md": "{% partial file=\"inner/a.md\" /%}\n",
        ]
        let site = try site(files, config: rules)
        defer { site.remove() }
        #expect(try await site.problems() == "")
        let holders = try site.files().filter { $0.value.range(of: Data("Quillwort".utf8)) != nil }.keys
        #expect(Array(holders) == ["private/members/a/index.html"])

        let found = try await problems(
            files.merging(["content/b.md": "{% partial file=\"inner/a.md\" /%}\n"]) { $1 },
            config: rules
        )
        #expect(
            found.hasPrefix("content/b.md:1:1: error: a guest would read what is private by site.config:")
        )
    }

    @Test func `a partial has no front matter`() async throws {
        let found = try await problems(["content/_partials/a.md": "---\nvisibility: private\n---\nx\n"])
        #expect(found.hasPrefix("content/_partials/a.md:1: error: a partial has no front matter"))
    }

    @Test func `a heading that a tag makes can be linked to`() async throws {
        let site = try site([
            "themes/plain/theme.config":
                "tags: { note: { heading: 2, attributes: { title: text, tone: text, href: link } }, deck: {}, card: { attributes: { title: text } } }\n",
            "content/a.md": "{% note title=\"First step\" %}\n[x](#first-step)\n{% /note %}\n",
        ])
        defer { site.remove() }
        #expect(try await site.problems() == "")
        #expect(try #require(site.text("public/a/index.html")).contains("<aside id=\"first-step\""))
    }

    @Test func `the release keeps no template of a tag`() async throws {
        let site = try site([:])
        defer { site.remove() }
        try await site.build()
        #expect(try site.files().keys.allSatisfy { !$0.contains("tags/") })
    }

    @Test func `without the dialect tags are text`() async throws {
        let site = try FixtureSite(writing: ["content/index.md": "{% note %}\n"])
        defer { site.remove() }
        #expect(try await site.problems() == "")
        #expect(try #require(site.text("public/index.html")).contains("{% note %}"))
    }
}
