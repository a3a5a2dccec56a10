import FoundationEssentials
import Ground
import Server

extension Preview.Mistake {
    /// A mistake with the lines around its place, read from the site's folder; without them where the file is no text.
    init(_ diagnostic: Diagnostic, below source: String) {
        self.init(diagnostic, excerpt: Self.lines(around: diagnostic.place, below: source))
    }

    /// So many lines above and below the place.
    private static let margin = 2

    private static func lines(around place: Place, below source: String) -> [Line] {
        guard place.line > 0, let bytes = FileManager.default.contents(atPath: "\(source)/\(place.file)"),
            let text = String(validating: bytes, as: UTF8.self)
        else { return [] }
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let first = max(1, place.line - margin)
        guard first <= lines.count else { return [] }
        return (first...min(place.line + margin, lines.count)).map { number in
            Line(number: number, text: String(lines[number - 1].prefix(200)))
        }
    }
}
