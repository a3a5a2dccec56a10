import Ground
import Testing

@testable import Markdown

struct AlertTests {
    private func render(_ text: String, wording: Wording? = nil) -> RenderedMarkdown {
        MarkdownRenderer(MarkdownOptions(dialect: [.gfm], wording: wording)).render(text, file: "page.md")
    }

    @Test(arguments: [
        ("NOTE", "note", "Note"), ("tip", "tip", "Tip"), ("IMPORTANT", "important", "Important"),
        ("Warning", "warning", "Warning"), ("CAUTION", "caution", "Caution"),
    ])
    func `a quote that begins with a word in brackets is an alert`(word: String, kind: String, title: String)
    {
        #expect(
            render("> [!\(word)]\n> Some *words*.\n").html == """
                <div class="markdown-alert markdown-alert-\(kind)" role="note">
                <p class="markdown-alert-title">\(title)</p>
                <p>Some <em>words</em>.</p>
                </div>

                """
        )
    }

    /// Each with the HTML of what stands in the alert.
    @Test(arguments: [
        ("> [!NOTE]\n>\n> a\n", "<p>a</p>"), ("> [!NOTE]  \n> a\n", "<p>a</p>"),
        ("> [!NOTE]\\\n> a\n", "<p>a</p>"),
        ("> [!NOTE]\na\n", "<p>a</p>"), ("- > [!NOTE]\n  > a\n", "<p>a</p>"),
        ("> [!NOTE]\n> - a\n", "<ul>\n<li>a</li>\n</ul>"),
        ("> > [!NOTE]\n> > a\n", "<p>a</p>"), (">[!note]\r\n>a\r\n", "<p>a</p>"),
        ("a[^1]\n\n[^1]: > [!NOTE]\n    > a\n", "<p>a</p>"),
    ])
    func `an alert holds what the quote holds`(text: String, inner: String) {
        #expect(render(text).html.contains("title\">Note</p>\n\(inner)\n</div>\n"))
    }

    @Test(arguments: [
        "> [!NOTE]\n", "> [!NOTES]\n> a\n", "> \\[!NOTE]\n> a\n", "> [!NOTE] a\n", "> a\n> [!NOTE]\n",
        "[!NOTE]\na\n",
        "> [!NOTE]\n> a\n\n[!NOTE]: /url\n", "> `[!NOTE]`\n> a\n", "> [!NOTE]\n> ===\n",
        "> [!NOTE][a]\n> b\n",
    ])
    func `what only looks like an alert stays what it is`(text: String) {
        #expect(!render(text).html.contains("markdown-alert"))
    }

    @Test func `places in an alert are those of the author's file`() {
        let page = render("> [!NOTE]\n> [a](b.md)\n> c [d](e.md)\n")
        #expect(page.references.map { "\($0.place.line):\($0.place.column)" } == ["2:3", "3:5"])
    }

    @Test func `the mark is neither a word nor part of the excerpt`() {
        let page = render("> [!NOTE]\n> Two words.\n")
        #expect(page.excerpt == "Two words." && page.wordCount == 2)
    }

    @Test func `titles are in the words of the site`() {
        var wording = Wording.english
        wording.tip = "Tipp & Trick"
        #expect(render("> [!TIP]\n> a\n", wording: wording).html.contains("title\">Tipp &amp; Trick</p>"))
    }

    @Test func `CommonMark alone knows no alerts`() {
        let html = MarkdownRenderer(MarkdownOptions()).render("> [!NOTE]\n> a\n", file: "page.md").html
        #expect(html == "<blockquote>\n<p>[!NOTE]\na</p>\n</blockquote>\n")
    }
}
