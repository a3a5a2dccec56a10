import Testing

@testable import Search

struct SearchWordsTests {
    @Test(arguments: [
        ("The gate's OPEN, isn't it?", ["the", "gate", "s", "open", "isn", "t", "it"]),
        ("Über naïve CAFÉ cafe\u{301}", ["uber", "naive", "cafe", "cafe"]),
        ("x86_64 v2.0", ["x86", "64", "v2", "0"]), ("a\u{2014}b\u{2019}s", ["a", "b", "s"]),
        ("門を開ける", ["門", "を", "開", "け", "る"]), ("abc門def", ["abc", "門", "def"]),
        ("", []), ("-- 🦢 --", []), ("ТЁПЛЫЙ дом", ["теплыи", "дом"]), ("Straße", ["straße"]),
        (String(repeating: "a", count: 81) + " ok", ["ok"]),
        (String(repeating: "ä", count: 41) + " ok", ["ok"]),
    ])
    func `a text's words are compared in lower case and without accents`(text: String, expected: [String]) {
        #expect(SearchWords.compared(text) == expected)
    }

    @Test
    func `bytes that are no UTF-8 part words and end nothing`() {
        let bytes: [UInt8] = [0x61, 0xff, 0x62, 0xe2, 0x80]
        var words: [String] = []
        bytes.withUnsafeBufferPointer { bytes in
            SearchWords.each(in: bytes) { word, _ in words.append(String(decoding: word, as: UTF8.self)) }
        }
        #expect(words == ["a", "b"])
    }
}
