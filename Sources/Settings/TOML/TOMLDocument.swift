package import Ground

/// A TOML text (toml.io, version 1.0), read into the same values as YAML, which know where they stand.
///
/// Numbers, dates and flags become scalars as they are written: what they are depends on who asks. A date with a time may
/// have a space in it.
package struct TOMLDocument: Sendable {
    package let root: YAMLValue

    /// Reads one document; `firstLine` is the line of the file in which it begins.
    ///
    /// Throws the first mistake. Costs time in proportion to the text; tables may be 100 deep.
    package init(parsing text: String, file: String, firstLine: Int = 1) throws(Diagnostics) {
        var reader = TOMLReader(text, file: file, firstLine: firstLine)
        do throws(Diagnostic) {
            root = try reader.document()
        } catch {
            throw Diagnostics([error])
        }
    }
}

/// A table while it grows, since a later header may add to it.
private final class TOMLNode {
    enum Content {
        case value(YAMLValue)
        case table
        case tables([TOMLNode])
    }

    var content: Content
    let place: Place
    /// In the order of the file.
    var keys: [(key: String, place: Place)] = []
    var children: [String: TOMLNode] = [:]
    /// Named by a header of its own, or by dotted keys, and so not to be named by a header again.
    var isClosed = false

    init(_ content: Content, at place: Place) {
        self.content = content
        self.place = place
    }

    func add(_ child: TOMLNode, as key: String, at place: Place) {
        keys.append((key, place))
        children[key] = child
    }

    var value: YAMLValue {
        switch content {
        case .value(let value): return value
        case .tables(let nodes): return YAMLValue(.list(nodes.map(\.value)), at: place)
        case .table:
            let entries = keys.compactMap { key, place in
                children[key].map { YAMLEntry(key: key, place: place, value: $0.value) }
            }
            return YAMLValue(.table(entries), at: place)
        }
    }
}

private struct TOMLReader {
    private let scalars: [Unicode.Scalar]
    private let file: String
    private var position = 0
    private var line: Int
    private var column = 1
    private var depth = 0

    init(_ text: String, file: String, firstLine: Int) {
        scalars = Array(text.unicodeScalars)
        self.file = file
        line = firstLine
    }

    mutating func document() throws(Diagnostic) -> YAMLValue {
        let root = TOMLNode(.table, at: place)
        var table = root
        while true {
            skipBlankLines()
            guard let next = peek else { return root.value }
            if next == "[" {
                table = try header(below: root)
            } else {
                try pair(into: table)
            }
            try endOfLine()
        }
    }
}

extension TOMLReader {
    private mutating func header(below root: TOMLNode) throws(Diagnostic) -> TOMLNode {
        let place = place
        let isList = starts("[[")
        advance(isList ? 2 : 1)
        let keys = try keyPath()
        guard starts(isList ? "]]" : "]") else { throw problem("this header must end with ']'") }
        advance(isList ? 2 : 1)
        guard let last = keys.last, keys.count <= Self.deepest else { throw tooDeep }
        var table = root
        for key in keys.dropLast() { table = try open(key, in: table) }
        if isList {
            let node = TOMLNode(.table, at: place)
            if let list = table.children[last.key] {
                guard case .tables(let nodes) = list.content else { throw twice(last) }
                list.content = .tables(nodes + [node])
            } else {
                table.add(TOMLNode(.tables([node]), at: place), as: last.key, at: last.place)
            }
            return node
        }
        if let known = table.children[last.key] {
            guard case .table = known.content, !known.isClosed else { throw twice(last) }
            known.isClosed = true
            return known
        }
        let node = TOMLNode(.table, at: place)
        node.isClosed = true
        table.add(node, as: last.key, at: last.place)
        return node
    }

    /// The table of a key on the way down, made where it is not there; of a list of tables the last.
    private func open(_ key: (key: String, place: Place), in table: TOMLNode) throws(Diagnostic) -> TOMLNode {
        guard let known = table.children[key.key] else {
            let node = TOMLNode(.table, at: key.place)
            table.add(node, as: key.key, at: key.place)
            return node
        }
        switch known.content {
        case .table: return known
        case .tables(let nodes): return nodes.last ?? known
        case .value: throw twice(key)
        }
    }

    private mutating func pair(into table: TOMLNode) throws(Diagnostic) {
        let keys = try keyPath()
        skipBlanks()
        guard peek == "=" else { throw problem("'=' must follow the key") }
        advance()
        skipBlanks()
        guard let last = keys.last, keys.count <= Self.deepest else { throw tooDeep }
        var table = table
        for key in keys.dropLast() {
            table = try open(key, in: table)
            table.isClosed = true
        }
        let place = place
        let value = try value()
        guard table.children[last.key] == nil else { throw twice(last) }
        table.add(TOMLNode(.value(value), at: place), as: last.key, at: last.place)
    }

    private mutating func keyPath() throws(Diagnostic) -> [(key: String, place: Place)] {
        var keys: [(key: String, place: Place)] = []
        while true {
            skipBlanks()
            let place = place
            let key: String
            if peek == "\"" {
                key = try basic()
            } else if peek == "'" {
                key = try literal()
            } else {
                key = takeWhile(Self.isBare)
                if key.isEmpty { throw problem("a key was expected here") }
            }
            keys.append((key, place))
            skipBlanks()
            guard peek == "." else { return keys }
            advance()
        }
    }
}

extension TOMLReader {
    private mutating func value() throws(Diagnostic) -> YAMLValue {
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

    private mutating func literal() throws(Diagnostic) -> String {
        advance()
        let text = takeWhile { $0 != "'" && $0 != "\n" }
        guard peek == "'" else { throw problem("this text must end with \"'\" on its line") }
        advance()
        return text
    }

    private mutating func basic() throws(Diagnostic) -> String {
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

    private mutating func long(_ quotes: String, escapes: Bool) throws(Diagnostic) -> String {
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

extension TOMLReader {
    private static let deepest = 100

    private var peek: Unicode.Scalar? { peek(0) }

    private func peek(_ ahead: Int) -> Unicode.Scalar? {
        position + ahead < scalars.count ? scalars[position + ahead] : nil
    }

    private func starts(_ text: String) -> Bool { scalars[position...].starts(with: text.unicodeScalars) }

    private var place: Place { Place(file: file, line: line, column: column) }

    private mutating func advance(_ count: Int = 1) {
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

    private mutating func takeWhile(_ fits: (Unicode.Scalar) -> Bool) -> String {
        var text = ""
        while let next = peek, fits(next) {
            text.unicodeScalars.append(next)
            advance()
        }
        return text
    }

    private mutating func skipBlanks() {
        while peek == " " || peek == "\t" { advance() }
    }

    private mutating func skipBlankLines() {
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

    private mutating func skipComment() {
        while let next = peek, next != "\n" { _ = next; advance() }
    }

    private mutating func endOfLine() throws(Diagnostic) {
        skipBlanks()
        if peek == "#" { skipComment() }
        if peek == "\r" { advance() }
        guard peek == nil || peek == "\n" else { throw problem("the line must end here") }
    }

    private static func isBare(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isLetterOrDigit || scalar == "-" || scalar == "_"
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        isBare(scalar) || scalar == "+" || scalar == "." || scalar == ":"
    }

    private func problem(_ text: String) -> Diagnostic { Diagnostic(at: place, text) }

    private var tooDeep: Diagnostic { problem("this is nested too deeply") }

    private func twice(_ key: (key: String, place: Place)) -> Diagnostic {
        Diagnostic(at: key.place, "the key '\(key.key)' stands here twice")
    }
}
