/// The words of a phrase as their author wrote them, and the line on which they begin.
struct SourceQuote {
    /// Counted from 1; 0 where the words cannot be found in the file as they stand.
    let line: Int
    /// How many words stand before them.
    private let position: Int
    let words: String

    private init(line: Int, position: Int, words: String) {
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
        return PhraseWords.all(hits).map { hit, sequence in
            guard let found = source.find(sequence) else {
                return (hit, SourceQuote(line: 0, position: .max, words: text(of: hit.piece)))
            }
            let quote = SourceQuote(
                line: source.line(of: found),
                position: found.lowerBound,
                words: source.text(of: found)
            )
            return (hit, quote)
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
