/// Words that are known by a number, the first one by 0.
///
/// Bytes in one row and a table of hashes: a site's text is looked up here word by word, and a dictionary of strings takes
/// several times as long.
struct WordTable: Sendable {
    private var bytes: [UInt8] = []
    /// Where each word ends.
    private var ends: [Int32] = []
    private var hashes: [UInt32] = []
    /// Numbers, one more than they are; 0 where nothing is.
    private var slots = [Int32](repeating: 0, count: 1024)

    var count: Int { ends.count }

    /// The number of a word, which is taken in where it is not known.
    mutating func number(of word: UnsafeBufferPointer<UInt8>) -> Int {
        let hash = Self.hash(word)
        let slot = slot(of: word, hash)
        if slots[slot] != 0 { return Int(slots[slot]) - 1 }
        bytes.append(contentsOf: word)
        ends.append(Int32(bytes.count))
        hashes.append(hash)
        slots[slot] = Int32(count)
        if count * 2 > slots.count { grow() }
        return count - 1
    }

    /// Whether a word is known.
    func has(_ word: String) -> Bool {
        var word = word
        return word.withUTF8 { slots[slot(of: $0, Self.hash($0))] != 0 }
    }

    mutating func number(of word: String) -> Int {
        var word = word
        return word.withUTF8 { number(of: $0) }
    }

    /// The number of another table's word.
    mutating func number(of word: ArraySlice<UInt8>) -> Int {
        word.withUnsafeBufferPointer { number(of: $0) }
    }

    subscript(number: Int) -> ArraySlice<UInt8> {
        bytes[(number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])]
    }

    /// Where the word's number stands, or would.
    @inline(__always)
    private func slot(of word: UnsafeBufferPointer<UInt8>, _ hash: UInt32) -> Int {
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            if hashes[number] == hash, isEqual(number, word) { break }
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    @inline(__always)
    private func isEqual(_ number: Int, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = number == 0 ? 0 : Int(ends[number - 1])
        guard Int(ends[number]) - start == word.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            var position = 0
            while position < word.count, bytes[start + position] == word[position] { position += 1 }
            return position == word.count
        }
    }

    private mutating func grow() {
        slots = [Int32](repeating: 0, count: slots.count * 4)
        for (number, hash) in hashes.enumerated() {
            var slot = Int(hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number + 1)
        }
    }

    /// FNV-1a, 64 bits folded to 32.
    @inline(__always)
    private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var state: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in word { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return UInt32(truncatingIfNeeded: state ^ state >> 32)
    }
}
