import Ground
import Testing

struct SuggestionTests {
    static let near: [(written: String, word: String?)] = [
        ("visibilty", "visibility"), ("visibility", "visibility"), ("Visibility", "visibility"),
        ("visiblity", "visibility"),
        ("titel", "title"), ("tilte", "title"), ("url ", "url"), ("ulr", "url"), ("sevrer", "server"),
        ("theem", "theme"),
        ("x", nil), ("", nil), ("hooks", nil), ("server_port", nil), ("visibilityvisibility", nil),
    ]

    @Test(arguments: near)
    func `the word that was meant is suggested, and no other`(written: String, word: String?) {
        #expect(
            Suggestion.nearest(to: written, in: ["title", "url", "theme", "visibility", "server"]) == word
        )
    }

    @Test
    func `of two words equally near the first in the alphabet is taken`() {
        #expect(Suggestion.nearest(to: "bat", in: ["cat", "bar"]) == "bar")
        #expect(Suggestion.nearest(to: "bat", in: ["bar", "cat"]) == "bar")
    }

    @Test
    func `where no word is near all are listed`() {
        #expect(Suggestion.advice(for: "titel", among: ["title"]) == "did you mean 'title'?")
        #expect(Suggestion.advice(for: "zzz", among: ["url", "title"]) == "known here: title, url")
        #expect(Suggestion.nearest(to: "a", in: []) == nil)
    }

    @Test
    func `a very long word is answered at once`() {
        #expect(Suggestion.nearest(to: String(repeating: "a", count: 2_000_000), in: ["title"]) == nil)
    }
}
