/// The keys of all phrases that private pages own, each with its owner; made once, then asked for every word of the site.
struct PhraseTable: Sendable {
    private var keys: [UInt64]
    private var owners: [UInt32]
    /// One bit for a part of each key: most words of the site end here, in memory that the processor keeps near.
    private var hints: [UInt64]
    private let mask: Int
    private let hintMask: UInt64
    /// Which lengths of phrases there are: bit 3 for those of three words.
    let lengths: UInt8

    /// Takes the phrases of each owner in turn; a phrase of several belongs to the first.
    init(_ phrases: [[OwnedPhrases.Phrase]]) {
        let count = phrases.reduce(0) { $0 + $1.count }
        let capacity = max(16, (count * 2).nextPowerOfTwo)
        keys = Array(repeating: 0, count: capacity)
        owners = Array(repeating: 0, count: capacity)
        hints = Array(repeating: 0, count: max(1, capacity / 8))
        mask = capacity - 1
        hintMask = UInt64(hints.count * 64 - 1)
        lengths = phrases.reduce(0) { $1.reduce($0) { $0 | 1 << $1.length } }
        for (owner, phrases) in phrases.enumerated() {
            for phrase in phrases { insert(phrase.key, UInt32(owner)) }
        }
    }

    /// The place of a key in the table; nil where nobody owns it.
    @inline(__always)
    func place(of key: UInt64) -> Int? {
        let hint = key >> 20 & hintMask
        guard hints[Int(hint >> 6)] >> (hint & 63) & 1 == 1 else { return nil }
        var place = Int(truncatingIfNeeded: key) & mask
        while keys[place] != 0 {
            if keys[place] == key { return owners[place] == Self.everyone ? nil : place }
            place = (place + 1) & mask
        }
        return nil
    }

    func owner(at place: Int) -> Int { Int(owners[place]) }

    func key(at place: Int) -> UInt64 { keys[place] }

    /// The phrase is public, too: it is not looked for any more.
    mutating func release(at place: Int) { owners[place] = Self.everyone }

    private static let everyone = UInt32.max

    private mutating func insert(_ key: UInt64, _ owner: UInt32) {
        var place = Int(truncatingIfNeeded: key) & mask
        while keys[place] != 0 {
            if keys[place] == key { return }
            place = (place + 1) & mask
        }
        keys[place] = key
        owners[place] = owner
        let hint = key >> 20 & hintMask
        hints[Int(hint >> 6)] |= 1 << (hint & 63)
    }
}

extension Int {
    fileprivate var nextPowerOfTwo: Int {
        self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount)
    }
}
