import Ground
import Testing

@testable import Markdown

struct FootnoteTests {
    private let renderer = MarkdownRenderer(MarkdownOptions(dialect: [.gfm]))

    private func render(_ text: String, resolve: (Reference) -> Resolution = { _ in .keep })
        -> RenderedMarkdown
    {
        renderer.render(text, file: "page.md", resolve: resolve)
    }

    @Test func `a note is numbered by its first reference, not by its label or place`() {
        let html = render("B[^b], a[^a], b again[^b].\n\n[^a]: Of a.\n[^b]: Of b.\n").html
        #expect(
            html == """
                <p>B<sup class="footnote-ref"><a href="#fn1" id="fnref1">1</a></sup>, \
                a<sup class="footnote-ref"><a href="#fn2" id="fnref2">2</a></sup>, \
                b again<sup class="footnote-ref"><a href="#fn1" id="fnref1-2">1</a></sup>.</p>
                <section class="footnotes">
                <ol>
                <li id="fn1">
                <p>Of b. <a href="#fnref1" class="footnote-backref">↩</a> \
                <a href="#fnref1-2" class="footnote-backref">↩<sup class="footnote-ref">2</sup></a></p>
                </li>
                <li id="fn2">
                <p>Of a. <a href="#fnref2" class="footnote-backref">↩</a></p>
                </li>
                </ol>
                </section>

                """
        )
    }

    /// Each with the numbers of the references, in the order of the page.
    @Test(arguments: [
        ("a[^1][^2]\n\n[^1]: x y\n[^2]: x z\n", [1, 2]), ("a[^1]\n\n[^1]: https://example.org\n", [1]),
        ("a[^1]\n\n[^1]: word 'title'\n", [1]), ("a[^Größe]\n\n[^größe]: b\n", [1]),
        ("a[^_x_]\n\n[^_x_]: b\n", [1]),
        ("`[^1]` \\[^1] [^1](x)\n\n[^1]: b\n", []), ("    [^1]\n\n[^1]: b\n", []), ("a[^2]\n\n[^1]: b\n", []),
        ("- a[^1]\n\n> b[^2]\n\n[^2]: y\n[^1]: x\n", [1, 2]), ("# T[^1]\n\n[^1]: x\n", [1]),
        ("| a[^1] | b |\n|---|---|\n| c[^2] | d[^1] |\n\n[^2]: y\n[^1]: x\n", [1, 2, 1]),
        ("a[^1]\n\n[^1]: see[^2]\n[^2]: too, and[^1]\n", [1, 2, 1]), ("a[words][^1]\n\n[^1]: x\n", [1]),
        ("a![^1]\n\n[^1]: x\n", [1]), ("![x [^1] y](a.png)\n\n[^1]: x\n", []),
        ("~~a[^1]~~ **b[^1]**\n\n[^1]: x\n", [1, 1]),
    ])
    func `references are found where they are no code and no link`(text: String, numbers: [Int]) {
        let html = render(text).html
        let found = html.split(separator: "<sup class=\"footnote-ref\"><a href=\"#fn").dropFirst()
            .map { Int($0.prefix { $0 != "\"" }) }
        #expect(found == numbers)
    }

    @Test func `what stands around a reference stays`() {
        let text = "a [words][^1] b![^1] c [^Nope] ~~d[^1]~~\n\n[^1]: x\n"
        let html = render(text).html
        #expect(html.contains("a [words]<sup") && html.contains(" b!<sup") && html.contains(" c [^Nope] "))
        #expect(html.contains("<del>d<sup") && html.contains("</sup></del></p>"))
    }

    /// Each with the place of the warning and the label, and what comes near it.
    @Test(arguments: [
        ("a [^typo] b\n", "1:3 typo", nil), ("> ä **b [^1]**\n", "1:9 1", nil), ("# H [^1]\n", "1:5 1", nil),
        ("| a |\n|---|\n| \\[^2] [^2] |\n", "3:9 2", nil), ("\\[^x] c [^x]\n", "1:9 x", nil),
        ("a[^fee]\nb[^fees]\n\n[^fees]: c\n", "1:2 fee", "did you mean '[^fees]'?"),
        ("- a\n\n  [^1]:\n", "3:3 1", nil), ("a[^1]\n\n[^1]: b[^2]\n", "3:8 2", nil),
    ])
    func `a reference to a note that is not there is a warning`(text: String, problem: String, near: String?)
    {
        let found = render(text).diagnostics
        #expect(found.count == 1)
        let words = found.map { "\($0.place.line):\($0.place.column) \($0.problem)" }
        let parts = problem.split(separator: " ")
        #expect(words == ["\(parts[0]) there is no footnote '\(parts[1])'"])
        #expect(found.first?.severity == .warning)
        #expect(
            found.first?.advice == near
                ?? "define it in a line '[^\(parts[1])]: …' outside of quotes, lists and tables, or write \\[^\(parts[1])] for the characters"
        )
    }

    @Test(arguments: [
        "`[^1]`\n", "\\[^1]\n", "```\n[^1]\n```\n", "[^1](a)\n", "![a [^1] b](c)\n", "[^]\n", "[^a b]\n",
        "[^1]: <b>\n\n[^1]\n",
    ])
    func `what is no reference is no warning`(text: String) {
        #expect(!render(text).diagnostics.contains { $0.problem.hasPrefix("there is no footnote") })
    }

    @Test(arguments: [
        ("```\n[^1]: x\n```\n", "[^1]: x"), ("> [^1]: x y\n", "[^1]: x y"),
        ("- a\n\n  [^1]: x y\n", "[^1]: x y"),
        ("    [^1]: x\n", "[^1]: x"), ("text [^1]: x\n", "[^1]: x"), ("\\[^1]: x\n", "[^1]: x"),
        ("[^]: x y\n", "[^]: x y"),
        ("[^a b]: x y\n", "[^a b]: x y"),
    ])
    func `what only looks like a note stays text`(text: String, shown: String) {
        let page = render("a[^2]\n\n" + text + "\n[^2]: note\n")
        #expect(page.html.contains(shown))
        #expect(page.html.contains("<li id=\"fn1\">") && !page.html.contains("fn2"))
    }

    @Test(arguments: [
        ("[^1]: one\n    two\n", "<p>one\ntwo "), ("[^1]: one\nlazy\n", "<p>one\nlazy "),
        ("[^1]: one\n\n    two\n", "<p>one</p>\n<p>two "), ("[^1]: one\n\n\ttwo\n", "<p>one</p>\n<p>two "),
        ("[^1]: one\n2. two\n", "<p>one\n2. two "), ("[^1]: one\n===\n", "<p>one\n=== "),
        ("[^1]:\n\n    one\n", "<p>one "),
        ("[^1]: - a\n    - b\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<a "),
        ("[^1]: a\n\n    ```\n    [^2]: b\n    ```\n", "<pre><code>[^2]: b\n</code></pre>\n<a "),
        ("[^1]: # H\nbehind\n", "<h1 id=\"h\">H</h1>\n<a "), ("[^1]: [ ] a\n", "<p>[ ] a "),
        (
            "[^1]: a\n\n    | x | y |\n    |---|---|\n    | 1 | 2 |\n",
            "<td>2</td>\n</tr>\n</tbody>\n</table>\n<a "
        ),
        ("[^1]:\n", "<li id=\"fn1\">\n<a "), ("   [^1]: a\n", "<p>a "), ("[^1]:a\r\n    b\r\n", "<p>a\nb "),
    ])
    func `a note goes on like an item of a list`(text: String, html: String) {
        #expect(render("a[^1]\n\n" + text).html.contains(html))
    }

    @Test func `what stands around a note is parted by it and stays as it is`() {
        let html = render("- a[^1]\n\n[^1]: note\n- b\n\n    code?\n\nend\n[^2]: other\n---\n").html
        #expect(html.hasPrefix("<ul>\n<li>a<sup"))
        #expect(
            html.contains(
                "</li>\n</ul>\n<ul>\n<li>\n<p>b</p>\n<p>code?</p>\n</li>\n</ul>\n<p>end</p>\n<hr />\n"
            )
        )
    }

    @Test func `a link in a note is resolved with its place`() {
        let text =
            "Ä[^1]\n\n[^1]: Ü [a](b.md)\n    ö [c](d.md)\nlazy [e](f.md)\n\n    > x [g](h.md)\n\nlast [i](j.md)\n"
        let places = render(text).references.map {
            "\($0.destination) \($0.place.line):\($0.place.column)"
        }
        #expect(places == ["j.md 9:6", "b.md 3:9", "d.md 4:7", "f.md 5:6", "h.md 7:9"])
    }

    @Test func `a note that nothing refers to is left out with a warning`() {
        let page = render("a\n\n [^1]: lost[^2]\n\n[^2]: x\n[^2]: y\n")
        #expect(!page.html.contains("lost") && !page.html.contains("section"))
        let found = page.diagnostics.map {
            "\($0.place.line):\($0.place.column) \($0.severity) \($0.problem)"
        }
        #expect(
            found == [
                "3:2 warning nothing refers to the footnote '1', so it is left out",
                "5:1 warning nothing refers to the footnote '2', so it is left out",
                "6:1 warning the footnote '2' is defined twice, and this is left out",
            ]
        )
    }

    @Test func `no heading has the id of a note`() {
        let page = render("# fn1\n\n# fnref1\n\n## T [^1]\n\n[^1]: x\n")
        #expect(page.headings.map(\.id) == ["fn1-1", "fnref1-1", "t"])
        #expect(page.headings.map(\.text) == ["fn1", "fnref1", "T"])
    }

    @Test func `an id that an author sets may not be a note's`() {
        let page = render("# A {% #fn1 %}\n\na[^1]\n\n[^1]: x\n")
        #expect(page.diagnostics.map { "\($0.place.line) \($0.severity)" } == ["1 error"])
    }

    @Test(arguments: ["```\nopen\n", "<!-- open\n"])
    func `a block that is never closed is an error where it swallows the notes`(text: String) {
        let page = render("a[^1]\n\n[^1]: x\n\n" + text)
        #expect(page.diagnostics.filter { $0.severity == .error }.map(\.place.line) == [3])
    }

    @Test func `with a wording, readers hear what the links and the section are`() {
        let renderer = MarkdownRenderer(MarkdownOptions(dialect: [.gfm], wording: .english))
        let html = renderer.render("a[^1] b[^1]\n\n[^1]: x\n", file: "page.md").html
        #expect(html.contains("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">"))
        #expect(html.contains("id=\"fnref1\" role=\"doc-noteref\">1</a>"))
        #expect(html.contains("role=\"doc-backlink\" aria-label=\"Back to reference 1-2\">↩<sup"))
    }

    @Test func `CommonMark alone knows no footnotes`() {
        let html = MarkdownRenderer(MarkdownOptions()).render("a[^1]\n\n[^1]: x y\n", file: "page.md").html
        #expect(html == "<p>a[^1]</p>\n<p>[^1]: x y</p>\n")
    }

    @Test func `ten thousand notes end`() {
        let text = (0..<10_000).map { "a[^\($0)]\n\n[^\($0)]: b\n" }.joined(separator: "\n")
        #expect(render(text).html.contains("id=\"fnref10000\""))
    }
}
