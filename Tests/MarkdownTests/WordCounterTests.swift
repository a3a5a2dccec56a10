import Testing

@testable import Markdown

struct WordCounterTests {
    @Test(arguments: [
        ("", 0), ("a", 1), (" a", 1), ("a b", 2), ("  two   words  ", 2), ("exactly8", 1), ("exactly8 ", 1),
        ("exactly8 then more", 3), ("sevenab c", 2), ("\ta\nb\r\nc", 3), ("ein schöner Tag für alle", 5),
        ("日本語 と 英語", 3),
    ])
    func `words are what white space parts`(text: String, count: Int) {
        #expect(Self.count([text]) == count)
    }

    @Test func `a word may be parted by the pieces of a text`() {
        #expect(Self.count(["wonder", "ful days"]) == 2)
        #expect(Self.count(["wonderful", " days"]) == 2)
        #expect(Self.count(["a long piece ends here ", "and another begins"]) == 8)
    }

    @Test(arguments: 0..<60)
    func `a text is counted the same wherever it is cut`(length: Int) {
        let text = String(
            "Als ein Wort\tzu viel  war, kam  noch eines\n\n dazu: so ging es hin.".prefix(length)
        )
        let whole = text.split { $0 == " " || $0 == "\t" || $0 == "\n" }.count
        for cut in 0...text.count {
            #expect(Self.count([String(text.prefix(cut)), String(text.dropFirst(cut))]) == whole)
        }
    }

    /// Longer than what is added up in one go, and with as many words as there can be.
    @Test(arguments: [255, 256, 257, 258, 1000, 5000])
    func `a long text of short words loses none`(length: Int) {
        #expect(
            Self.count([String(String(repeating: "a ", count: length).prefix(length))]) == (length + 1) / 2
        )
    }

    private static func count(_ pieces: [String]) -> Int {
        var counter = WordCounter()
        for var piece in pieces { piece.withUTF8 { counter.add($0) } }
        return counter.count
    }
}
