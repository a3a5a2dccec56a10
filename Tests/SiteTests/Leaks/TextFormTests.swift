import Testing

@testable import Site

/// What the readers tell of each form of text: words, those beside the text in brackets, and `|` where a block ends.
struct TextFormTests {
    /// Spells out what a listener hears, by looking words up among those that it may hear.
    private struct Spelling: WordListener {
        private(set) var text: [String] = []
        private let known: [UInt64: String]

        init(knowing words: String) {
            var known: [UInt64: String] = [:]
            for word in words.split(separator: " ") {
                var bytes = WordBytes()
                for byte in word.utf8 { _ = bytes.take(byte) }
                if let number = bytes.end() { known[number] = String(word) }
            }
            self.known = known
        }

        mutating func word(_ word: UInt64) { text.append(known[word] ?? "?") }
        mutating func asideWord(_ word: UInt64) { text.append("(\(known[word] ?? "?"))") }
        mutating func asideEnds() { if text.last?.hasPrefix("(") == true { text.append(";") } }
        mutating func part(_ part: TextPart) { if part == .block, text.last != "|" { text.append("|") } }
    }

    private func heard(_ text: String, _ form: TextForm, _ known: String = "a b c d e f don t äpfel été")
        -> String
    {
        var spelling = Spelling(knowing: known)
        form.read(Array(text.utf8), into: &spelling)
        return spelling.text.joined(separator: " ")
    }

    static let markup: [(String, String)] = [
        ("<p>A b</p><p>c</p>", "| a b | c |"), ("a <em>b</em> <a href='c'>d</a>", "a b (c) ; d |"),
        ("a&nbsp;b&amp;c & d &unknown", "a b c d ? |"),
        ("<img alt=\"a b\" class='c' id=d title=e>", "(a) (b) ; (e) ; |"),
        ("<!-- a b -->c", "(a) (b) ; c |"), ("<![CDATA[a]]>b", "a b |"), ("<!doctype a>b", "b |"),
        ("<?a b?>c", "c |"),
        ("<script>var a = 'b\\nc'</script>d", "| (?) (a) (b) (c) ; | d |"),
        ("<style>a{b:c}</style>", "| (a) (b) (c) ; |"),
        ("a < b <3 c", "a b ? c |"), ("don’t “äpfel”\u{a0}ÉTÉ été", "don t äpfel ? été |"), ("<p", "|"),
        ("<a href=\"a", "(a) ; |"),
        ("<p title='a>b'>c", "| (a) (b) ; c |"), ("a<br>b", "a b |"), ("", "|"),
        ("<input value=a>b", "(a) ; b |"),
    ]

    @Test(arguments: markup)
    func `markup is read through`(text: String, words: String) {
        #expect(heard(text, .markup) == words)
    }

    @Test func `a feed is read as XML and as the pages in it`() {
        #expect(
            heard("<c>&lt;p title=\"a\"&gt;b&lt;/p&gt;</c>", .xml, "a b p title")
                == "| p title a b p | (a) ; b |"
        )
        #expect(heard("<c>a</c>", .xml) == "| a |")
    }

    static let json: [(String, String)] = [
        (#"{"title":"a b","a-b":"c"}"#, "| a b | a b | c |"),
        (#"["a\u0062","\u00e9t\u00e9","a\nb\/c"]"#, "ab | été | a b c |"),
        (#"["<p class=\"d\">a</p>"]"#, "| a |"), (#"["\ud83d\ude00a","\ud83d","a"#, "?"), ("a b", "|"),
        (#"["\u12"]"#, "?"),
    ]

    @Test(arguments: json)
    func `strings of JSON are read, and names that programs chose are not`(text: String, words: String) {
        let heard = heard(text, .json, "a b c d ab été")
        #expect(words == "?" || heard == words)
    }

    @Test func `bytes of any kind are read, and UTF-16 among them`() {
        #expect(heard("a.b\u{1}c", .plain) == "a b c |")
        #expect(heard("a\u{0} \u{0}b\u{0}", .plain) == "a b a b |")
    }
}
