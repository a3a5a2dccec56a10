import Testing

@testable import Site

/// A page whose text begins with its title as a heading shows it once.
struct PageHeadingTests {
    private static let layout = "{{#page.title}}{{> heading}}{{/page.title}}|{{{content}}}"
    private static let theme = [
        "themes/plain/layouts/page.mustache": layout,
        "themes/plain/partials/heading.mustache": "{{{page.heading}}}",
        "themes/plain/layouts/bare.mustache": "{{page.title}}|{{{content}}}",
        "themes/plain/partials/invitation.mustache": "!",
    ]

    @Test(arguments: [
        (
            "# My heading *title*\n\n[There](#my-heading-title).\n",
            "<h1 id=\"my-heading-title\">My heading <em>title</em></h1>|<p><a href=\"#my-heading-title\">There</a>.</p>\n"
        ),
        ("---\ntitle: A & b\n---\n# Other\n", "<h1>A &amp; b</h1>|<h1 id=\"other\">Other</h1>\n"),
        ("---\ntitle: Other\n---\n# Other\n", "<h1 id=\"other\">Other</h1>|"),
        ("Words.\n\n# Late\n", "<h1>Late</h1>|<p>Words.</p>\n<h1 id=\"late\">Late</h1>\n"),
        ("## Two\n", "<h1>Two</h1>|<h2 id=\"two\">Two</h2>\n"),
        (
            "<!-- aside -->\n\nTitle\n=====\n\n# Again\n",
            "<h1 id=\"title\">Title</h1>|<h1 id=\"again\">Again</h1>\n"
        ),
        ("# T {% #own .wide %}\n", "<h1 id=\"own\" class=\"wide\">T</h1>|"),
        ("> # Quoted\n", "<h1>Quoted</h1>|<blockquote>\n<h1 id=\"quoted\">Quoted</h1>\n</blockquote>\n"),
        ("{% if true %}\n# If\n{% /if %}\n", "<h1>If</h1>|<h1 id=\"if\">If</h1>\n"),
        ("Words.\n", "<h1>a</h1>|<p>Words.</p>\n"), ("#\n", "<h1>a</h1>|<h1 id=\"section\"></h1>\n"),
        ("---\nlayout: bare\n---\n# Bare\n", "Bare|<h1 id=\"bare\">Bare</h1>\n"),
    ])
    func `a title that the text begins with is not shown twice`(text: String, html: String) async throws {
        let files = Self.theme.merging(["content/a.md": text]) { $1 }
        let site = try FixtureSite(writing: files, config: "markdown: { dialect: [gfm, markdoc] }\n")
        defer { site.remove() }
        #expect(try await site.problems() == "")
        #expect(site.text("public/a/index.html") == html)
    }

    @Test func `words of a title that are for members stay with them`() async throws {
        let files = Self.theme.merging([
            "content/a.md": "# Title {% members %}wombat{% /members %}\n\nText.\n",
            "content/b.md": "{% members %}\n# Wombat\n{% /members %}\n\n# Open\n",
        ]) { $1 }
        let site = try FixtureSite(writing: files, config: "markdown: { dialect: [gfm, markdoc] }\n")
        defer { site.remove() }
        #expect(try await site.problems() == "")
        let pages = try site.files().filter { $0.key.hasSuffix(".html") }
            .mapValues { String(decoding: $0, as: UTF8.self) }
        #expect(pages["public/a/index.html"]?.hasPrefix("<h1 id=\"title\">Title !</h1>|<p>") == true)
        #expect(pages.filter { $0.key.hasPrefix("public/") }.values.allSatisfy { !$0.contains("ombat") })
        let members = pages.filter { $0.key.hasPrefix("private/") }.values.sorted()
        #expect(members.count == 2 && members.allSatisfy { $0.contains("ombat") })
        #expect(
            members.allSatisfy { $0.hasPrefix("<h1>Title</h1>|<h1") || $0.hasPrefix("<h1>Open</h1>|<h1") }
        )
    }

    @Test func `Lantern shows one heading of the first level`() async throws {
        let site = try FixtureSite(writing: [
            "content/index.md": "# Home\n\nWords.\n", "content/a.md": "# One\n\nWords.\n\n## Two\n",
            "content/s/_index.md": "", "content/s/b.md": "",
        ])
        defer { site.remove() }
        try site.useLantern()
        #expect(try await site.problems() == "")
        for (page, heading) in [
            ("index.html", "<h1 id=\"home\">Home</h1>"), ("a/index.html", "<h1 id=\"one\">One</h1>"),
            ("s/index.html", "<h1>s</h1>"),
        ] {
            let html = try #require(site.text("public/\(page)"))
            #expect(html.contains("\n\(heading)\n") && html.matches(of: /<h1/).count == 1)
        }
    }
}
