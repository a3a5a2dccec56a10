/// The values of attributes, arguments and interpolations.
extension TagParser {
    mutating func value(_ base: Int) throws(TagSyntaxError) -> TagExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else {
            throw TagSyntaxError(
                bytes.startIndex,
                "values are nested deeper than \(Self.deepest) levels"
            )
        }
        guard let first = bytes.first else { throw TagSyntaxError(bytes.startIndex, "a value is missing") }
        switch first {
        case UInt8(ascii: "\""): return .value(.text(try quotedText()))
        case UInt8(ascii: "["): return try list(base)
        case UInt8(ascii: "{"): return try table(base)
        case UInt8(ascii: "$"), UInt8(ascii: "@"): return try variable(base)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .value(try number())
        case UInt8(ascii: "'"):
            throw TagSyntaxError(
                bytes.startIndex,
                "a text stands in double quotes",
                advice: "write \"…\""
            )
        default: return try word(base)
        }
    }

    private mutating func word(_ base: Int) throws(TagSyntaxError) -> TagExpression {
        let offset = bytes.startIndex
        let name = try identifier("a value")
        switch name {
        case "true": return .value(.flag(true))
        case "false": return .value(.flag(false))
        case "null": return .value(.null)
        default:
            guard bytes.first == UInt8(ascii: "(") else {
                throw TagSyntaxError(
                    offset,
                    "'\(name)' is no value",
                    advice: "write \"\(name)\" for a text, or $\(name) for a variable"
                )
            }
            bytes.removeFirst()
            let arguments = try items(UInt8(ascii: ")"), base, of: "the arguments of '\(name)'")
            return .call(name: name, arguments: arguments, offset: base + offset)
        }
    }

    private mutating func list(_ base: Int) throws(TagSyntaxError) -> TagExpression {
        bytes.removeFirst()
        return .list(try items(UInt8(ascii: "]"), base, of: "the list"))
    }

    /// Values with commas between them; a comma may stand behind the last.
    private mutating func items(
        _ close: UInt8,
        _ base: Int,
        of what: String
    ) throws(TagSyntaxError) -> [TagExpression] {
        var items: [TagExpression] = []
        while true {
            skipBlanks()
            if take(close) { return items }
            items.append(try value(base))
            skipBlanks()
            guard take(UInt8(ascii: ",")) || bytes.first == close else { throw missingComma(close, what) }
        }
    }

    private mutating func table(_ base: Int) throws(TagSyntaxError) -> TagExpression {
        bytes.removeFirst()
        var entries: [(key: String, value: TagExpression)] = []
        while true {
            skipBlanks()
            if take(UInt8(ascii: "}")) { return .table(entries) }
            let offset = bytes.startIndex
            let key =
                bytes.first == UInt8(ascii: "\"")
                ? try quotedText() : try identifier("a key, or '}'")
            skipBlanks()
            guard take(UInt8(ascii: ":")) else {
                throw TagSyntaxError(
                    bytes.startIndex,
                    "':' is missing behind the key '\(key)'",
                    advice: "a table is written {key: value}"
                )
            }
            skipBlanks()
            let value = try value(base)
            guard !entries.contains(where: { $0.key == key }) else {
                throw TagSyntaxError(offset, "the key '\(key)' stands twice", advice: "keep one of the two")
            }
            entries.append((key, value))
            skipBlanks()
            guard take(UInt8(ascii: ",")) || bytes.first == UInt8(ascii: "}") else {
                throw missingComma(UInt8(ascii: "}"), "the table")
            }
        }
    }

    private func missingComma(_ close: UInt8, _ what: String) -> TagSyntaxError {
        let close = String(decoding: [close], as: UTF8.self)
        return TagSyntaxError(bytes.startIndex, "',' or '\(close)' is expected in \(what), not \(found)")
    }

    private mutating func variable(_ base: Int) throws(TagSyntaxError) -> TagExpression {
        let offset = bytes.startIndex
        bytes.removeFirst()
        let name = try identifier("a variable's name")
        var path: [TagVariable.Step] = []
        while true {
            if take(UInt8(ascii: ".")) {
                path.append(.key(try identifier("a key")))
            } else if take(UInt8(ascii: "[")) {
                switch bytes.first {
                case UInt8(ascii: "\"")?: path.append(.key(try quotedText()))
                default:
                    let start = bytes.startIndex
                    guard case .number(let number) = try number(), let index = Int(exactly: number),
                        index >= 0
                    else { throw TagSyntaxError(start, "a key in quotes or a number is expected in '[ ]'") }
                    path.append(.index(index))
                }
                guard take(UInt8(ascii: "]")) else {
                    throw TagSyntaxError(bytes.startIndex, "']' is expected, not \(found)")
                }
            } else {
                return .variable(TagVariable(name: name, path: path, offset: base + offset))
            }
        }
    }

    private mutating func number() throws(TagSyntaxError) -> TagValue {
        let digits = bytes.prefix { Self.isPartOfName($0) || $0 == UInt8(ascii: ".") }
        let text = String(decoding: digits, as: UTF8.self)
        let isPlain = digits.allSatisfy { "0123456789.-".utf8.contains($0) }
        guard isPlain, digits.last != UInt8(ascii: "."), let number = Double(text), number.isFinite else {
            throw TagSyntaxError(
                bytes.startIndex,
                "\(text.isEmpty ? found : "'\(text)'") is no number",
                advice: "a text stands in double quotes"
            )
        }
        bytes = bytes[digits.endIndex...]
        return .number(number)
    }
}
