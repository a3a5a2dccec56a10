import Ground

/// Reads the YAML that most front matter is, without a parser for all of YAML: on each line a key with a text, in
/// quotes or not, or with a list of texts.
///
/// It gives exactly the value that Yams would give, and gives up at whatever it does not know; a test holds the two
/// together. Yams took most of the time in which pages are read.
struct PlainYAML {
    /// Something else stands here; Yams shall say what it is, or what is wrong with it.
    private struct Beyond: Error {}

    private let bytes: UnsafeBufferPointer<UInt8>
    private let source: YAMLSource
    private var position = 0
    private var line = 1
    private var lineStart = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>, _ source: YAMLSource) {
        self.bytes = bytes
        self.source = source
    }

    /// The table that a text is; nil where Yams must read it.
    static func root(of source: YAMLSource) -> YAMLValue? {
        var text = source.text
        return text.withUTF8 { bytes in
            guard bytes.count <= longest, isOrdinary(bytes) else { return nil }
            var reader = PlainYAML(bytes, source)
            do throws(Beyond) {
                return try reader.table()
            } catch {
                return nil
            }
        }
    }

    /// In bytes; far below what `YAMLSource` refuses.
    private static let longest = 1 << 14
    private static let mostKeys = 32
    private static let mostBrackets = 32

    /// Whether there is nothing in it that `YAMLSource` might refuse, and no line end but `\n`.
    private static func isOrdinary(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var brackets = 0
        for (position, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "\n"): break
            case 0..<0x20, 0x7f, UInt8(ascii: "*"): return false
            case UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
            case 0xc2, 0xe2, 0xef: if isOdd(bytes[position...].prefix(3)) { return false }
            default: break
            }
        }
        return brackets <= mostBrackets
    }

    /// Whether a character is a control (U+0080 to U+009F), a line end for YAML 1.1 (U+2028, U+2029), or among those
    /// that hold the mark of order and what is no character (U+F000 to U+FEFF, U+FF80 to U+FFFF).
    private static func isOdd(_ character: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let second = character.dropFirst().first ?? 0
        return switch character.first {
        case 0xc2: second < 0xa0
        case 0xe2: second == 0x80 && (0xa8...0xa9).contains(character.last ?? 0xa8)
        default: second != 0xbc && second != 0xbd
        }
    }
}

extension PlainYAML {
    private mutating func table() throws(Beyond) -> YAMLValue {
        var entries: [YAMLEntry] = []
        while position < bytes.count {
            if bytes[position] != UInt8(ascii: "\n") {
                let place = place()
                let key = try key()
                guard entries.count < Self.mostKeys, !entries.contains(where: { $0.key == key }) else {
                    throw Beyond()
                }
                entries.append(YAMLEntry(key: key, place: place, value: try value()))
            }
            try endLine()
        }
        guard let first = entries.first else { throw Beyond() }
        return YAMLValue(.table(entries), at: first.place)
    }

    private mutating func key() throws(Beyond) -> String {
        let start = position
        while position < bytes.count, Self.isWordPart(bytes[position]) { position += 1 }
        guard position > start, Self.isLetter(bytes[start]), position - start <= 64, take(UInt8(ascii: ":")),
            take(UInt8(ascii: " "))
        else { throw Beyond() }
        let key = text(start..<position - 2)
        skipSpaces()
        return key
    }

    private mutating func value() throws(Beyond) -> YAMLValue {
        guard position < bytes.count else { throw Beyond() }
        switch bytes[position] {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return try quoted()
        case UInt8(ascii: "["): return try list()
        default: return try plain()
        }
    }

    private mutating func quoted() throws(Beyond) -> YAMLValue {
        let (place, quote, start) = (place(), bytes[position], position + 1)
        position = start
        while position < bytes.count, bytes[position] != quote {
            guard bytes[position] != UInt8(ascii: "\n"), bytes[position] != UInt8(ascii: "\\") else {
                throw Beyond()
            }
            position += 1
        }
        guard take(quote) else { throw Beyond() }
        return YAMLValue(.scalar(text(start..<position - 1), isQuoted: true), at: place)
    }

    /// A text without quotes, to the end of its line.
    private mutating func plain() throws(Beyond) -> YAMLValue {
        let (place, start) = (place(), position)
        guard Self.mayBeginPlain(bytes[start]) else { throw Beyond() }
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
            switch bytes[position] {
            case UInt8(ascii: "#"): throw Beyond()
            case UInt8(ascii: ":"):
                guard position + 1 < bytes.count, bytes[position + 1] > UInt8(ascii: " ") else {
                    throw Beyond()
                }
            default: break
            }
            position += 1
        }
        return plain(start, at: place)
    }

    private mutating func list() throws(Beyond) -> YAMLValue {
        let place = place()
        var values: [YAMLValue] = []
        position += 1
        skipSpaces()
        if take(UInt8(ascii: "]")) { return YAMLValue(.list([]), at: place) }
        while true {
            values.append(try item())
            skipSpaces()
            if take(UInt8(ascii: "]")) { return YAMLValue(.list(values), at: place) }
            guard take(UInt8(ascii: ",")) else { throw Beyond() }
            skipSpaces()
        }
    }

    private mutating func item() throws(Beyond) -> YAMLValue {
        guard position < bytes.count else { throw Beyond() }
        let (place, start) = (place(), position)
        if "\"'".utf8.contains(bytes[start]) { return try quoted() }
        guard Self.mayBeginPlain(bytes[start]) else { throw Beyond() }
        while position < bytes.count,
            Self.isWordPart(bytes[position]) || " ./+()".utf8.contains(bytes[position])
        {
            position += 1
        }
        return plain(start, at: place)
    }

    /// The text from here to the present position, without the blanks at its end.
    private func plain(_ start: Int, at place: Place) -> YAMLValue {
        var end = position
        while bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
        let text = text(start..<end)
        return YAMLValue(text == "null" ? .nothing : .scalar(text, isQuoted: false), at: place)
    }

    private mutating func endLine() throws(Beyond) {
        skipSpaces()
        guard position < bytes.count else { return }
        guard take(UInt8(ascii: "\n")) else { throw Beyond() }
        line += 1
        lineStart = position
    }
}

extension PlainYAML {
    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpaces() {
        while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Columns count characters as YAML knows them: all bytes but those that go on with one.
    private func place() -> Place {
        source.place(line: line, column: bytes[lineStart..<position].count { $0 & 0xc0 != 0x80 } + 1)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
    }

    private static func isWordPart(_ byte: UInt8) -> Bool {
        isLetter(byte) || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
            || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "-") || byte >= 0x80
    }

    private static func mayBeginPlain(_ byte: UInt8) -> Bool {
        isWordPart(byte) && byte != UInt8(ascii: "-") || byte == UInt8(ascii: "/")
            || byte == UInt8(ascii: "(")
    }
}
