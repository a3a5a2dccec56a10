/// Counts words, parted by ASCII white space, over pieces of text that may part a word.
struct WordCounter {
    private(set) var count = 0
    private var isInWord = false

    mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
        guard let first = text.first, let last = text.last else { return }
        if first > 0x20, !isInWord { count += 1 }
        var position = 1
        while position < text.count {
            // Of so many at most every other one begins a word, so that a byte can count them, and the compiler many at once.
            let end = min(position + 256, text.count)
            var starts: UInt8 = 0
            for place in position..<end {
                starts &+= (text[place] > 0x20 ? 1 : 0) & (text[place - 1] > 0x20 ? 0 : 1)
            }
            count += Int(starts)
            position = end
        }
        isInWord = last > 0x20
    }

    /// Ends the word, as a line's or a block's end does.
    mutating func endWord() {
        isInWord = false
    }
}
