/// The keys of all phrases that private pages own, each with its owner; made once, then asked for every word of the site.
struct PhraseTable: Sendable {
    private var keys: [UInt64]
    private var owners: [UInt32]
    private let mask: Int
    /// For sequences and for short phrases apart: those are many, these are few and asked for at each word.
    private var sequenceHints: PhraseHints
    private var shortHints: PhraseHints
    /// Which lengths of phrases there are: bit 3 for those of three words.
    let lengths: UInt8

    /// Takes the phrases of each owner in turn; a phrase of several belongs to the first.
    init(_ phrases: [OwnedPhrases]) {
        let sequences = phrases.reduce(0) { $0 + $1.sequences.count }
        let short = phrases.reduce(0) { $0 + $1.short.count }
        // At most three quarters full.
        let capacity = PhraseHints.powerOfTwo(atLeast: (sequences + short) * 4 / 3 + 16)
        keys = Array(repeating: 0, count: capacity)
        owners = Array(repeating: 0, count: capacity)
        mask = capacity - 1
        sequenceHints = PhraseHints(count: sequences)
        shortHints = PhraseHints(count: short)
        lengths =
            (sequences > 0 ? 1 << WordTrail.longest : 0)
            | phrases.reduce(0) { $1.short.reduce($0) { $0 | 1 << $1.length } }
        for (owner, phrases) in phrases.enumerated() {
            for key in phrases.sequences where insert(key, UInt32(owner)) { sequenceHints.add(key) }
            for phrase in phrases.short where insert(phrase.key, UInt32(owner)) { shortHints.add(phrase.key) }
        }
    }

    /// The place of a phrase's key in the table; nil where nobody owns it.
    @inline(__always)
    func place(of key: UInt64, length: Int) -> Int? {
        let mayBe = length == WordTrail.longest ? sequenceHints.mayHold(key) : shortHints.mayHold(key)
        return mayBe ? search(key) : nil
    }

    func owner(at place: Int) -> Int { Int(owners[place]) }

    func key(at place: Int) -> UInt64 { keys[place] }

    /// The phrase is public, too: it is not looked for any more.
    mutating func release(at place: Int) { owners[place] = Self.everyone }

    private static let everyone = UInt32.max

    private func search(_ key: UInt64) -> Int? {
        var place = Int(truncatingIfNeeded: key) & mask
        while keys[place] != 0 {
            if keys[place] == key { return owners[place] == Self.everyone ? nil : place }
            place = (place + 1) & mask
        }
        return nil
    }

    /// Returns whether it is new.
    private mutating func insert(_ key: UInt64, _ owner: UInt32) -> Bool {
        var place = Int(truncatingIfNeeded: key) & mask
        while keys[place] != 0 {
            if keys[place] == key { return false }
            place = (place + 1) & mask
        }
        keys[place] = key
        owners[place] = owner
        return true
    }
}
