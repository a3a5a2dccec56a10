/// Collects the phrases that a private text owns: every six words in a row of each block, and shorter blocks as a whole.
///
/// A sequence never crosses a block's border, since the words on both sides may come together elsewhere by chance: a list of
/// titles is one in the menu, too.
struct OwnedPhrases: WordListener {
    struct Phrase: Hashable, Sendable {
        let key: UInt64
        /// In words.
        let length: Int
    }

    private(set) var phrases: [Phrase] = []
    private let shortest: Int
    private var text = WordTrail()
    private var aside = WordTrail()

    /// Blocks with fewer words than the shortest are passed over.
    init(shortest: Int) { self.shortest = shortest }

    mutating func word(_ word: UInt64) { add(word, to: \.text) }
    mutating func asideWord(_ word: UInt64) { add(word, to: \.aside) }
    mutating func asideEnds() { end(\.aside) }
    mutating func part(_ part: TextPart) { if part == .block { end(\.text) } }

    private mutating func add(_ word: UInt64, to trail: WritableKeyPath<OwnedPhrases, WordTrail>) {
        self[keyPath: trail].add(word)
        guard self[keyPath: trail].count >= WordTrail.longest else { return }
        phrases.append(Phrase(key: self[keyPath: trail].key(WordTrail.longest), length: WordTrail.longest))
    }

    private mutating func end(_ trail: WritableKeyPath<OwnedPhrases, WordTrail>) {
        let count = self[keyPath: trail].count
        if count >= shortest, count < WordTrail.longest {
            phrases.append(Phrase(key: self[keyPath: trail].key(count), length: count))
        }
        self[keyPath: trail].cut()
    }
}
