import Ground

/// Texts, numbers, flags and `null`.
extension JSONReader {
    mutating func text() throws(Diagnostic) -> String {
        let start = place
        advance()
        var text: [UInt8] = []
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                advance()
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                throw Diagnostic(
                    at: start,
                    "this text must end with '\"' on its line",
                    advice: "write a line's end as \\n"
                )
            case UInt8(ascii: "\\"): text.append(contentsOf: String(try escape()).utf8)
            case 0..<0x20:
                let advice = byte == UInt8(ascii: "\t") ? "write a tab as \\t" : nil
                throw problem("this character must be written as an escape", advice: advice)
            default:
                text.append(byte)
                advance()
            }
        }
        throw Diagnostic(at: start, "this text never ends", advice: "close it with '\"'")
    }

    private mutating func escape() throws(Diagnostic) -> Unicode.Scalar {
        let start = place
        advance()
        let letter = peek
        if letter != nil { advance() }
        switch letter {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            if let unit = unit() { return try scalar(unit, from: start) }
        default: break
        }
        throw Diagnostic(at: start, "this escape is not known", advice: "write a backslash itself as \\\\")
    }

    /// Four hexadecimal digits, which are passed.
    private mutating func unit() -> UInt32? {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
            return nil
        }
        for _ in 0..<4 { advance() }
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    /// The character of one escape, or of two that are a pair (RFC 8259 §7).
    private mutating func scalar(_ unit: UInt32, from start: Place) throws(Diagnostic) -> Unicode.Scalar {
        if let scalar = Unicode.Scalar(unit) { return scalar }
        if unit < 0xdc00, take("\\"), take("u"), let low = self.unit(), 0xdc00...0xdfff ~= low,
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00))
        {
            return scalar
        }
        throw Diagnostic(
            at: start,
            "this escape is half of a character",
            advice: "characters beyond \\uffff are written as two escapes, or as they are"
        )
    }

    mutating func plain() throws(Diagnostic) -> YAMLValue.Content {
        let start = place
        let first = position
        while let byte = peek, Self.isPlain(byte) { advance() }
        let word = String(decoding: bytes[first..<position], as: UTF8.self)
        switch word {
        case "null": return .nothing
        case "true", "false": return .scalar(word, isQuoted: false)
        case "":
            let advice = peek == UInt8(ascii: "'") ? "a text stands in double quotes" : nil
            throw Diagnostic(at: start, "a value was expected here", advice: advice)
        default: break
        }
        guard Self.isDigit(bytes[first]) || "+-.".utf8.contains(bytes[first]) else {
            let known = Suggestion.nearest(to: word, in: ["true", "false", "null"])
            throw Diagnostic(
                at: start,
                "'\(word)' is no value",
                advice: known.map { "did you mean '\($0)'?" }
                    ?? "write a text in double quotes, as in \"\(word)\""
            )
        }
        guard Self.isNumber(bytes[first..<position]) else {
            throw Diagnostic(at: start, "'\(word)' is no number")
        }
        return .scalar(word, isQuoted: false)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: isDigit(byte)
        }
    }

    /// RFC 8259 §6; by hand, since files of data may hold millions.
    private static func isNumber(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var rest = bytes
        func takeDigits() -> Bool {
            let digits = rest.prefix(while: isDigit)
            rest = rest[digits.endIndex...]
            return !digits.isEmpty
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        if rest.first == UInt8(ascii: "0") {
            rest = rest.dropFirst()
        } else if !takeDigits() {
            return false
        }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard takeDigits() else { return false }
        }
        if let exponent = rest.first, exponent | 0x20 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard takeDigits() else { return false }
        }
        return rest.isEmpty
    }
}
