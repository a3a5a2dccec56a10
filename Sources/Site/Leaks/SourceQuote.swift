/// The words of a phrase as their author wrote them, and the line on which they begin.
struct SourceQuote {
    /// Counted from 1; 0 where the words cannot be found in the file as they stand.
    let line: Int
    /// How many words stand before them.
    private let position: Int
    let words: String

    fileprivate init(line: Int, position: Int, words: String) {
        self.line = line
        self.position = position
        self.words = words
    }

    /// Reads the source of each hit, which must be of one file and kind.
    static func all(_ hits: [Leak.Hit]) -> [(Leak.Hit, SourceQuote)] {
        guard let first = hits.first else { return [] }
        // A source that is gone or no text has no lines to tell; the leak is told all the same.
        let bytes = (try? OpenFile(reading: first.piece.file.location).readAll()) ?? []
        let source = SourceWords(bytes)
        return hits.map { hit in
            let sequence = PhraseWords.words(of: hit.key, in: hit.piece)
            return (
                hit,
                source.quote(sequence) ?? SourceQuote(line: 0, position: .max, words: text(of: hit.piece))
            )
        }
    }

    /// The beginning of what is not found in the source: a digest, an address.
    private static func text(of piece: PrivatePiece) -> String {
        piece.kind == .text ? "…" : String(decoding: piece.text.prefix(80), as: UTF8.self)
    }
}

extension SourceQuote: Comparable {
    /// In the order of the source; what is not found there comes last.
    static func < (left: SourceQuote, right: SourceQuote) -> Bool {
        (left.position, left.words) < (right.position, right.words)
    }
}

/// The words of one file with their lines.
private struct SourceWords {
    private var words: [UInt64] = []
    private var lines: [Int] = []
    private var texts: [Range<Int>] = []
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var (line, start) = (1, 0)
        var word = WordBytes()
        bytes.withUnsafeBufferPointer { bytes in
            var position = 0
            while position <= bytes.count {
                let skipped = position < bytes.count ? WordBytes.punctuation(bytes, at: position) : 1
                if skipped > 0 || !word.take(bytes[position]) {
                    if let word = word.end() {
                        words.append(word)
                        lines.append(line)
                        texts.append(start..<position)
                    }
                    if position < bytes.count, bytes[position] == 0x0a { line += 1 }
                    position += max(1, skipped)
                    start = position
                } else {
                    position += 1
                }
            }
        }
    }

    /// The place where these words stand closest together; between them is only markup, such as a link's address.
    func quote(_ sequence: [UInt64]) -> SourceQuote? {
        let places = words.indices.filter { words[$0] == sequence.first }.compactMap { start in
            end(of: sequence, from: start).map { (start, $0) }
        }
        guard let (start, end) = places.min(by: { $0.1 - $0.0 < $1.1 - $1.0 }) else { return nil }
        let text = bytes[texts[start].lowerBound..<texts[end].upperBound]
        return SourceQuote(line: lines[start], position: start, words: Self.oneLine(text))
    }

    /// Where a sequence that begins at a word ends; nil where it does not go on there.
    private func end(of sequence: [UInt64], from start: Int) -> Int? {
        var position = start
        for word in sequence.dropFirst() {
            let ahead = words[(position + 1)...].prefix(Self.widest)
            guard let next = ahead.firstIndex(of: word) else { return nil }
            position = next
        }
        return position
    }

    /// How many words of markup stand between two words at most.
    private static let widest = 12

    private static func oneLine(_ text: ArraySlice<UInt8>) -> String {
        String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

/// Finds the words that a key was made of.
private struct PhraseWords: WordListener {
    private let key: UInt64
    private var text: [UInt64] = []
    private var aside: [UInt64] = []
    private var found: [UInt64] = []

    static func words(of key: UInt64, in piece: PrivatePiece) -> [UInt64] {
        var search = PhraseWords(key: key)
        piece.form.read(piece.text, into: &search)
        return search.found
    }

    private init(key: UInt64) { self.key = key }

    mutating func word(_ word: UInt64) { add(word, to: \.text) }
    mutating func asideWord(_ word: UInt64) { add(word, to: \.aside) }
    mutating func asideEnds() { aside = [] }
    mutating func part(_ part: TextPart) { if part == .block { text = [] } }

    private mutating func add(_ word: UInt64, to words: WritableKeyPath<PhraseWords, [UInt64]>) {
        self[keyPath: words].append(word)
        let last = self[keyPath: words].suffix(WordTrail.longest)
        for length in 1...last.count where found.isEmpty {
            var trail = WordTrail()
            for word in last.suffix(length) { trail.add(word) }
            if trail.key(length) == key { found = Array(last.suffix(length)) }
        }
    }
}
