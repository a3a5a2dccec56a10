import Ground

/// Where the reader stands, and how it goes on.
extension JSONReader {
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    var place: Place { Place(file: file, line: line, column: column) }

    /// Passes over one byte; columns count characters as Unicode does, all bytes but those that go on with one.
    mutating func advance() {
        position += 1
        let isBehindLine: Bool
        switch bytes[position - 1] {
        case UInt8(ascii: "\n"): isBehindLine = true
        case UInt8(ascii: "\r"): isBehindLine = peek != UInt8(ascii: "\n")
        default: isBehindLine = false
        }
        if isBehindLine {
            line += 1
            column = 1
        } else if peek.map({ $0 & 0xc0 != 0x80 }) ?? true {
            column += 1
        }
    }

    mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: sign) else { return false }
        advance()
        return true
    }

    mutating func skipBlanks() throws(Diagnostic) {
        while let byte = peek, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { advance() }
        if peek == UInt8(ascii: "/") || peek == UInt8(ascii: "#") {
            throw problem("JSON has no comments", advice: "delete it, or write the file in YAML")
        }
    }

    func problem(_ text: String, advice: String? = nil) -> Diagnostic {
        Diagnostic(at: place, text, advice: advice)
    }
}
