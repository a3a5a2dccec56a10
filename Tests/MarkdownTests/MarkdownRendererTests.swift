import Foundation
import Ground
import Testing

@testable import Markdown

/// What the renderer does beyond the specifications' examples.
struct MarkdownRendererTests {
    private let renderer = MarkdownRenderer(
        MarkdownOptions(dialect: [.gfm], rawHTML: false, headingIDs: true)
    )

    private func render(
        _ text: String,
        firstLine: Int = 1,
        resolve: (Reference) -> Resolution = { _ in .keep }
    )
        -> RenderedMarkdown
    {
        renderer.render(text, file: "page.md", firstLine: firstLine, resolve: resolve)
    }

    @Test(arguments: [
        ("# Fees", "fees"), ("# What it *costs*", "what-it-costs"), ("# Größe & Maß", "größe--maß"),
        ("# Own {% #mine %}", "mine"),
    ])
    func `a heading gets an id`(text: String, id: String) {
        #expect(render(text).headings.map(\.id) == [id])
    }

    @Test func `two headings of one name get ids of their own`() {
        #expect(render("# A\n\n# A\n\n# A\n").headings.map(\.id) == ["a", "a-1", "a-2"])
    }

    @Test func `an explicit id that comes twice is an error with its place`() {
        let problems = render("# A {% #x %}\n\n# B {% #x %}\n", firstLine: 5).diagnostics
        #expect(problems.map(\.place.line) == [7])
    }

    @Test func `a dead link is an error at its line in the author's file`() {
        let page = render("Text.\n\nMore\nand [gone](gone.md) too.\n", firstLine: 4) { reference in
            reference.destination == "gone.md" ? .dead(problem: "gone", advice: nil) : .keep
        }
        #expect(page.diagnostics.map(\.place.line) == [7])
        #expect(page.diagnostics.map(\.severity) == [.error])
    }

    @Test func `a link and an image lead where they are resolved to`() {
        let page = render("[a](b.md) ![c](d.png)\n") { .replace($0.kind == .link ? "/b/" : "/d.png") }
        #expect(page.html == "<p><a href=\"/b/\">a</a> <img src=\"/d.png\" alt=\"c\" /></p>\n")
        #expect(page.references.map(\.destination) == ["b.md", "d.png"])
    }

    @Test(arguments: [
        (
            Resolution.image("/d.png", ImageSize(width: 4, height: 3)), "/d.png",
            " width=\"4\" height=\"3\" loading=\"lazy\" decoding=\"async\""
        ),
        (.image("/d.png", nil), "/d.png", " loading=\"lazy\" decoding=\"async\""),
        (.image(nil, nil), "d%20.png", " loading=\"lazy\" decoding=\"async\""),
        (.replace("/d.png"), "/d.png", ""), (.keep, "d%20.png", ""),
    ])
    func `an image that the site knows is loaded late and in its size`(
        answer: Resolution,
        address: String,
        more: String
    ) {
        let html = render("![c ![e](d&#32;.png)](<d .png> \"t\")\n") { _ in answer }.html
        #expect(html == "<p><img src=\"\(address)\" alt=\"c e\" title=\"t\"\(more) /></p>\n")
    }

    @Test(arguments: ["<script>alert(1)</script>\n", "a <b onclick=x>b</b>\n", "[x](javascript:alert(1))\n"])
    func `raw HTML and scripts in links are left out`(text: String) {
        let html = render(text).html
        #expect(!html.contains("<script") && !html.contains("onclick") && !html.contains("javascript:"))
    }

    @Test func `a NUL is an error with line and column`() {
        let problems = render("A\n\nB\0C\n").diagnostics
        #expect(problems.map(\.place) == [Place(file: "page.md", line: 3, column: 2)])
    }

    @Test(arguments: ["> ", "- ", "* a\n", "[", "**a"])
    func `ten thousand levels of anything end`(text: String) {
        let page = render(String(repeating: text, count: 10_000))
        #expect(page.html.utf8.count < 10_000_000)
    }

    @Test(arguments: [
        ("- [ ] a\n- [x] b\n", 2), ("- \\[ ] a\n", 0), ("- [ ]\n", 0), ("- [y] a\n", 0), ("1. [X] a\n", 1),
    ])
    func `a task has a check box`(text: String, boxes: Int) {
        #expect(
            render(text).html.split(separator: "checkbox", omittingEmptySubsequences: false).count - 1
                == boxes
        )
    }

    @Test func `a table keeps its alignments, and a pipe in code`() {
        let html = render("| a | b |\n|:--|--:|\n| `x\\|y` | 2 |\n").html
        #expect(html.contains("<td align=\"left\"><code>x|y</code></td>"))
        #expect(html.contains("<th align=\"right\">b</th>"))
    }

    private func table(columns: Int, rows: Int) -> String {
        "\n|" + String(repeating: "a|", count: columns) + "\n|" + String(repeating: "-|", count: columns)
            + "\n"
            + String(repeating: "|b\n", count: rows)
    }

    @Test func `cells that rows lack are filled in up to a limit for the page`() {
        let kept = render(table(columns: 1001, rows: 50) + table(columns: 1001, rows: 50))
        #expect(kept.diagnostics.isEmpty)
        #expect(kept.html.components(separatedBy: "<td></td>").count == 100_001)
        let cut = render(table(columns: 1001, rows: 50) + table(columns: 1001, rows: 60))
        #expect(
            cut.diagnostics.map(\.description) == [
                """
                page.md:107: error: the rows of the page's tables lack more than 100000 cells
                    write a '|' for each cell, or give the header fewer
                """
            ]
        )
        #expect(cut.html.components(separatedBy: "<td>b</td>").count == 111)
    }

    /// Half a megabyte that would be three gigabytes.
    @Test(.timeLimit(.minutes(1))) func `a wide table with many short rows ends`() {
        let page = render(table(columns: 60_000, rows: 60_000))
        #expect(page.diagnostics.count == 1)
        #expect(page.html.utf8.count < 4_000_000)
    }

    @Test(arguments: [
        ("A {% #x %}\n===\nB {% #x %}\n---\n", 3), ("A {% #x %}\n===\nB\nC {% #x %}\n---\n\nD\n", 4),
    ])
    func `an id at the end of an underlined heading has its line`(text: String, line: Int) {
        #expect(render(text).diagnostics.map(\.place.line) == [line])
    }

    @Test func `what stands right below a table with a rule is no row of it`() {
        let html = render("| a |\n| - |\n| b |\n---\n    c\n").html
        #expect(
            html.hasSuffix("<td>b</td>\n</tr>\n</tbody>\n</table>\n<hr />\n<pre><code>c\n</code></pre>\n")
        )
    }

    @Test func `the first paragraph is the excerpt`() {
        #expect(render("# T\n\nSome *words* here.\n\nOthers.\n").excerpt == "Some words here.")
    }
}
