import Ground
import Testing

@testable import Markdown

/// What becomes of tags in a text that is right.
struct TagTests {
    @Test(arguments: [
        ("{% block %}\nWords *here*.\n{% /block %}\n", "<block>\n<p>Words <em>here</em>.</p>\n</block>\n"),
        ("a {% mark %}b *c*{% /mark %} d\n", "<p>a <mark>b <em>c</em></mark> d</p>\n"),
        ("{% sign /%}\n", "<p><sign></sign></p>\n"), ("- {% sign /%}\n", "<li><sign></sign></li>\n"),
        ("{% dot /%} first\n", "<p><dot></dot> first</p>\n"),
        ("words\n{% dot /%}\nmore\n", "<p>words</p>\n<dot></dot>\n<p>more</p>\n"),
        (
            "- one\n  {% block %}\n  two\n  {% /block %}\n",
            "<ul>\n<li>one\n<block>\ntwo</block>\n</li>\n</ul>\n"
        ),
        (
            "> {% block %}\n> two\n> {% /block %}\n",
            "<blockquote>\n<block>\n<p>two</p>\n</block>\n</blockquote>\n"
        ),
        ("{% block %}two{% /block %}\n", "<block>two</block>\n"),
        (
            "{% block %}\n{% block %}\nx\n{% /block %}\n{% /block %}\n",
            "<block>\n<block>\n<p>x</p>\n</block>\n</block>\n"
        ),
        (
            "| a |\n|---|\n| {% box title=\"x|y\" %}b{% /box %} |\n",
            "<td><box level=\"1\" title=\"x|y\">b</box></td>"
        ),
        ("> {% box\n> title=\"x\" %}\n> y\n> {% /box %}\n", "<box level=\"1\" title=\"x\"><p>y</p>\n</box>"),
    ])
    func `tags stand in blocks and in words`(text: String, html: String) {
        let page = TagPage(text)
        #expect(page.problems == [])
        let found = page.html.replacing("<block>\n", with: "<block>").replacing("<block>", with: "<block>")
        #expect(found.contains(html.replacing("<block>\n", with: "<block>")))
    }

    @Test(arguments: [
        ("`{% dot /%}`\n", "<p><code>{% dot /%}</code></p>\n"),
        ("```\n{% if $x %}\n\tä{% nope %}\n```\n", "<pre><code>{% if $x %}\n\tä{% nope %}\n</code></pre>\n"),
        ("    {% nope %}\n    b\n", "<pre><code>{% nope %}\nb\n</code></pre>\n"),
        (
            "- ```js\n  a({% b\n    c %})\n  ```\n",
            "<pre><code class=\"language-js\">a({% b\n  c %})\n</code></pre>"
        ),
        ("> ```\n> {% nope %}\n> ```\n", "<pre><code>{% nope %}\n</code></pre>"),
        ("a `b {% c\n d %} e`\n", "<code>b {% c d %} e</code>"),
        ("\\{% block %}\n", "<p>{% block %}</p>\n"),
        ("```{% title=\"a `b`\" %}\nx\n```\n", "<pre title=\"a `b`\"><code>x\n</code></pre>\n"),
        ("[a](<b> \"{% c %}\")\n", "<a href=\"b\" title=\"{% c %}\">a</a>"),
        ("printf(\"`{%d}`\")\n", "<code>{%d}</code>"),
    ])
    func `in code, titles and behind a backslash nothing is a tag`(text: String, html: String) {
        let page = TagPage(text)
        #expect(page.problems == [])
        #expect(page.html.contains(html))
    }

    @Test(arguments: [
        ("{% $page.title %}\n", "<p>Fees &amp; Dues</p>\n"), ("a {% $page.n %}.\n", "<p>a 3.</p>\n"),
        ("{% $page.title %}\nmore\n", "<p>Fees &amp; Dues\nmore</p>\n"),
        ("{% equals($page.n, 3) %}\n", "<p>true</p>\n"),
        ("**{% $page.n %}**\n", "<p><strong>3</strong></p>\n"),
        ("![of {% $page.n %}](a.png)\n", "alt=\"of 3\""),
        (
            "{% if equals($page.n, 2) %}\na\n{% else equals($page.n, 3) /%}\nb\n{% else /%}\nc\n{% /if %}\n",
            "<p>b</p>\n"
        ),
        ("x {% if $gone %}a{% else /%}b{% /if %} y\n", "<p>x b y</p>\n"),
        ("{% comment %}\nhidden\n{% /comment %}\nshown\n", "<p>shown</p>\n"),
        (
            "```js {% process=true %}\na\n{% if $page.n %}\nb {% $page.n %}\n{% /if %}\nc\n```\n",
            "a\nb 3\nc\n</code>"
        ),
        (
            "```js {% process=true %}\n{% if $page.n %}\n  {% if $page.n %}\nb\n  {% /if %}\n{% /if %}\nc\n```\n",
            "<code class=\"language-js\">b\nc\n</code>"
        ),
        ("```js {% process=true %}\na\n{% $page.n %}\nb\n```\n", ">a\n3\nb\n</code>"),
        ("```js {% process=true %}\n{% $page.n %}\nb\n```\n", ">3\nb\n</code>"),
        (
            "```js {% process=true %}\na\n{% if equals(\"%}\", \"%}\") %}\nb\n{% /if %}\n```\n",
            ">a\nb\n</code>"
        ),
    ])
    func `values are shown and choose`(text: String, html: String) {
        let page = TagPage(text)
        #expect(page.problems == [])
        #expect(page.html.hasPrefix(html) || page.html.contains(html))
    }

    @Test(arguments: [
        ("# A {% #x .y .z %}\n", "<h1 id=\"x\" class=\"y z\">A</h1>\n"),
        ("Words. {% .lead #p %}\n", "<p class=\"lead\" id=\"p\">Words.</p>\n"),
        ("- one {% .a %}\n- two\n", "<li class=\"a\">one</li>"),
        ("- one {% .a %}\n\n- two\n", "<li>\n<p class=\"a\">one</p>"),
        ("| a {% width=120 %} | b |\n|---|--:|\n| c {% colspan=2 .d %} |\n", "<th width=\"120\">a</th>"),
        (
            "| a {% width=120 %} | b |\n|---|--:|\n| c {% colspan=2 .d %} |\n",
            "<td class=\"d\" colspan=\"2\">c</td>"
        ),
        (
            "```swift {% #code title=\"x\" %}\na\n```\n",
            "<pre id=\"code\" title=\"x\"><code class=\"language-swift\">a"
        ),
        ("A\n{% $page.n %} {% .a %}\n", "<p class=\"a\">A\n3</p>"),
    ])
    func `annotations are attributes of what they stand in`(text: String, html: String) {
        let page = TagPage(text)
        #expect(page.problems == [])
        #expect(page.html.contains(html))
    }

    @Test func `a table's rows are lists`() {
        let page = TagPage(
            "{% table #t %}\n* A {% width=\"20%\" %}\n* B\n---\n* 1\n*\n  two\n\n  lines\n---\n* `x`\n* y\n{% /table %}\n"
        )
        #expect(page.problems == [])
        #expect(
            page.html.hasPrefix(
                "<table id=\"t\">\n<thead>\n<tr>\n<th width=\"20%\">A</th>\n<th>B</th>\n</tr>\n</thead>\n<tbody>\n"
            )
        )
        #expect(page.html.contains("<td><code>x</code></td>\n<td>y</td>\n</tr>\n</tbody>\n</table>\n"))
    }

    @Test func `a heading's words hold the values that are shown in it`() {
        let page = TagPage("# Version {% $page.n %} {% .new %}\n").page
        #expect(page.headings.map(\.text) == ["Version 3"])
        #expect(page.headings.map(\.id) == ["version-3"])
    }

    @Test func `a tag knows what stands directly in it`() {
        let page = TagPage(
            "{% deck %}\n{% leaf name=\"a\" %}\n```x\n```\n{% /leaf %}\n\n```js\ny\n```\n{% /deck %}\n"
        )
        #expect(page.problems == [])
        #expect(page.html.contains("<deck items=\"leaf,fence\">"))
    }

    @Test func `what an indented tag holds is no code`() {
        let page = TagPage(
            "{% block %}\n    {% block %}\n        - [x](gone)\n    {% /block %}\n{% /block %}\n"
        ) { _ in
            .dead(problem: "gone", advice: nil)
        }
        #expect(page.html.contains("<li><a href"))
        #expect(page.problems == ["page.md:3:11: error: gone"])
    }

    @Test(arguments: [
        " {% if false %}\nhidden\n {% /if %}\n", "  {% if false %}\nhidden\n   {% /if %}\n",
        "1. a\n\n    {% if false %}\n    hidden\n    {% /if %}\n",
        ">  {% if false %}\n> hidden\n>  {% /if %}\n",
        "{% block %}\n- a\n\n   {% if false %}\n   hidden\n   {% /if %}\n{% /block %}\n",
        " {% comment %}\nhidden\n {% /comment %}\n",
    ])
    func `a tag may be indented up to three columns in what holds it`(text: String) {
        let page = TagPage(text)
        #expect(page.problems == [])
        #expect(!page.html.contains("hidden"))
    }

    @Test(arguments: [
        (
            "{% box\n   level=5\n   title=\"x\" %}\n```js\na {\n  b {\n    c\n```\n{% /box %}\n",
            "a {\n  b {\n    c\n"
        ),
        (
            "{% block %}\n  {% block %}\n```js\na {\n  b {\n    c\n```\n  {% /block %}\n{% /block %}\n",
            "a {\n  b {\n    c\n"
        ),
        ("{% block %}\n  x\n\n  ```js\n  a {\n    b\n  ```\n{% /block %}\n", "a {\n  b\n"),
    ])
    func `code in a tag keeps its indentation but for what its fence loses`(text: String, code: String) {
        let page = TagPage(text)
        #expect(page.problems == [])
        #expect(page.html.contains(">\(code)</code>"))
    }

    @Test func `a cell that says how it is aligned says it once`() {
        let page = TagPage("| a | b |\n|:-:|:-:|\n| x {% align=\"right\" %} | y |\n")
        #expect(page.html.contains("<td align=\"right\">x") && page.html.contains("<td align=\"center\">y"))
    }

    @Test func `addresses in tags are links`() {
        let page = TagPage("{% box href=\"a.md\" src=\"b.png\" /%}\n", firstLine: 3) {
            .replace("/\($0.destination)/")
        }
        #expect(page.html.contains("href=\"/a.md/\" level=\"1\" src=\"/b.png/\""))
        #expect(page.page.references.map(\.kind) == [.link, .image])
        #expect(page.page.references.first?.place == Place(file: "page.md", line: 3, column: 13))
    }

    @Test func `a partial is the text of another file, with variables`() {
        let partials = [
            "a.md": "## In {% $who %}\n\n{% partial file=\"b.md\" /%}\n", "b.md": "*deep* {% $page.n %}\n",
        ]
        let page = TagPage(
            "# Top\n\n{% partial file=\"a.md\" variables={who: \"a\"} /%}\n\n## In a\n",
            partials: partials
        )
        #expect(page.problems == [])
        #expect(
            page.html.contains(
                "<h2 id=\"in-a\">In a</h2>\n<p><em>deep</em> 3</p>\n<h2 id=\"in-a-1\">In a</h2>\n"
            )
        )
        #expect(page.page.headings.map(\.id) == ["top", "in-a", "in-a-1"])
    }

    @Test func `a slot is filled from within`() {
        let page = TagPage("{% frame %}\n{% slot \"head\" %}\ntop\n{% /slot %}\n\nrest\n{% /frame %}\n")
        #expect(page.problems == [])
        #expect(page.html == "<frame>[head: <p>top</p>\n]<p>rest</p>\n</frame>\n")
    }

    @Test(arguments: [
        ("<div>\n{% if $x %}\n</div>\n", "<div>\n{% if $x %}\n</div>\n", 2),
        ("<!-- {% dot /%} -->\n", "<!-- {% dot /%} -->\n", 0),
        ("a <b title=\"{% dot /%}\">c</b>\n", "<p>a <b title=\"{% dot /%}\">c</b></p>\n", 1),
    ])
    func `in raw HTML nothing is a tag`(text: String, html: String, line: Int) {
        let page = TagPage(text, rawHTML: true)
        #expect(page.html == html)
        #expect(page.page.diagnostics.map(\.place.line) == (line == 0 ? [] : [line]))
        #expect(
            page.page.diagnostics.allSatisfy {
                $0.problem == "a tag in raw HTML is not read" && $0.severity == .warning
            }
        )
    }

    @Test func `without the dialect braces are text`() {
        let renderer = MarkdownRenderer(MarkdownOptions(dialect: [.gfm]))
        #expect(renderer.render("a {% b %}\n", file: "page.md").html == "<p>a {% b %}</p>\n")
    }

    @Test func `tags in the code of a footnote stand in no line of the page`() {
        let text = """
            {% block %}
                x
            {% /block %}

            b[^1]

            [^1]: n

                ```
                {% dot /%}
                ```

            """
        let page = TagPage(text)
        #expect(page.problems.isEmpty)
        #expect(page.html.contains("<code>{% dot /%}\n</code>"))
    }
}
