import Gate
import Ground

/// Words of parts for some, found where somebody reads them who may not.
struct PartLeaks {
    private struct Finding {
        /// That of the part.
        let place: Place
        let kind: PrivatePiece.Kind
        let words: [UInt64]
        /// As the author wrote them; empty where they are not found so.
        let quote: String
        let files: [String]
    }

    private let reader: Access
    private let folder: ReleaseFolder
    /// Parts of which it is told already that these words or others are read.
    private let told: Set<Place>
    private var findings: [Finding] = []

    /// Passes over hits that are not of parts; all of them stand where these readers read.
    init(_ hits: [Leak.Hit], reader: Access, folder: ReleaseFolder, told: [Diagnostic] = []) {
        self.reader = reader
        self.folder = folder
        self.told = Set(told.map(\.place))
        let byPage = Dictionary(grouping: hits.filter { $0.piece.parts != nil }) { $0.piece.file }
        for hits in byPage.values {
            guard let sources = hits[0].piece.parts else { continue }
            let texts = sources.all.map { SourceWords($0.text) }
            for (hit, words) in PhraseWords.all(hits) {
                let (place, quote) = source(of: words, sources, texts)
                findings.append(
                    Finding(place: place, kind: hit.piece.kind, words: words, quote: quote, files: hit.files)
                )
            }
        }
    }

    /// One for each part and kind of thing, at the part, with the place where it was found in its words.
    var problems: [Diagnostic] {
        // Who hears of a sentence need not hear of its words.
        let heard = told.union(findings.filter { $0.kind != .word }.map(\.place))
        return Dictionary(grouping: findings.filter { $0.kind != .word || !heard.contains($0.place) }) {
            "\($0.place) \($0.kind)"
        }.values.compactMap(problem)
    }
}

extension PartLeaks {
    /// The part whose words these are, and the words as the author wrote them; empty where they are not found so.
    private func source(of words: [UInt64], _ sources: PartSources, _ texts: [SourceWords])
        -> (place: Place, quote: String)
    {
        // The number of a note, or the sign that leads back from it, is not in the source.
        for words in [words[...], words.dropLast(), words.dropFirst()] where !words.isEmpty {
            var loose: (place: Place, quote: String)?
            for (source, text) in zip(sources.all, texts) {
                func part(_ found: Range<Int>) -> PartScan.Part? {
                    let range = text.range(of: found)
                    return source.part(forbiddenTo: reader) { $0.range.overlaps(range) }
                }
                guard let found = text.find(Array(words), wanted: { part($0) != nil }) else { continue }
                let (quote, offset) = (text.text(of: found), text.range(of: found).lowerBound)
                if let part = part(found) { return (source.place(of: part.range.lowerBound), quote) }
                let using = sources.placeOfUse(of: source, at: offset, forbiddenTo: reader)
                loose = loose ?? (using ?? source.place(of: offset), quote)
            }
            if let loose { return loose }
        }
        // Words that a value stands for are nowhere in the text.
        return (sources.place(forbiddenTo: reader) ?? Place(file: sources.all[0].file), "")
    }

    private func problem(_ findings: [Finding]) -> Diagnostic? {
        let files = Set(findings.flatMap(\.files)).sorted()
        guard let first = findings.first, let file = files.first else { return nil }
        // A file that is gone, or in which the words are escaped, has no line to tell.
        let text = SourceWords((try? OpenFile(reading: "\(folder.path)/\(file)").readAll()) ?? [])
        let best = findings.filter { $0.files.contains(file) }.map {
            ($0, text.find($0.words, gap: Self.widest))
        }
        .min { Self.rank($0) < Self.rank($1) }
        guard let (finding, shown) = best else { return nil }
        let quote = finding.quote.isEmpty ? shown.map(text.text) ?? "…" : finding.quote
        let line = shown.map { ":\(text.line(of: $0))" } ?? ""
        let others = files.count - 1
        let more = others == 0 ? "" : " and in \(others) more \(others == 1 ? "file" : "files")"
        let what = first.kind == .text ? "words" : first.kind.rawValue
        let stand = first.kind == .text ? "stand" : "stands"
        let whose = reader.visibility == .public ? "guests read it" : "members read it who may not"
        return Diagnostic(
            at: first.place,
            "\(what) of this part for some \(stand) in \(file)\(line)\(more), where \(whose): '\(quote)'",
            advice:
                "no source says this to them: look for the template, list or tag that shows it; if they may know it, write it outside of the part"
        )
    }

    /// Words of the source that can be pointed at come first, in the order of the file; of single ones the longest, which tells most.
    private static func rank(_ found: (Finding, Range<Int>?)) -> (Int, Int, Int, String) {
        let (finding, shown) = found
        let length = finding.kind == .word ? -finding.quote.utf8.count : 0
        return (
            (finding.quote.isEmpty ? 2 : 0) + (shown == nil ? 1 : 0), length, shown?.lowerBound ?? 0,
            finding.quote
        )
    }

    /// HTML has more words of markup between two of text than its source.
    private static let widest = 60
}
