/// Counts words, parted by ASCII white space, over pieces of text that may part a word.
struct WordCounter {
    private(set) var count = 0
    private var isInWord = false

    mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
        guard let first = text.first, let last = text.last else { return }
        if first > 0x20, !isInWord { count += 1 }
        // Without a branch in it, so that the compiler looks at many bytes at once.
        var begun = 0
        for position in 1..<text.count {
            begun &+= text[position - 1] <= 0x20 && text[position] > 0x20 ? 1 : 0
        }
        count += begun
        isInWord = last > 0x20
    }

    /// Ends the word, as a line's or a block's end does.
    mutating func endWord() {
        isInWord = false
    }
}
