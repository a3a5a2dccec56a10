/// The addresses in a style sheet, found by reading it in tokens (CSS Syntax Level 3 §4).
///
/// Comments, strings, escapes and unquoted `url(…)` are told apart, so that nothing in a comment or a text is taken for an
/// address. An address with an escape in it is passed over: it works as it is.
struct StyleSheet {
    /// In the order of the text; each is what stands between the quotes or the brackets.
    private(set) var addresses: [Range<Int>] = []
    let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        while position < bytes.count { readToken() }
    }

    /// The style sheet with other addresses; nil leaves one as it is.
    func replacing(_ replacement: (String) -> String?) -> [UInt8] {
        var result: [UInt8] = []
        var end = 0
        for address in addresses {
            guard let text = replacement(String(decoding: bytes[address], as: UTF8.self)) else { continue }
            result += bytes[end..<address.lowerBound]
            result += Array(text.utf8)
            end = address.upperBound
        }
        return result + bytes[end...]
    }
}

extension StyleSheet {
    private mutating func readToken() {
        switch bytes[position] {
        case UInt8(ascii: "/") where next == UInt8(ascii: "*"): skipComment()
        case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = readString()
        case UInt8(ascii: "#"):
            // A hash, whatever its name is; what follows the name opens no function.
            position += 1
            _ = readName()
        case UInt8(ascii: "@"): readAtKeyword()
        case let byte where Self.isInName(byte) || byte == UInt8(ascii: "\\"): readWord()
        default: position += 1
        }
    }

    private var next: UInt8? { position + 1 < bytes.count ? bytes[position + 1] : nil }

    private mutating func skipComment() {
        position += 2
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "*"), next == UInt8(ascii: "/") {
                position += 2
                return
            }
            position += 1
        }
    }

    /// From its quote to past the closing one; nil where it has an escape, or does not end on its line (§4.3.5).
    private mutating func readString() -> Range<Int>? {
        let quote = bytes[position]
        position += 1
        let start = position
        var isPlain = true
        while position < bytes.count {
            switch bytes[position] {
            case quote:
                position += 1
                return isPlain ? start..<(position - 1) : nil
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0x0c: return nil
            case UInt8(ascii: "\\"):
                isPlain = false
                position = min(position + 2, bytes.count)
            default: position += 1
            }
        }
        return nil
    }

    /// The rest of a name, empty where none is here.
    private mutating func readName() -> Range<Int> {
        let start = position
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "\\") {
                position = min(position + 2, bytes.count)
            } else if Self.isInName(bytes[position]) {
                position += 1
            } else {
                break
            }
        }
        return start..<position
    }

    /// `@import` may be followed by an address without `url()` (CSS Cascade §2).
    private mutating func readAtKeyword() {
        position += 1
        guard reads(readName(), "import") else { return }
        skipBlanks()
        guard position < bytes.count, Self.isQuote(bytes[position]) else { return }
        if let address = readString() { addresses.append(address) }
    }

    /// A name, a number with its unit, or `url(` and what is in it.
    private mutating func readWord() {
        guard reads(readName(), "url"), position < bytes.count, bytes[position] == UInt8(ascii: "(") else {
            return
        }
        position += 1
        while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
        guard position < bytes.count else { return }
        if Self.isQuote(bytes[position]) {
            if let address = readString() { addresses.append(address) }
        } else if let address = readUnquoted() {
            addresses.append(address)
        }
    }

    /// To past the closing bracket (§4.3.6); nil where it is malformed or has an escape.
    private mutating func readUnquoted() -> Range<Int>? {
        let start = position
        var isPlain = true
        while position < bytes.count, bytes[position] != UInt8(ascii: ")") {
            switch bytes[position] {
            case UInt8(ascii: "\\"):
                isPlain = false
                position += 1
            case UInt8(ascii: "("), UInt8(ascii: "\""), UInt8(ascii: "'"), 0...8, 0x0b, 0x0e...0x1f, 0x7f:
                isPlain = false
            default: break
            }
            position = min(position + 1, bytes.count)
        }
        var end = position
        while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
        position = min(position + 1, bytes.count)
        return isPlain && !bytes[start..<end].contains(where: Self.isBlank) ? start..<end : nil
    }

    private mutating func skipBlanks() {
        while position < bytes.count {
            if Self.isBlank(bytes[position]) {
                position += 1
            } else if bytes[position] == UInt8(ascii: "/"), next == UInt8(ascii: "*") {
                skipComment()
            } else {
                return
            }
        }
    }

    private func reads(_ range: Range<Int>, _ word: String) -> Bool {
        bytes[range].elementsEqual(word.utf8) { $0 | 0x20 == $1 }
    }

    private static func isInName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0d).contains(byte) && byte != 0x0b
    }

    private static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    }
}
