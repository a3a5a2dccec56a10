/// Looks for owned phrases in the words that a reader tells.
///
/// Short ones must stand together: `News` and `Archive`, two links side by side, are not the title `News Archive`. Long ones
/// may run across tags, as they do where a theme marks up an excerpt.
struct PhraseSearch: WordListener {
    private let table: PhraseTable
    /// Places in the table, each once.
    private(set) var found: Set<Int> = []
    private var flow = WordTrail()
    private var near = WordTrail()
    private var aside = WordTrail()

    init(_ table: PhraseTable) { self.table = table }

    mutating func word(_ word: UInt64) {
        flow.add(word)
        near.add(word)
        look(along: near, lengths: 1...3)
        look(along: flow, lengths: 4...WordTrail.longest)
    }

    mutating func asideWord(_ word: UInt64) {
        aside.add(word)
        look(along: aside, lengths: 1...WordTrail.longest)
    }

    mutating func asideEnds() { aside.cut() }

    mutating func part(_ part: TextPart) { near.cut() }

    /// A text of its own begins.
    mutating func begin() {
        flow.cut()
        near.cut()
        aside.cut()
    }

    @inline(__always)
    private mutating func look(along trail: WordTrail, lengths: ClosedRange<Int>) {
        for length in lengths where table.lengths >> length & 1 == 1 && trail.count >= length {
            if let place = table.place(of: trail.key(length)) { found.insert(place) }
        }
    }
}
