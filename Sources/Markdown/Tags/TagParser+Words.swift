/// The smallest pieces of a tag.
extension TagParser {
    mutating func skipBlanks() {
        bytes = bytes.drop(while: Self.isBlank)
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard bytes.first == byte else { return false }
        bytes.removeFirst()
        return true
    }

    mutating func identifier(_ what: String) throws(TagSyntaxError) -> String {
        let name = bytes.prefix(while: Self.isPartOfName)
        guard !name.isEmpty else {
            throw TagSyntaxError(bytes.startIndex, "\(what) is expected, not \(found)")
        }
        bytes = bytes[name.endIndex...]
        return String(decoding: name, as: UTF8.self)
    }

    /// An id or a class; an id may hold a full stop.
    mutating func word(_ what: String, withStops: Bool) throws(TagSyntaxError) -> String {
        let word = bytes.prefix {
            Self.isPartOfName($0) || $0 >= 0x80 || $0 == UInt8(ascii: ":")
                || (withStops && $0 == UInt8(ascii: "."))
        }
        guard !word.isEmpty else {
            throw TagSyntaxError(bytes.startIndex, "\(what) is expected, not \(found)")
        }
        bytes = bytes[word.endIndex...]
        return String(decoding: word, as: UTF8.self)
    }

    mutating func quotedText() throws(TagSyntaxError) -> String {
        let start = bytes.startIndex
        bytes.removeFirst()
        var text: [UInt8] = []
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                let offset = bytes.startIndex - 1
                guard let escaped = bytes.popFirst(), let meant = Self.escapes[escaped] else {
                    throw TagSyntaxError(
                        offset,
                        "this is no escape",
                        advice: "a text knows \\\", \\\\, \\n, \\r and \\t"
                    )
                }
                text.append(meant)
            default: text.append(byte)
            }
        }
        throw TagSyntaxError(start, "this text is not closed", advice: "add '\"'")
    }

    /// What stands here, for messages.
    var found: String {
        guard let first = bytes.first else { return "the tag's end" }
        if Self.isBlank(first) { return "a blank" }
        let character = String(decoding: bytes.prefix(4), as: UTF8.self).prefix(1)
        return "'\(character)'"
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0d) }

    static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
        UInt8(ascii: "n"): 0x0a, UInt8(ascii: "r"): 0x0d, UInt8(ascii: "t"): 0x09,
    ]
}
