/// Looks for owned phrases in the words that a reader tells.
///
/// Short ones must stand together: `News` and `Archive`, two links side by side, are not the title `News Archive`. Long ones
/// may run across links and the like, but not from one block into the next: what private pages own does not do so either,
/// and a menu is a list of blocks.
struct PhraseSearch: WordListener {
    private let table: PhraseTable
    private let isPicture: Bool
    private let shortest: Int
    /// Places in the table, each once.
    private(set) var found: Set<Int> = []
    private var flow = WordTrail()
    private var near = WordTrail()
    private var aside = WordTrail()

    /// In the bytes of a picture, single words count only where they are no chance; phrases of fewer words than the shortest
    /// count nowhere.
    init(_ table: PhraseTable, isPicture: Bool = false, shortest: Int = 1) {
        self.table = table
        self.isPicture = isPicture
        self.shortest = shortest
    }

    mutating func word(_ word: UInt64) {
        flow.add(word)
        near.add(word)
        if shortest <= 3 { look(along: near, lengths: nearLengths(word)) }
        look(along: flow, lengths: 4...WordTrail.longest)
    }

    mutating func asideWord(_ word: UInt64) {
        aside.add(word)
        look(along: aside, lengths: shortest...WordTrail.longest)
    }

    mutating func asideEnds() { aside.cut() }

    mutating func part(_ part: TextPart) {
        near.cut()
        if part == .block { flow.cut() }
    }

    /// A text of its own begins.
    mutating func begin() {
        flow.cut()
        near.cut()
        aside.cut()
    }

    @inline(__always)
    private func nearLengths(_ word: UInt64) -> ClosedRange<Int> {
        max(shortest, isPicture && word & WordBytes.longWord == 0 ? 2 : 1)...3
    }

    @inline(__always)
    private mutating func look(along trail: WordTrail, lengths: ClosedRange<Int>) {
        for length in lengths where table.lengths >> length & 1 == 1 && trail.count >= length {
            if let place = table.place(of: trail.key(length), length: length) { found.insert(place) }
        }
    }
}
