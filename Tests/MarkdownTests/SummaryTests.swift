import Testing

@testable import Markdown

struct SummaryTests {
    private func render(_ text: String) -> RenderedMarkdown {
        let options = MarkdownOptions(dialect: [.gfm], headingAnchors: true, wording: .english)
        return MarkdownRenderer(options).render(text, file: "page.md")
    }

    @Test(arguments: [
        ("# T\n\nA *b*\n[c](d.md).\n\nE.\n", "<p>A <em>b</em>\n<a href=\"d.md\">c</a>.</p>\n", "A b c."),
        ("- a\n- b\n", "<p>a</p>\n", "a"), ("![](a.png)\n\nb\n", "<p>b</p>\n", "b"),
        ("```\na\n```\n", "", ""),
        ("a[^1] b\n\n[^1]: c\n", "<p>a b</p>\n", "a b"), ("> [!NOTE]\n> a\n", "<p>a</p>\n", "a"),
        ("a\n\n<!-- more -->\n\nb\n", "<p>a</p>\n", "a"), ("a\n\n<!--more-->\n", "<p>a</p>\n", "a"),
        (
            "## H\n\na[^1]\n\n- b\n\nc\n\n<!-- more -->\n\n## I\n\n<!-- more -->\n\n[^1]: n\n",
            "<h2>H</h2>\n<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n<p>c</p>\n", "a c"
        ),
        ("<!-- more -->\n\na\n", "", ""), ("> <!-- more -->\n\na\n\nb\n", "<p>a</p>\n", "a"),
    ])
    func `a summary is what stands above the mark, or else the first paragraph`(
        text: String,
        html: String,
        plain: String
    ) {
        let page = render(text)
        #expect(page.summary == Summary(html: html, text: plain))
        #expect(!page.html.contains("more"))
    }

    /// What a tag holds is written aside, where positions are others.
    @Test(
        arguments: [
            ("{% block %}\nA *b*[^1].\n{% /block %}\n\nC.\n\n[^1]: n\n", "<p>A <em>b</em>.</p>\n", "A b."),
            ("A long first line. {% mark %}b{% /mark %}\n\nC.\n", nil, "A long first line. b"),
            ("{% partial file=\"p.md\" /%}\n\nC.\n", "<p>From a partial.</p>\n", "From a partial."),
            ("{% block %}\n{% block %}\n{% /block %}\n{% /block %}\n", "", ""),
        ] as [(String, String?, String)]
    )
    func `a summary may begin within a tag`(text: String, html: String?, plain: String) {
        let page = TagPage(text, partials: ["p.md": "From a partial.\n"]).page
        #expect(page.summary.text == plain)
        if let html { #expect(page.summary.html == html) }
        #expect(!page.summary.html.contains("id="))
    }

    @Test func `a place is the author's, through a tag's indentation and a note that was moved`() {
        let text = """
            {% block %}
                [x](gone)[^n]
            {% /block %}

            [^n]: see [y](away)
            """
        var places: [String] = []
        _ = TagPage(text) { reference in
            places.append("\(reference.destination) \(reference.place)")
            return .keep
        }
        #expect(places == ["gone page.md:2:5", "away page.md:5:11"])
    }

    @Test func `with raw HTML the mark is no part of the page either`() {
        let renderer = MarkdownRenderer(MarkdownOptions(rawHTML: true))
        #expect(renderer.render("a\n\n<!-- more -->\n\nb\n", file: "page.md").html == "<p>a</p>\n<p>b</p>\n")
    }

    @Test func `a heading ends with a link to itself`() {
        let html = render("## Größe & *Maß*\n").html
        #expect(
            html == """
                <h2 id="größe--maß">Größe &amp; <em>Maß</em><a class="heading-anchor" \
                href="#gr%C3%B6%C3%9Fe--ma%C3%9F" aria-label="Link to: Größe &amp; Maß"></a></h2>

                """
        )
    }
}
