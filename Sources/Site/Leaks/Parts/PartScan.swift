import Gate
import Ground

/// The parts for some of a text, found by the delimiters of their tags alone.
///
/// What renders pages decides by a tree who gets which words. This reads the same tags a second time, and shares nothing with it, so that a
/// mistake of the one is seen by the other. It knows no more of Markdown than what makes code of a tag; what may be a part is one.
struct PartScan: Sendable {
    struct Part: Sendable {
        /// What the parts ask for in whose words it stands, outermost first, and it itself.
        let requirements: [Requirement]
        let tag: Range<Int>
        /// Its `else`; empty where what closes it begins, if it has none.
        let middle: Range<Int>
        let close: Range<Int>

        var range: Range<Int> { tag.lowerBound..<close.upperBound }
        var words: Range<Int> { tag.upperBound..<middle.lowerBound }
        var other: Range<Int> { middle.upperBound..<close.lowerBound }

        /// For whom it is on a page that they may read.
        var access: Access {
            Access(
                visibility: .private,
                requirements: [Requirement](all: requirements),
                place: Place(file: "")
            )
        }
    }

    let text: [UInt8]
    /// In the order of the text; offsets are in bytes.
    private(set) var parts: [Part] = []
    /// Where tags stand of which it cannot be told whose words they part.
    private(set) var doubts: [Int] = []
    /// What is shown as it is written, in the order of the text.
    private(set) var code: [Range<Int>] = []
    private var open: [OpenTag] = []
    /// The shortest fence of each kind that nothing closes from here on: no longer one is looked for.
    private var unclosed: [UInt8: Int] = [:]

    /// Costs one pass over the text.
    init(_ text: String) {
        self.text = Array(text.utf8)
        var position = 0
        while position < self.text.count { position = step(from: position) }
        while let last = open.popLast() { if last.requirements != nil { doubts.append(last.tag.lowerBound) } }
        parts.sort { $0.tag.lowerBound < $1.tag.lowerBound }
    }

    /// Whether it is worth a scan; asked of each page, and braces are rarer than letters.
    static func mayHoldParts(_ text: String) -> Bool {
        text.utf8.holds("{%".utf8) && text.utf8.holds(name.utf8)
    }

    static let name = "members"
}

extension PartScan {
    /// A `members` or an `if` that is not closed yet: both have an `else`.
    private struct OpenTag {
        /// Nil for an `if`.
        let requirements: [Requirement]?
        let tag: Range<Int>
        var elses: [Range<Int>] = []
    }

    /// Takes what stands at a place; returns where to go on.
    private mutating func step(from position: Int) -> Int {
        if isLineStart(position), let fence = fence(on: position), fence.length < unclosed[fence.mark] ?? .max
        {
            if let end = end(of: fence, from: position) {
                code.append(position..<end)
                return end
            }
            unclosed[fence.mark] = fence.length
        }
        switch text[position] {
        case UInt8(ascii: "\\"):
            // The end of a line is never passed over: a fence may follow.
            let isEscape = position + 1 < text.count && text[position + 1] != UInt8(ascii: "\n")
            return position + (isEscape ? 2 : 1)
        case UInt8(ascii: "`"):
            let length = text[position...].prefix { $0 == UInt8(ascii: "`") }.count
            guard let end = endOfCode(from: position + length, length) else { return position + length }
            code.append(position..<end)
            return end
        case UInt8(ascii: "{") where text[position...].starts(with: "{%".utf8):
            let words = TagWords(text[(position + 2)...])
            guard let end = endOfTag(from: position + 2) else {
                if words.name == Self.name { doubts.append(position) }
                return position + 2
            }
            take(TagWords(text[(position + 2)..<(end - 2)]), position..<end)
            return end
        default: return position + 1
        }
    }

    private mutating func take(_ words: TagWords, _ tag: Range<Int>) {
        switch (words.name, words.closes) {
        case (Self.name, false):
            guard let requirements = words.requirements else { return doubts.append(tag.lowerBound) }
            // What stands behind an `else` is for all who get what is around the part.
            let around = open.last { $0.requirements != nil && $0.elses.isEmpty }?.requirements ?? []
            open.append(OpenTag(requirements: around + requirements, tag: tag))
        case (Self.name, true): close(tag)
        case ("if", false): open.append(OpenTag(requirements: nil, tag: tag))
        case ("if", true): if open.last.map({ $0.requirements == nil }) == true { open.removeLast() }
        case ("else", false): if !open.isEmpty { open[open.count - 1].elses.append(tag) }
        default: break
        }
    }

    private mutating func close(_ tag: Range<Int>) {
        // An `if` that is shown as code here and there is closed by nothing, and has no `else`.
        var elses: [Range<Int>] = []
        while let last = open.popLast() {
            elses = last.elses + elses
            guard let requirements = last.requirements else { continue }
            // Of several the last: then more is private.
            let middle = elses.last ?? tag.lowerBound..<tag.lowerBound
            parts.append(Part(requirements: requirements, tag: last.tag, middle: middle, close: tag))
            return
        }
        doubts.append(tag.lowerBound)
    }

    /// The byte behind `%}`; nil where the tag never ends.
    private func endOfTag(from start: Int) -> Int? {
        let limit = min(text.count - 1, start + Self.longestTag)
        var position = start
        var isText = false
        while position < limit {
            switch text[position] {
            case UInt8(ascii: "\""): isText.toggle()
            case UInt8(ascii: "\\") where isText: position += 1
            case UInt8(ascii: "\n") where isText: return nil
            case UInt8(ascii: "%") where !isText && text[position + 1] == UInt8(ascii: "}"):
                return position + 2
            case UInt8(ascii: "{") where !isText && text[position + 1] == UInt8(ascii: "%"): return nil
            default: break
            }
            position += 1
        }
        return nil
    }

    /// In bytes; there is none that long.
    private static let longestTag = 10_000
}

/// What stands in a tag.
private struct TagWords {
    let closes: Bool
    let name: String
    private let rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        var bytes = bytes.drop(while: Self.isBlank)
        closes = bytes.first == UInt8(ascii: "/")
        if closes { bytes = bytes.dropFirst().drop(while: Self.isBlank) }
        let name = bytes.prefix(while: Self.isPartOfName)
        self.name = String(decoding: name, as: UTF8.self)
        rest = bytes[name.endIndex...]
    }

    /// What it asks for; nil where that is not written as it must be.
    var requirements: [Requirement]? {
        var rest = rest
        var asked: [Requirement] = []
        while true {
            rest = rest.drop(while: Self.isBlank)
            let name = rest.prefix(while: Self.isPartOfName)
            guard !name.isEmpty else { break }
            rest = rest[name.endIndex...]
            guard rest.popFirst() == UInt8(ascii: "=") else { return nil }
            let word = String(decoding: name, as: UTF8.self)
            switch word {
            case "labels", "teams", "emails", "any":
                let facts = Self.names(&rest).map { Self.fact($0, of: word) }
                guard !facts.isEmpty, facts.allSatisfy({ $0 != nil }) else { return nil }
                asked.append(Requirement(oneOf: facts.compactMap(\.self)))
            case "verified", "mfa":
                let value = rest.prefix(while: Self.isPartOfName)
                rest = rest[value.endIndex...]
                switch String(decoding: value, as: UTF8.self) {
                case "true": asked.append(word == "mfa" ? .secondFactor : .verified)
                case "false": break
                default: return nil
                }
            default: return nil
            }
        }
        return rest.isEmpty ? asked : nil
    }

    /// Nil for what is none; why it is none is for the renderer to say.
    private static func fact(_ name: String, of word: String) -> Fact? {
        switch word {
        case "labels": try? Fact(label: name)
        case "teams": try? Fact(team: name)
        case "emails": try? Fact(domain: name)
        default: try? Fact(name)
        }
    }

    /// One name in quotes, or several in brackets; none where it is something else.
    private static func names(_ bytes: inout ArraySlice<UInt8>) -> [String] {
        let isList = bytes.first == UInt8(ascii: "[")
        if isList { bytes.removeFirst() }
        var names: [String] = []
        repeat {
            bytes = bytes.drop { isBlank($0) || $0 == UInt8(ascii: ",") }
            guard bytes.popFirst() == UInt8(ascii: "\"") else { return [] }
            let name = bytes.prefix { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
            bytes = bytes[name.endIndex...]
            guard !name.isEmpty, bytes.popFirst() == UInt8(ascii: "\"") else { return [] }
            names.append(String(decoding: name, as: UTF8.self))
            if isList { bytes = bytes.drop { isBlank($0) || $0 == UInt8(ascii: ",") } }
        } while isList && bytes.first != UInt8(ascii: "]")
        if isList { bytes.removeFirst() }
        return names
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }

    private static func isPartOfName(_ byte: UInt8) -> Bool {
        (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_")
    }
}
