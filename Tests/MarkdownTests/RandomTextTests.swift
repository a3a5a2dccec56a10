import Ground
import Testing

@testable import Markdown

/// Texts put together at random from pieces of markup, the same in every run.
struct RandomTextTests {
    private static let pieces = [
        "[^1]", "[^a]", "[^1]: ", "[^a]: ", "\n", "\n\n", "    ", "> ", "- ", "1. ", "$x$", "$$", "$", "\\",
        "`", "```\n",
        "~~", "*", "_", "| a | b |\n|---|---|\n", "| ", "[!NOTE]\n", "> [!TIP]\n> ", "word ", "# ", "===\n",
        "---\n", "<b>",
        "<!-- more -->\n", "{% #id %}", "![", "](x)", "[a](b) ", "\"", "'", "--", "...", "ä", "\t", "\r\n",
        "&quot;",
        "https://a.b/", "\\frac12", "&", "```math\n",
    ]

    private let renderer = MarkdownRenderer(
        MarkdownOptions(
            dialect: [.gfm, .math],
            headingAnchors: true,
            quotationMarks: QuotationMarks(language: "de"),
            wording: .english
        )
    )

    @Test(arguments: 1...8)
    func `what was hidden from libcmark leaves no trace, and elements close`(seed: UInt64) {
        var random = Xorshift(state: seed)
        for _ in 0..<250 {
            let text = (0..<random.next(3..<43)).map { _ in Self.pieces[random.next(0..<Self.pieces.count)] }
                .joined()
            let page = renderer.render(text, file: "page.md")
            let places = page.references.map(\.place) + page.diagnostics.map(\.place)
            let lines = text.unicodeScalars.count { $0 == "\n" || $0 == "\r" } + 1
            #expect(places.allSatisfy { (1...lines).contains($0.line) }, "\(text.debugDescription)")
            // What is refused is not published.
            if page.diagnostics.contains(where: { $0.severity == .error }) { continue }
            #expect(
                !page.html.unicodeScalars.contains { $0.value < 9 || $0.value > 13 && $0.value < 32 },
                "\(text.debugDescription)"
            )
            for tag in ["p", "sup", "li", "ol", "section", "div", "blockquote", "math", "del", "a"] {
                let opened = page.html.count(of: "<\(tag)>") + page.html.count(of: "<\(tag) ")
                #expect(opened == page.html.count(of: "</\(tag)>"), "\(tag) in \(text.debugDescription)")
            }
        }
    }
}

private struct Xorshift {
    var state: UInt64

    mutating func next(_ range: Range<Int>) -> Int {
        // The first states are too much like the seeds.
        for _ in 0..<3 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
        }
        return range.lowerBound + Int(state >> 33) % range.count
    }
}

extension String {
    fileprivate func count(of part: String) -> Int {
        split(separator: part, omittingEmptySubsequences: false).count - 1
    }
}
