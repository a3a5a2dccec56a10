/// Finds every `{% … %}` of a text without asking what Markdown makes of the place: code is told apart later.
///
/// Time is bounded whatever the text: a tag is at most `longest` bytes, a text in it ends on its line, and looking for
/// ends that are not there is given up after a while.
struct TagScan {
    /// In bytes.
    static let longest = 10_000

    private(set) var marks: [TagMark] = []
    private(set) var strays: [StrayBrace] = []
    private let source: SourceText
    private let bytes: UnsafeBufferPointer<UInt8>
    /// How many bytes may still be looked at in vain.
    private var patience: Int

    init(_ source: SourceText) {
        self.source = source
        bytes = source.bytes
        patience = 4 * source.bytes.count + 10 * Self.longest
        var position = 0
        while let start = nextBrace(from: position) { position = take(start) }
    }
}

extension TagScan {
    private func nextBrace(from start: Int) -> Int? {
        var position = start
        while position + 1 < bytes.count {
            if bytes[position] == UInt8(ascii: "{"), bytes[position + 1] == UInt8(ascii: "%") {
                return position
            }
            position += 1
        }
        return nil
    }

    /// Takes what begins at a brace; returns where to go on.
    private mutating func take(_ start: Int) -> Int {
        if isEscaped(start) { return start + 2 }
        guard let end = end(of: start) else { return start + 2 }
        let range = start..<end
        guard range.count >= 7 else { return refuse(start, .tooShort, until: end) }
        let form = form(of: range)
        guard marks.count < TagCode.most else { return refuse(start, .tooMany, until: end) }
        guard form == .block || hasRoomForCode(range) else { return refuse(start, .noRoom, until: end) }
        marks.append(TagMark(range: range, form: form, start: start))
        return end
    }

    private mutating func refuse(_ start: Int, _ reason: StrayBrace.Reason, until end: Int) -> Int {
        strays.append(StrayBrace(offset: start, reason: reason))
        return end
    }

    /// Whether an odd number of backslashes stands before.
    private func isEscaped(_ start: Int) -> Bool {
        var position = start
        while position > 0, bytes[position - 1] == UInt8(ascii: "\\") { position -= 1 }
        return (start - position) % 2 == 1
    }

    /// The byte behind `%}`.
    private mutating func end(of start: Int) -> Int? {
        let limit = min(bytes.count, start + Self.longest)
        var position = start + 2
        var isText = false
        while position < limit, patience > 0 {
            let next = position + 1 < bytes.count ? bytes[position + 1] : 0
            switch bytes[position] {
            case UInt8(ascii: "\""): isText.toggle()
            case UInt8(ascii: "\\") where isText: position += 1
            case UInt8(ascii: "\n") where isText, UInt8(ascii: "\r") where isText:
                strays.append(StrayBrace(offset: start, reason: .neverEndsInText))
                patience -= position - start
                return nil
            case UInt8(ascii: "%") where !isText && next == UInt8(ascii: "}"): return position + 2
            case UInt8(ascii: "{") where !isText && next == UInt8(ascii: "%"): position = limit
            case UInt8(ascii: "\n") where beginsFence(position + 1): position = limit
            default: break
            }
            position += 1
        }
        strays.append(StrayBrace(offset: start, reason: isText ? .neverEndsInText : .neverEnds))
        patience -= min(position, limit) - start
        return nil
    }

    /// Whether a line begins with a fence: no tag reaches into or out of fenced code.
    private func beginsFence(_ start: Int) -> Bool {
        var position = start
        while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
        guard position + 2 < bytes.count else { return false }
        let byte = bytes[position]
        return (byte == UInt8(ascii: "`") || byte == UInt8(ascii: "~")) && bytes[position + 1] == byte
            && bytes[position + 2] == byte
    }

    private func form(of range: Range<Int>) -> TagMark.Form {
        let line = source.range(ofLine: source.line(ofByte: range.lowerBound))
        let lastLine = source.range(ofLine: source.line(ofByte: range.upperBound - 1))
        let isAlone =
            LinePrefix(bytes[line.lowerBound..<range.lowerBound]).isWhole
            && bytes[range.upperBound..<lastLine.upperBound].allSatisfy { $0 == 0x20 || $0 == 0x09 }
        guard isAlone else { return .inline }
        guard isValue(range) else { return .block }
        return line == lastLine ? .value : .inline
    }

    /// Whether it shows a value: `{% $x %}`, `{% f() %}`.
    private func isValue(_ range: Range<Int>) -> Bool {
        let words = bytes[(range.lowerBound + 2)..<(range.upperBound - 2)].drop(while: TagParser.isBlank)
        guard let first = words.first else { return false }
        if first == UInt8(ascii: "$") || first == UInt8(ascii: "@") { return true }
        let name = words.prefix(while: TagParser.isPartOfName)
        return !name.isEmpty && name.endIndex < words.endIndex && words[name.endIndex] == UInt8(ascii: "(")
    }

    /// Whether the code fits on the tag's first line, and no line within is empty, which would end the paragraph.
    private func hasRoomForCode(_ range: Range<Int>) -> Bool {
        guard bytes[range.lowerBound..<range.lowerBound + 6].allSatisfy({ !Self.isLineEnd($0) }) else {
            return false
        }
        let (first, last) = (source.line(ofByte: range.lowerBound), source.line(ofByte: range.upperBound - 1))
        return first == last
            || ((first + 1)...last).allSatisfy { line in
                bytes[source.range(ofLine: line)].contains { $0 != 0x20 && $0 != 0x09 }
            }
    }

    static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0a || byte == 0x0d }
}

/// What stands on a line before its words: blanks, markers of quotes and of list items.
struct LinePrefix {
    /// Whether there is nothing else.
    let isWhole: Bool
    let isQuoted: Bool

    init(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        var rest = bytes.drop { $0 == 0x20 || $0 == 0x09 }
        var isQuoted = false
        while let byte = rest.first {
            if byte == UInt8(ascii: ">") {
                isQuoted = true
                rest = rest.dropFirst()
            } else {
                if "-+*".utf8.contains(byte) {
                    rest = rest.dropFirst()
                } else {
                    let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
                    let behind = rest[digits.endIndex...]
                    guard (1...9).contains(digits.count), let mark = behind.first, ".)".utf8.contains(mark)
                    else { break }
                    rest = behind.dropFirst()
                }
                // A list's marker has a blank behind it.
                guard let blank = rest.first, blank == 0x20 || blank == 0x09 else {
                    self.init(isWhole: false, isQuoted: isQuoted)
                    return
                }
            }
            rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
        }
        self.init(isWhole: rest.isEmpty, isQuoted: isQuoted)
    }

    private init(isWhole: Bool, isQuoted: Bool) {
        self.isWhole = isWhole
        self.isQuoted = isQuoted
    }
}
