import Ground

/// Where the reader stands, and how it goes on.
extension TOMLReader {
    static let deepest = 100

    var peek: Unicode.Scalar? { peek(0) }

    func peek(_ ahead: Int) -> Unicode.Scalar? {
        position + ahead < scalars.count ? scalars[position + ahead] : nil
    }

    func starts(_ text: String) -> Bool { scalars[position...].starts(with: text.unicodeScalars) }

    var place: Place { Place(file: file, line: line, column: column) }

    mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where position < scalars.count {
            if scalars[position] == "\n" {
                line += 1
                column = 1
            } else {
                column += 1
            }
            position += 1
        }
    }

    mutating func takeWhile(_ fits: (Unicode.Scalar) -> Bool) -> String {
        var text = ""
        while let next = peek, fits(next) {
            text.unicodeScalars.append(next)
            advance()
        }
        return text
    }

    mutating func skipBlanks() {
        while peek == " " || peek == "\t" { advance() }
    }

    mutating func skipBlankLines() {
        while let next = peek {
            if next == "#" {
                skipComment()
            } else if " \t\r\n".unicodeScalars.contains(next) {
                advance()
            } else {
                return
            }
        }
    }

    mutating func skipComment() {
        while let next = peek, next != "\n" { advance() }
    }

    mutating func endOfLine() throws(Diagnostic) {
        skipBlanks()
        if peek == "#" { skipComment() }
        if peek == "\r" { advance() }
        guard peek == nil || peek == "\n" else { throw problem("the line must end here") }
    }

    static func isBare(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isLetterOrDigit || scalar == "-" || scalar == "_"
    }

    static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        isBare(scalar) || scalar == "+" || scalar == "." || scalar == ":"
    }

    func problem(_ text: String) -> Diagnostic { Diagnostic(at: place, text) }

    var tooDeep: Diagnostic { problem("this is nested too deeply") }

    func twice(_ key: (key: String, place: Place)) -> Diagnostic {
        Diagnostic(at: key.place, "the key '\(key.key)' stands here twice")
    }
}
