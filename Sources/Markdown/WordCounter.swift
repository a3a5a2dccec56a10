/// Counts words, parted by ASCII white space, over pieces of text that may part a word.
struct WordCounter {
    private(set) var count = 0
    private var isInWord = false

    mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
        for byte in text {
            let isBlank = byte <= 0x20
            if !isBlank, !isInWord { count += 1 }
            isInWord = !isBlank
        }
    }

    /// Ends the word, as a line's or a block's end does.
    mutating func endWord() {
        isInWord = false
    }
}
