import Ground

/// Texts in quotes.
extension TOMLReader {
    mutating func literal() throws(Diagnostic) -> String {
        advance()
        let text = takeWhile { $0 != "'" && $0 != "\n" }
        guard peek == "'" else { throw problem("this text must end with \"'\" on its line") }
        advance()
        return text
    }

    mutating func basic() throws(Diagnostic) -> String {
        advance()
        var text = ""
        while let next = peek, next != "\"" {
            if next == "\n" { break }
            if next == "\\" {
                text.unicodeScalars.append(try escape())
            } else {
                text.unicodeScalars.append(next); advance()
            }
        }
        guard peek == "\"" else { throw problem("this text must end with '\"' on its line") }
        advance()
        return text
    }

    mutating func long(_ quotes: String, escapes: Bool) throws(Diagnostic) -> String {
        let start = place
        advance(3)
        if starts("\r\n") { advance(2) } else if peek == "\n" { advance() }
        var text = ""
        while !starts(quotes) {
            guard let next = peek else { throw Diagnostic(at: start, "this text never ends") }
            if escapes, next == "\\" {
                if isFold { fold() } else { text.unicodeScalars.append(try escape()) }
            } else {
                text.unicodeScalars.append(next)
                advance()
            }
        }
        advance(3)
        // Up to two quotes may stand before the three that end it.
        while let next = peek, String(next) == quotes.prefix(1) {
            text.unicodeScalars.append(next)
            advance()
        }
        return text
    }

    /// A `\` at the end of a line takes the line's end with it, and all blanks after that.
    private var isFold: Bool {
        var next = position + 1
        while next < scalars.count, scalars[next] == " " || scalars[next] == "\t" || scalars[next] == "\r" {
            next += 1
        }
        return next < scalars.count && scalars[next] == "\n"
    }

    private mutating func fold() {
        advance()
        while let next = peek, next.properties.isWhitespace { advance() }
    }

    private mutating func escape() throws(Diagnostic) -> Unicode.Scalar {
        let start = place
        advance()
        let letter = peek
        advance()
        switch letter {
        case "b": return "\u{8}"
        case "t": return "\t"
        case "n": return "\n"
        case "f": return "\u{c}"
        case "r": return "\r"
        case "\"": return "\""
        case "\\": return "\\"
        case "u", "U":
            let length = letter == "u" ? 4 : 8
            var digits = ""
            while digits.count < length, let digit = peek, digit.properties.isASCIIHexDigit {
                digits.unicodeScalars.append(digit)
                advance()
            }
            if digits.count == length, let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code)
            {
                return scalar
            }
        default: break
        }
        throw Diagnostic(at: start, "this escape is not known", advice: "write a backslash itself as \\\\")
    }
}
