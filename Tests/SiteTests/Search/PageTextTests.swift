import Search
import Testing

@testable import Site

struct PageTextTests {
    private static func text(_ html: String, description: String = "") -> String {
        PageText.parts(html: Array(html.utf8), description: description).map { part in
            let (heading, text) = (
                String(decoding: part.heading, as: UTF8.self), String(decoding: part.text, as: UTF8.self)
            )
            return "[\(part.anchor)|\(heading)|\(text)]"
        }.joined()
    }

    @Test(arguments: [
        ("<p>One <em>two</em> th<strong>ree</strong></p>\n<p>four</p>", "[||One two three\nfour]"),
        (
            "<h2 id=\"a\">A <code>b</code><a class=\"heading-anchor\" href=\"#a\"></a></h2>\n<p>c</p>",
            "[a|A b|c]"
        ),
        ("<p>x</p><h1 class=\"y\" id=\"z\">Z<br>z</h1><h3>No id</h3>", "[||x][z|Z z|][|No id|]"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul><table><tr><td>c</td><td>d</td></tr></table>", "[||a\nb\nc\nd]"),
        (
            "<p>a<br />\nb &amp; &lt;c&gt; &#233;&#x41;&nbsp;d &hearts; e&f</p>",
            "[||a\nb & <c> éA d &hearts; e&f]"
        ),
        (
            "<svg><title>no</title></svg><script>no()</script><style>no{}</style><p title=\"a > b\">yes</p>",
            "[||yes]"
        ),
        ("<!-- no > no -->a<!doctype no>b<pre><code>x\n  y</code></pre>", "[||ab\nx y]"),
        ("<a href=\"/\">News</a> <a href=\"/\">Archive</a>", "[||News Archive]"), ("", ""), ("<", ""),
        ("a <b", "[||a]"),
        ("<h2 id=\"open\">Never closed", "[open|Never closed|]"),
    ])
    func `a page's words come apart from its markup, and part at its headings`(html: String, expected: String)
    {
        #expect(Self.text(html) == expected)
    }

    @Test
    func `the description stands in front`() {
        #expect(Self.text("<p>Text.</p>", description: "What & why.") == "[||What & why.\nText.]")
    }
}
