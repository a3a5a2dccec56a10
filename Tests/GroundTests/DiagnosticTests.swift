import Ground
import Testing

struct DiagnosticTests {
    static let printed: [(diagnostic: Diagnostic, text: String)] = [
        (Diagnostic(at: Place(file: "a.md", line: 3, column: 9), "no"), "a.md:3:9: error: no"),
        (Diagnostic(.warning, at: Place(file: "a.md", line: 3), "no"), "a.md:3: warning: no"),
        (Diagnostic(at: Place(file: "a.md"), "no", advice: "yes"), "a.md: error: no\n    yes"),
        (
            Diagnostic(
                at: Place(file: "\u{1b}[2J.md"),
                "a\nb.md: error: c\r\u{9b}1m",
                advice: "\u{202e}\u{2028}\t\u{7f}"
            ),
            #"\u{1b}[2J.md: error: a\u{a}b.md: error: c\u{d}\u{9b}1m"# + "\n"
                + #"    \u{202e}\u{2028}\u{9}\u{7f}"#
        ),
        (Diagnostic(at: Place(file: "é😀\u{301}.md"), "\\"), "é😀\u{301}.md: error: \\"),
    ]

    @Test(arguments: printed)
    func `a diagnostic prints as a compiler's`(diagnostic: Diagnostic, text: String) {
        #expect(diagnostic.description == text)
    }

    @Test
    func `diagnostics are sorted by place, each once`() {
        let late = Diagnostic(at: Place(file: "b.md", line: 1, column: 1), "x")
        let tenth = Diagnostic(at: Place(file: "a.md", line: 10, column: 1), "x")
        let second = Diagnostic(.warning, at: Place(file: "a.md", line: 2, column: 10), "x")
        let first = Diagnostic(at: Place(file: "a.md", line: 2, column: 9), "x")
        #expect(Diagnostics([late, tenth, second, first, late]).all == [first, second, tenth, late])
        #expect(Diagnostics([late, second]).hasErrors)
        #expect(!Diagnostics([second]).hasErrors)
        #expect(!Diagnostics([]).hasErrors)
    }
}
