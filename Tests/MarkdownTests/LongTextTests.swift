import Markdown
import Testing

/// Text is escaped and counted eight bytes at a time; a mark may stand at any of them.
struct LongTextTests {
    private let renderer = MarkdownRenderer(MarkdownOptions())

    @Test(arguments: ["<": "&lt;", ">": "&gt;", "&": "&amp;", "\"": "&quot;"])
    func `a sign is escaped wherever it stands in a text`(sign: String, escaped: String) {
        for length in 1...40 {
            for position in 0..<length {
                var text = Array(repeating: "x", count: length)
                text[position] = "`\(sign)`"
                let written = text.joined().replacing("`", with: "")
                // In code a sign is never markup, and the text has one piece.
                #expect(
                    renderer.render("`" + written + "`", file: "f").html
                        == "<p><code>" + written.replacing(sign, with: escaped) + "</code></p>\n"
                )
            }
        }
    }

    @Test func `signs that differ in one bit are left as they are`() {
        let text = "bcdefnv:;=?$%'*,. :;=?#$%'!,. |~\u{7f} é日😀\u{a2}\u{bc}\u{be}"
        #expect(renderer.render("`\(text)`", file: "f").html == "<p><code>\(text)</code></p>\n")
    }

    @Test(arguments: [
        ("", 0), ("one", 1), ("one two", 2), ("a b c d e f g h i j k l m n o p q", 17),
        ("longer-than-eight and  more", 3),
        ("*a* b*c* d", 3), ("a\nb\n\nc", 3), ("`a b` c", 3), ("- a\n- b c", 3), ("größe 日 😀", 3),
    ])
    func `words are counted across pieces of text`(text: String, count: Int) {
        #expect(renderer.render(text, file: "f").wordCount == count)
    }

    /// Each is found by a look at the whole text before it is parsed.
    @Test(arguments: [
        ("~~x~~", "<del>"), ("https://a.b", "<a href"), ("www.a.b", "<a href"), ("a@b.c", "<a href"),
        ("\n- [x] y", "<input"),
        ("\n\n| a |\n|---|\n", "<table>"), ("\r\r| a |\r|-|\r", "<table>"),
        ("\n\n# h {% #own %}\n", "id=\"own\""), ("$x$", "<math"), ("[^1]\n\n[^1]: y", "<section"),
        ("\n\n> [!NOTE]\n> y", "alert"),
    ])
    func `an addition to CommonMark is found wherever it stands`(text: String, mark: String) {
        let renderer = MarkdownRenderer(MarkdownOptions(dialect: [.gfm, .math]))
        for length in 0...24 {
            let before = String(repeating: "x", count: length)
            let html = renderer.render("\(before) \(text)\n\nend", file: "f").html
            #expect(html.contains(mark), "\(html)")
        }
    }
}
