/// Turns straight quotes, hyphens and dots of a text into what a printer would set.
///
/// `"` and `'` become the language's quotation marks or an apostrophe, `--` an en dash, `---` an em dash and `...` an
/// ellipsis. Where a quote opens or closes is told from its neighbours, by the rules that emphasis has (CommonMark
/// 0.30 §6.2, left and right flanking).
struct Typesetter {
    /// A character of a paragraph, or something else that stands between characters.
    struct Sign {
        let scalar: Unicode.Scalar
        /// Whether it is as the author wants it: escaped, or no text at all.
        let isFixed: Bool

        /// A line's end.
        static let space = Sign(scalar: " ", isFixed: true)
        /// Code, an image or the like, which is like a word to its neighbours.
        static let object = Sign(scalar: "\u{fffc}", isFixed: true)
    }

    private let marks: QuotationMarks
    private let signs: [Sign]
    /// Where the last `'` stands that closes and cannot be an apostrophe within a word.
    private let lastInnerClose: Int
    private var openInner = 0

    init(_ signs: [Sign], _ marks: QuotationMarks) {
        self.signs = signs
        self.marks = marks
        lastInnerClose =
            signs.indices.last { signs[$0].isQuote("'") && Self.side(of: $0, in: signs) == .closes } ?? -1
    }

    /// What stands in the place of each sign; empty for one that has become part of that before it.
    mutating func set() -> [String] {
        var result: [String] = []
        result.reserveCapacity(signs.count)
        while result.count < signs.count {
            let position = result.count
            let sign = signs[position]
            switch sign.scalar {
            case _ where sign.isFixed: result.append(String(sign.scalar))
            case "\"": result.append(outer(position))
            case "'": result.append(inner(position))
            case "-": result += dashes(runLength(position))
            case ".": result += dots(runLength(position))
            default: result.append(String(sign.scalar))
            }
        }
        return result
    }
}

extension Typesetter {
    private enum Side {
        case opens
        case closes
        /// Within a word.
        case both
        case neither
    }

    private func outer(_ position: Int) -> String {
        switch Self.side(of: position, in: signs) {
        case .opens: marks.open
        case .closes, .both: marks.close
        case .neither: "\""
        }
    }

    private mutating func inner(_ position: Int) -> String {
        switch Self.side(of: position, in: signs) {
        case .opens where position < lastInnerClose && !isBeforeDigit(position):
            openInner += 1
            return marks.innerOpen
        case .closes where openInner > 0:
            openInner -= 1
            return marks.innerClose
        case .neither: return "'"
        default: return "’"
        }
    }

    /// As in `'90s`.
    private func isBeforeDigit(_ position: Int) -> Bool {
        position + 1 < signs.count && signs[position + 1].scalar.properties.numericType == .decimal
    }

    private func runLength(_ position: Int) -> Int {
        signs[position...].prefix { $0.scalar == signs[position].scalar && !$0.isFixed }.count
    }

    /// Of a longer run as many em dashes as come out even with en dashes.
    private func dashes(_ count: Int) -> [String] {
        guard count > 1 else { return ["-"] }
        let (em, en) =
            switch count {
            case _ where count % 3 == 0: (count / 3, 0)
            case _ where count % 2 == 0: (0, count / 2)
            case _ where count % 3 == 2: ((count - 2) / 3, 1)
            default: ((count - 4) / 3, 2)
            }
        let dashes = String(repeating: "—", count: em) + String(repeating: "–", count: en)
        return [dashes] + Array(repeating: "", count: count - 1)
    }

    private func dots(_ count: Int) -> [String] {
        guard count >= 3 else { return Array(repeating: ".", count: count) }
        return ["…", "", ""] + Array(repeating: ".", count: count - 3)
    }

    private static func side(of position: Int, in signs: [Sign]) -> Side {
        let before = position > 0 ? Neighbour(signs[position - 1].scalar) : .space
        let after = position + 1 < signs.count ? Neighbour(signs[position + 1].scalar) : .space
        let opens = after != .space && (after != .punctuation || before != .word)
        let closes = before != .space && (before != .punctuation || after != .word)
        return switch (opens, closes) {
        // Between two signs, as in `("a"), "b"`, the one before decides.
        case (true, true):
            before == .punctuation && position > 0 && signs[position - 1].isOpening ? .opens : .both
        case (true, false): .opens
        case (false, true): .closes
        case (false, false): .neither
        }
    }
}

extension Typesetter.Sign {
    fileprivate func isQuote(_ quote: Unicode.Scalar) -> Bool { scalar == quote && !isFixed }

    /// A bracket or dash, behind which words begin.
    fileprivate var isOpening: Bool {
        switch scalar.properties.generalCategory {
        case .openPunctuation, .initialPunctuation, .dashPunctuation: true
        default: false
        }
    }
}
