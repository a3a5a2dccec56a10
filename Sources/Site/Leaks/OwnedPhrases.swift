/// Collects the phrases that a private text owns: every six words in a row of each block, and shorter blocks as a whole.
///
/// A sequence never crosses a block's border, since the words on both sides may come together elsewhere by chance: a list of
/// titles is one in the menu, too.
struct OwnedPhrases: WordListener {
    /// A block, or a phrase, of fewer words than a sequence has.
    struct ShortPhrase: Hashable, Sendable {
        let key: UInt64
        /// In words.
        let length: Int
    }

    /// Keys of sequences of six words; nearly all phrases are such.
    private(set) var sequences: [UInt64] = []
    private(set) var short: [ShortPhrase] = []
    private let shortest: Int
    private let isSingly: Bool
    private var text = WordTrail()
    private var aside = WordTrail()

    /// Blocks with fewer words than the shortest are passed over; singly, each long word is a phrase, and nothing else.
    init(shortest: Int, isSingly: Bool = false) {
        self.shortest = shortest
        self.isSingly = isSingly
    }

    mutating func word(_ word: UInt64) {
        guard !isSingly else { return single(word) }
        text.add(word)
        if text.count >= WordTrail.longest { sequences.append(text.key(WordTrail.longest)) }
    }

    mutating func asideWord(_ word: UInt64) {
        guard !isSingly else { return single(word) }
        aside.add(word)
        if aside.count >= WordTrail.longest { sequences.append(aside.key(WordTrail.longest)) }
    }

    mutating func asideEnds() {
        end(aside)
        aside.cut()
    }

    mutating func part(_ part: TextPart) {
        guard part == .block else { return }
        end(text)
        text.cut()
    }

    /// Shorter words are numbers, or come about by chance.
    private mutating func single(_ word: UInt64) {
        guard word & WordBytes.longWord != 0 else { return }
        var trail = WordTrail()
        trail.add(word)
        short.append(ShortPhrase(key: trail.key(1), length: 1))
    }

    private mutating func end(_ trail: WordTrail) {
        guard trail.count >= shortest, (1..<WordTrail.longest).contains(trail.count) else { return }
        short.append(ShortPhrase(key: trail.key(trail.count), length: trail.count))
    }
}
