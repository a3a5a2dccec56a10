internal import Ground

/// What some readers get of the parts of one text, told before the text is rendered for them.
///
/// What they do not get is taken out of the text, so that nothing that is made of the text can hold it: no footnote, no
/// address of a link, no id, no number.
struct PartPlan {
    struct Choice {
        let access: PartAccess
        let view: PartView
        /// The parts around whose words hold this one, outermost first, and this one.
        let chain: [PartAccess]
    }

    /// By where their tags begin, in bytes of the text.
    private(set) var choices: [Int: Choice] = [:]
    /// What these readers do not get, in bytes of the text, going up.
    private(set) var hidden: [Range<Int>] = []

    /// `around` are the parts in whose words the whole text stands; `view` says what readers get of a part.
    ///
    /// A part in what is `leftOut`, in bytes of the text, is nobody's, so nobody is asked about it.
    init(
        _ uses: some Sequence<TagUse>,
        _ elses: [Node: TagUse],
        around: [PartAccess],
        leftOut: [Range<Int>],
        view: ([PartAccess]) -> PartView
    ) {
        let parts = uses.filter { $0.name == BuiltInTag.members.rawValue && $0.closeRange != nil }
            .sorted { $0.range.lowerBound < $1.range.lowerBound }
        var open: [Open] = []
        for use in parts {
            // Whoever pairs the tags has told what is wrong with one, and the text is then rendered without a plan.
            guard let end = use.closeRange?.lowerBound, var access = try? PartAccess(use.syntax) else {
                continue
            }
            access.place = use.place
            while let last = open.last, last.end <= use.range.lowerBound { open.removeLast() }
            var chain = open.last?.chain ?? around
            if let last = open.last {
                let isInWords = use.range.lowerBound < last.middle.lowerBound
                guard last.choice.view == (isInWords ? .words : .other) else { continue }
                if isInWords { chain = last.choice.chain }
            }
            let isLeftOut = leftOut.contains { $0.contains(use.range.lowerBound) }
            let view = isLeftOut ? .neither : view(chain + [access])
            let choice = Choice(access: access, view: view, chain: chain + [access])
            let middle = use.alternatives.first.flatMap { elses[$0]?.range } ?? end..<end
            choices[use.range.lowerBound] = choice
            if choice.view != .words { hidden.append(use.range.upperBound..<middle.lowerBound) }
            if choice.view != .other, middle.upperBound < end { hidden.append(middle.upperBound..<end) }
            open.append(Open(end: end, middle: middle, choice: choice, chain: chain))
        }
        hidden.removeAll(where: \.isEmpty)
    }

    /// The text as these readers get it, byte for byte in the same place; nil where they get all of it.
    ///
    /// What stands around must stay what it is, so words become other words, and what may place a line in a quote stays.
    func text(of source: SourceText) -> [UInt8]? {
        guard !hidden.isEmpty else { return nil }
        var text = Array(source.bytes)
        for range in hidden {
            var isPrefix = false
            for position in range {
                switch text[position] {
                case 0x0a, 0x0d: isPrefix = true
                case 0x20, 0x09: break
                case UInt8(ascii: ">") where isPrefix: break
                default:
                    isPrefix = false
                    text[position] = UInt8(ascii: "x")
                }
            }
        }
        return text
    }

    private struct Open {
        /// Where what closes it begins.
        let end: Int
        /// Its `else`; empty at its end where it has none.
        let middle: Range<Int>
        let choice: Choice
        /// What is around it.
        let chain: [PartAccess]
    }
}

/// Asks for the plan of a text that is parsed for nothing else.
final class PartSurvey {
    var plan: PartPlan?
}

extension SourceText {
    /// Whether a part for some may stand in the text; costs one pass over a text with tags.
    var mayHoldParts: Bool {
        guard hints.contains(.annotation) else { return false }
        var position = 0
        while position + 1 < bytes.count {
            if bytes[position] == UInt8(ascii: "{"), bytes[position + 1] == UInt8(ascii: "%"),
                isPart(position)
            {
                return true
            }
            position += 1
        }
        return false
    }

    /// Whether what begins at a `{%` goes on as the tag of a part.
    func isPart(_ start: Int) -> Bool { BuiltInTag.opensOrClosesPart(bytes[start...].dropFirst(2)) }
}

extension BuiltInTag {
    /// Whether what stands behind a `{%` is the name of a part's tag.
    static func opensOrClosesPart<Bytes: Collection>(_ bytes: Bytes) -> Bool
    where Bytes.Element == UInt8, Bytes.SubSequence: Collection {
        let words = bytes.drop(while: TagParser.isBlank)
        let name =
            words.first == UInt8(ascii: "/")
            ? words.dropFirst().drop(while: TagParser.isBlank).prefix(while: TagParser.isPartOfName)
            : words.prefix(while: TagParser.isPartOfName)
        return name.elementsEqual(members.rawValue.utf8)
    }
}
