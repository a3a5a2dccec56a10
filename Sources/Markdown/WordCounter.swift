/// Counts words, parted by ASCII white space, over pieces of text that may part a word.
struct WordCounter {
    private(set) var count = 0
    private var isInWord = false

    mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
        var position = 0
        while let eight = EightBytes(text, at: position) {
            count += eight.wordStarts(isInWord: &isInWord)
            position += 8
        }
        for byte in text[position...] {
            if byte > 0x20, !isInWord { count += 1 }
            isInWord = byte > 0x20
        }
    }

    /// Ends the word, as a line's or a block's end does.
    mutating func endWord() {
        isInWord = false
    }
}
