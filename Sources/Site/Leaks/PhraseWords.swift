/// Finds the words that keys were made of.
struct PhraseWords: WordListener {
    /// The last words of a text.
    private struct Tail {
        private var trail = WordTrail()
        private var words: [UInt64] = []

        mutating func add(_ word: UInt64) {
            trail.add(word)
            words.append(word)
            if words.count > WordTrail.longest { words.removeFirst() }
        }

        mutating func cut() { self = Tail() }

        /// Each phrase that ends here, by its key.
        func phrases(_ take: (UInt64, ArraySlice<UInt64>) -> Void) {
            for length in 1...min(trail.count, WordTrail.longest) {
                take(trail.key(length), words.suffix(length))
            }
        }
    }

    private let wanted: Set<UInt64>
    private var text = Tail()
    private var aside = Tail()
    private var found: [UInt64: [UInt64]] = [:]

    /// Each hit with its words, which its piece is read for once; none where they are not there.
    static func all(_ hits: [Leak.Hit]) -> [(Leak.Hit, [UInt64])] {
        let byPiece = Dictionary(grouping: hits.indices) { hits[$0].origin }
        var words = [[UInt64]](repeating: [], count: hits.count)
        for positions in byPiece.values {
            let piece = hits[positions[0]].piece
            var search = PhraseWords(wanted: Set(positions.map { hits[$0].key }))
            piece.form.read(piece.text, into: &search)
            for position in positions { words[position] = search.found[hits[position].key] ?? [] }
        }
        return Array(zip(hits, words))
    }

    private init(wanted: Set<UInt64>) { self.wanted = wanted }

    mutating func word(_ word: UInt64) {
        text.add(word)
        note(text)
    }

    mutating func asideWord(_ word: UInt64) {
        aside.add(word)
        note(aside)
    }

    mutating func asideEnds() { aside.cut() }
    mutating func part(_ part: TextPart) { if part == .block { text.cut() } }

    private mutating func note(_ tail: Tail) {
        tail.phrases { key, words in
            if wanted.contains(key), found[key] == nil { found[key] = Array(words) }
        }
    }
}
