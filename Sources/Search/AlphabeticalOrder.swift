/// The order of words in which the browser's script compares them: by UTF-16 (ECMA-262, "IsLessThan").
struct AlphabeticalOrder {
    let words: WordTable

    init(_ words: WordTable) { self.words = words }

    /// Takes the words' numbers.
    func precedes(_ one: Int, _ other: Int) -> Bool {
        let (left, right) = (words[one], words[other])
        for (a, b) in zip(left, right) where a != b { return Self.rank(a) < Self.rank(b) }
        return left.count < right.count
    }

    /// UTF-8 has another order in one place only: what takes four bytes in it stands before U+E000 in UTF-16.
    private static func rank(_ byte: UInt8) -> Int { byte >= 0xf0 ? 0xed * 256 + Int(byte) : Int(byte) * 256 }
}
