import Ground

/// Something private that stands in public files.
struct Leak {
    /// One phrase, and the public files that it was found in.
    struct Hit {
        let piece: PrivatePiece
        /// The number of the piece among those that were looked for.
        let owner: Int
        let key: UInt64
        let files: [String]

        /// What tells the pieces of hits apart, also of those that were looked for at different times.
        struct Origin: Hashable {
            let file: ContentFile
            let kind: PrivatePiece.Kind
            let owner: Int
        }

        var origin: Origin { Origin(file: piece.file, kind: piece.kind, owner: owner) }
    }

    private let piece: PrivatePiece
    private let quote: SourceQuote
    private let files: [String]

    /// One leak for each kind of thing of each private file: a paragraph has many phrases, and is told of once.
    static func grouped(_ hits: [Hit]) -> [Leak] {
        struct Group: Hashable {
            let file: ContentFile
            let kind: PrivatePiece.Kind
        }
        return Dictionary(grouping: hits) { Group(file: $0.piece.file, kind: $0.piece.kind) }.values
            .compactMap { hits in
                let quotes = SourceQuote.all(hits)
                guard let (hit, quote) = quotes.min(by: { $0.1 < $1.1 }) else { return nil }
                return Leak(piece: hit.piece, quote: quote, files: Set(hits.flatMap(\.files)).sorted())
            }
    }

    /// At the private place, with the public one in its words.
    var diagnostic: Diagnostic {
        let what = piece.kind == .text ? "words" : piece.kind.rawValue
        let whose = piece.file.isPage ? "page" : "file"
        let others = files.count - 1
        let more = others == 0 ? "" : " and in \(others) more public \(others == 1 ? "file" : "files")"
        return Diagnostic(
            at: Place(file: piece.file.shownAs, line: quote.line),
            "\(what) of this private \(whose) \(piece.kind == .text ? "stand" : "stands") in \(files[0])\(more): '\(quote.words)'",
            advice: advice
        )
    }

    private var advice: String {
        let look = "no public source says this: look for the template or the list that shows it"
        return switch piece.kind {
        case .title, .menu,
            .address where piece.file.isPage:
            look + "; if everyone may know it, say 'teaser: true' on the private page"
        case .digest: "look for the list of files that names it"
        default: look + "; if everyone may know it, write it in a public page"
        }
    }
}
