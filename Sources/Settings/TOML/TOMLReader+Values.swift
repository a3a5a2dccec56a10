import Ground

/// Values, as they stand behind a key.
extension TOMLReader {
    mutating func value() throws(Diagnostic) -> YAMLValue {
        let place = place
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw tooDeep }
        switch peek {
        case "\"":
            let text = starts("\"\"\"") ? try long("\"\"\"", escapes: true) : try basic()
            return YAMLValue(.scalar(text, isQuoted: true), at: place)
        case "'":
            let text = starts("'''") ? try long("'''", escapes: false) : try literal()
            return YAMLValue(.scalar(text, isQuoted: true), at: place)
        case "[": return try list()
        case "{": return try inlineTable()
        default: return YAMLValue(.scalar(try plain(), isQuoted: false), at: place)
        }
    }

    /// A number, a flag or a date; numbers lose their `_` and `+`.
    private mutating func plain() throws(Diagnostic) -> String {
        let start = place
        var text = takeWhile(Self.isPlain)
        if text.count == 10, text.contains("-"), peek == " ", let next = peek(1), ("0"..."9").contains(next) {
            advance()
            text += "T" + takeWhile(Self.isPlain)
        }
        if text == "true" || text == "false" || text == "inf" || text == "nan" { return text }
        guard let first = text.unicodeScalars.first, "+-0123456789".unicodeScalars.contains(first) else {
            throw Diagnostic(
                at: start,
                text.isEmpty ? "a value was expected here" : "'\(text)' is no value",
                advice: text.isEmpty ? nil : "write a text in quotes, as in \"\(text)\""
            )
        }
        return (text.hasPrefix("+") ? String(text.dropFirst()) : text).replacing("_", with: "")
    }

    private mutating func list() throws(Diagnostic) -> YAMLValue {
        let place = place
        advance()
        var values: [YAMLValue] = []
        while true {
            skipBlankLines()
            if peek == "]" { break }
            values.append(try value())
            skipBlankLines()
            if peek == "," { advance() } else if peek != "]" { throw problem("',' or ']' was expected here") }
        }
        advance()
        return YAMLValue(.list(values), at: place)
    }

    private mutating func inlineTable() throws(Diagnostic) -> YAMLValue {
        let table = TOMLNode(.table, at: place)
        advance()
        skipBlanks()
        if peek == "}" {
            advance()
            return table.value
        }
        while true {
            try pair(into: table)
            skipBlanks()
            guard peek == "," else { break }
            advance()
        }
        guard peek == "}" else { throw problem("',' or '}' was expected here") }
        advance()
        return table.value
    }
}
