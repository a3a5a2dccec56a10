/// The author's text as bytes, looked at once before it is parsed.
///
/// Lines are counted from 1 and end with LF, CR or CRLF, as in CommonMark §2.1. The bytes are lent by the caller and
/// must outlive this value. Costs one pass over the text.
struct SourceText {
    /// What may occur in the text.
    ///
    /// Each is a hint that never misses a construct, and may see one where none is (in code).
    struct Hints: OptionSet {
        let rawValue: UInt16

        /// A `~`, of strikethrough.
        static let tilde = Hints(rawValue: 1)
        /// An `@`, `://` or `www.`, of an address without brackets.
        static let bareLink = Hints(rawValue: 2)
        /// A `[ ]` or `[x]`, of a task list.
        static let task = Hints(rawValue: 4)
        /// A `{%`, of an annotation.
        static let annotation = Hints(rawValue: 8)
        /// A `]:`, of a reference definition.
        static let definition = Hints(rawValue: 16)
        /// A `[^`, of a footnote.
        static let footnote = Hints(rawValue: 32)
        /// A `[!`, of an alert.
        static let alert = Hints(rawValue: 64)
        /// A `$`, of a formula.
        static let dollar = Hints(rawValue: 128)
    }

    /// UTF-8 without a byte order mark.
    let bytes: UnsafeBufferPointer<UInt8>
    private(set) var hints: Hints = []
    /// Where each line begins, in bytes.
    private(set) var lineStarts: [Int] = [0]
    /// The numbers of the lines that could be the delimiter row of a table, going up.
    private(set) var delimiterLines: [Int] = []
    /// Where NUL bytes stand; no more than the first few.
    private(set) var nulBytes: [Int] = []

    init(_ text: UnsafeBufferPointer<UInt8>) {
        let hasMark = text.count >= 3 && text[0] == 0xef && text[1] == 0xbb && text[2] == 0xbf
        bytes = UnsafeBufferPointer(rebasing: text[(hasMark ? 3 : 0)...])
        lineStarts.reserveCapacity(bytes.count / 32)
        scan()
    }

    var lineCount: Int { lineStarts.count }

    /// The bytes of a line without what ends it; empty for a line that does not exist.
    func range(ofLine line: Int) -> Range<Int> {
        guard line >= 1, line <= lineStarts.count else { return bytes.count..<bytes.count }
        let start = lineStarts[line - 1]
        var end = line < lineStarts.count ? lineStarts[line] : bytes.count
        if line < lineStarts.count {
            end -= 1
            if end > start, bytes[end] == UInt8(ascii: "\n"), bytes[end - 1] == UInt8(ascii: "\r") {
                end -= 1
            }
        }
        return start..<end
    }

    /// The line in which a byte stands.
    ///
    /// Costs O(log lines).
    func line(ofByte offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }
}

extension SourceText {
    private static let delimiterRow = ByteSet(" \t>|:-")

    private mutating func scan() {
        noteDelimiterRow(from: 0)
        if let first = bytes.first, Self.tells(first, behind: 0) == 1 { note(first, at: 0) }
        let text = bytes
        var position = 1
        while position < text.count {
            let end = min(position + 16, text.count)
            if end - position < 16 || Self.tells(text, from: position) {
                for position in position..<end
                where Self.tells(text[position], behind: text[position - 1]) == 1 {
                    note(text[position], at: position)
                }
            }
            position = end
        }
    }

    /// Whether a look is worth it at one of sixteen bytes, which are not the first of the text.
    ///
    /// Without branches, so that the compiler looks at all of them at once.
    @inline(__always)
    private static func tells(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
        var found: UInt8 = 0
        for place in start..<start &+ 16 { found |= tells(text[place], behind: text[place &- 1]) }
        return found != 0
    }

    /// 1 where a look is worth it, and else 0.
    @inline(__always)
    private static func tells(_ byte: UInt8, behind other: UInt8) -> UInt8 {
        var tells = byte.bit(UInt8(ascii: "\n")) | byte.bit(UInt8(ascii: "\r")) | byte.bit(0)
        tells |= byte.bit(UInt8(ascii: "@")) | byte.bit(UInt8(ascii: "~"))
        tells |= byte.bit(UInt8(ascii: "$")) | byte.bit(UInt8(ascii: ":"))
        // `[` and `{` differ in one bit.
        tells |= (byte | 0x20).bit(UInt8(ascii: "{"))
        tells |= byte.bit(UInt8(ascii: ".")) & other.bit(UInt8(ascii: "w"))
        return tells
    }

    private mutating func note(_ byte: UInt8, at position: Int) {
        switch byte {
        case UInt8(ascii: "\n"): startLine(position + 1)
        case UInt8(ascii: "\r"): if self[position + 1] != UInt8(ascii: "\n") { startLine(position + 1) }
        case 0: if nulBytes.count < 20 { nulBytes.append(position) }
        case UInt8(ascii: "$"): hints.insert(.dollar)
        case UInt8(ascii: "~"): hints.insert(.tilde)
        case UInt8(ascii: "@"): hints.insert(.bareLink)
        case UInt8(ascii: "."): if isBareHost(endingAt: position) { hints.insert(.bareLink) }
        case UInt8(ascii: "["): noteBracket(at: position)
        case UInt8(ascii: "{"): if self[position + 1] == UInt8(ascii: "%") { hints.insert(.annotation) }
        default:
            if self[position - 1] == UInt8(ascii: "]") { hints.insert(.definition) }
            if isBareScheme(endingAt: position) { hints.insert(.bareLink) }
        }
    }

    private mutating func noteBracket(at position: Int) {
        if self[position + 2] == UInt8(ascii: "]") { hints.insert(.task) }
        if self[position + 1] == UInt8(ascii: "^") { hints.insert(.footnote) }
        if self[position + 1] == UInt8(ascii: "!") { hints.insert(.alert) }
    }

    /// A byte, or 0 beyond the text.
    private subscript(_ position: Int) -> UInt8 {
        bytes.indices.contains(position) ? bytes[position] : 0
    }

    private mutating func startLine(_ position: Int) {
        lineStarts.append(position)
        noteDelimiterRow(from: position)
    }

    private mutating func noteDelimiterRow(from start: Int) {
        var position = start
        var hasDash = false
        while position < bytes.count, Self.delimiterRow.contains(bytes[position]) {
            hasDash = hasDash || bytes[position] == UInt8(ascii: "-")
            position += 1
        }
        let isWhole =
            position == bytes.count || bytes[position] == UInt8(ascii: "\n")
            || bytes[position] == UInt8(ascii: "\r")
        if hasDash, isWhole { delimiterLines.append(lineStarts.count) }
    }

    /// Whether an `x` ends before this colon of `x://` and is not the beginning of a bracketed destination, which libcmark
    /// finds itself.
    private func isBareScheme(endingAt colon: Int) -> Bool {
        guard self[colon + 1] == UInt8(ascii: "/"), self[colon + 2] == UInt8(ascii: "/") else {
            return false
        }
        var start = colon
        while start > 0, bytes[start - 1] | 0x20 >= UInt8(ascii: "a"),
            bytes[start - 1] | 0x20 <= UInt8(ascii: "z")
        {
            start -= 1
        }
        return self[start - 1] != UInt8(ascii: "<")
            && !(self[start - 1] == UInt8(ascii: "(") && self[start - 2] == UInt8(ascii: "]"))
    }

    private func isBareHost(endingAt position: Int) -> Bool {
        position >= 3 && bytes[position - 1] == UInt8(ascii: "w") && bytes[position - 2] == UInt8(ascii: "w")
            && bytes[position - 3] == UInt8(ascii: "w")
    }
}
