import Ground
import Testing

@testable import Markdown

/// Texts put together at random, from a fixed beginning, so that a failure can be seen again.
struct TagFuzzTests {
    private static let pieces = [
        "{% block %}", "{% /block %}", "{% mark %}", "{% /mark %}", "{% dot /%}", "{% if $page.n %}",
        "{% else /%}",
        "{% /if %}", "{% $page.n %}", "{% #a .b %}", "{% table %}", "{% /table %}",
        "{% box\n  title=\"ä|\" %}", "{% /box %}",
        "{% deck %}", "{% leaf name=\"l\" %}", "{% /leaf %}", "{% /deck %}", "{% comment %}",
        "{% /comment %}",
        "{% partial file=\"one.md\" /%}", "{%", "%}", "{% \"", "\\", "\n", "\n", "\n", "\n\n", "    ", "\t",
        "> ", "- ", "1. ",
        "# ", "---\n", "```\n", "``` {% process=true %}\n", "~~~\n", "`", "*", "**", "~~", "[", "](", ")",
        "![", "<", ">", "<div>",
        "<!-- ", " -->", "| a | b |\n|---|---|\n| ", " | ", "word ", "ö", "&amp;", "www.a.b ", "\r\n",
        "[a]: /b\n",
    ]

    /// Texts of these are often without a mistake.
    private static let harmless = [
        "{% dot /%}", "{% $page.n %}", "{% mark %}m *n*{% /mark %}", "\n\n{% block %}\nb\n{% /block %}\n\n",
        "{% if $page.n %}y{% else /%}n{% /if %}", "{% box\n  title=\"ä\" %}b{% /box %}", "\n{% dot /%}\n",
        "\n\n    {% nope %}\n\n",
        "\n```js {% .a %}\n{% nope %}\r\n```\n", "`{% nope %}`", "<i title=\"{% dot /%}\">",
        "\n\n<div>\n{% dot /%}\n</div>\n\n",
        "<!-- {% nope %}\n{% /nope %} -->", "[t](<{% u %}>)", "![{% $page.n %}](i)", "\n- ", "\n> ",
        "\n| a | b |\n|---|---|\n| ",
        " | ", "*", "**", "~~", " ", "\n", "\r\n", "word", "ö", "&lt;y ", "&#123;% x",
        "\\{% x %}", "\n# ",
        "\n\t",
    ]

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func `whatever stands in a text, it ends, and shows none of our marks`(seed: UInt64) {
        var random = Random(state: seed)
        var clean = 0
        for round in 0..<400 {
            let pieces = round % 2 == 0 ? Self.pieces : Self.harmless
            let count = 1 + Int(random.next() % 40)
            let text = (0..<count).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
                .joined()
            for rawHTML in [false, true] {
                let page = TagPage(text, partials: ["one.md": "*in*\n"], rawHTML: rawHTML)
                let shown = page.html + page.page.excerpt + page.page.headings.map(\.text).joined()
                if page.page.diagnostics.allSatisfy({ $0.severity != .error }),
                    shown.contains("x00") || shown.contains("<x")
                {
                    print("FUZZ", text.debugDescription, "\nOUT ", page.html.debugDescription)
                }
                if page.page.diagnostics.allSatisfy({ $0.severity != .error }) { clean += 1 }
                #expect(
                    page.page.diagnostics.contains { $0.severity == .error }
                        || !shown.contains("<x") && !shown.contains("&lt;x") && !shown.contains("x00"),
                    "\(text.debugDescription)"
                )
                #expect(page.page.diagnostics.allSatisfy { $0.place.line >= 1 }, "\(text.debugDescription)")
            }
        }
        #expect(clean > 50)
    }
}
