import Markdown
import Testing

/// Footnotes and formulas, for which a text is laid out anew, in texts that have tags.
struct PartialLayoutTests {
    @Test func `a partial has formulas`() {
        let page = TagPage(
            "$x$ {% mark %}$x${% /mark %}\n\n{% partial file=\"p.md\" /%}\n",
            partials: ["p.md": "# A\n\nB $x$.\n"],
            dialect: [.gfm, .markdoc, .math]
        )
        #expect(page.problems == [])
        #expect(page.html.contains("<p>B <math><mi>x</mi></math>.</p>"))
        #expect(!page.html.contains("$"))
    }

    @Test func `a mistake in a partial's formula is told where it stands`() {
        let page = TagPage(
            "{% partial file=\"p.md\" /%}\n",
            partials: ["p.md": "A.[^1]\n\n$\\zap$\n\n[^1]: B.\n"],
            dialect: [.gfm, .markdoc, .math]
        )
        #expect(page.problems.count == 1)
        #expect(page.problems.first?.hasPrefix("_partials/p.md:3:2: error: ") == true)
    }

    @Test func `a partial has footnotes, whose ids are those of no other text`() {
        let text = "A.[^1]\n\n{% partial file=\"p.md\" /%}\n\n{% partial file=\"p.md\" /%}\n\n[^1]: One.\n"
        let page = TagPage(text, partials: ["p.md": "B.[^a]\n\n[^a]: Two.\n\n[^b]: Three.\n"])
        #expect(
            page.problems == [
                "_partials/p.md:5:1: warning: nothing refers to the footnote 'b', so it is left out"
            ]
        )
        for id in ["fn1", "fnref1", "fnp1-1", "fnrefp1-1", "fnp2-1", "fnrefp2-1"] {
            #expect(page.html.components(of: "id=\"\(id)\"") == 1, "\(id)")
            #expect(page.html.components(of: "href=\"#\(id)\"") == 1, "\(id)")
        }
        #expect(page.html.components(of: "Two.") == 2)
        #expect(!page.html.contains("[^"))
    }

    @Test(arguments: [
        (
            "```c title=\"a.c\" numbers {1} {% #k .l %}\nlet\n```\n",
            "<p class=\"code-title\">a.c</p>\n<pre class=\"l code-numbered\" id=\"k\"><code class=\"language-c\"><span class=\"code-line code-marked\"><b>let</b></span>\n</code></pre>\n"
        ),
        (
            "```c title=\"a.c\" {1}\n{% x %}\n```\n",
            "<p class=\"code-title\">a.c</p>\n<pre><code class=\"language-c\"><span class=\"code-line code-marked\">{% x %}</span>\n</code></pre>\n"
        ),
    ])
    func `code with a tag in it keeps what stands behind its fence`(text: String, html: String) {
        let page = TagPage(text, dialect: [.gfm, .markdoc, .math], isColored: true)
        #expect(page.problems == [])
        #expect(page.html.contains(html), "\(page.html)")
    }

    @Test func `a formula behind a fence is one, whatever stands in it`() {
        let page = TagPage("```math\nx{% y %}\n```\n", dialect: [.gfm, .markdoc, .math])
        #expect(
            page.problems == [
                "page.md:2:3: error: '%' has a meaning of its own in TeX\n    write \\%"
            ]
        )
    }

    @Test func `a summary up to its mark has no ids from within tags`() {
        let text = """
            {% block %}
            ## A

            B.[^1]

            {% mark %}x{% /mark %}
            {% /block %}

            ## C

            <!-- more -->

            D.

            [^1]: E.
            """
        let page = TagPage(text).page
        #expect(page.html.contains("<h2 id=\"a\">A</h2>"))
        #expect(page.summary.html.contains("<h2>A</h2>"))
        #expect(page.summary.html.contains("<h2>C</h2>"))
        #expect(!page.summary.html.contains("id="))
        #expect(!page.summary.html.contains("footnote"))
    }
}

extension String {
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
