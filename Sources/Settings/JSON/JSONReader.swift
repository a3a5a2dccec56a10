import Ground

/// Reads one JSON document: its values, tables and lists.
struct JSONReader {
    static let deepest = 100

    let bytes: UnsafeBufferPointer<UInt8>
    let file: String
    var position: Int
    var line: Int
    var column = 1
    private var depth = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, file: String, firstLine: Int) {
        self.bytes = bytes
        self.file = file
        line = firstLine
        // A byte order mark, which RFC 8259 §8.1 allows to pass over.
        position = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    }

    mutating func document() throws(Diagnostic) -> YAMLValue {
        try skipBlanks()
        let value = try value()
        try skipBlanks()
        guard peek == nil else { throw problem("nothing may stand here", advice: "a JSON text is one value") }
        return value
    }
}

extension JSONReader {
    private mutating func value() throws(Diagnostic) -> YAMLValue {
        let place = place
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else {
            throw problem("this is nested too deeply", advice: "at most \(Self.deepest) deep")
        }
        switch peek {
        case UInt8(ascii: "\""): return YAMLValue(.scalar(try text(), isQuoted: true), at: place)
        case UInt8(ascii: "["): return YAMLValue(.list(try list()), at: place)
        case UInt8(ascii: "{"): return YAMLValue(.table(try table()), at: place)
        default: return YAMLValue(try plain(), at: place)
        }
    }

    private mutating func list() throws(Diagnostic) -> [YAMLValue] {
        let items = Items(start: place, name: "list", item: "value", end: "]")
        var values: [YAMLValue] = []
        advance()
        while try hasItem(of: items, isFirst: values.isEmpty) { values.append(try value()) }
        return values
    }

    private mutating func table() throws(Diagnostic) -> [YAMLEntry] {
        let items = Items(start: place, name: "table", item: "key", end: "}")
        var entries: [YAMLEntry] = []
        var known: Set<String> = []
        advance()
        while try hasItem(of: items, isFirst: entries.isEmpty) {
            let place = place
            guard peek == UInt8(ascii: "\"") else {
                throw problem("a key was expected here", advice: "a key stands in double quotes")
            }
            let key = try text()
            guard known.insert(key).inserted else {
                throw Diagnostic(
                    at: place,
                    "the key '\(key)' stands here twice",
                    advice: "keep one of the two"
                )
            }
            try skipBlanks()
            guard take(":") else { throw peek == nil ? items.endless : problem("':' was expected here") }
            try skipBlanks()
            if peek == nil { throw items.endless }
            entries.append(YAMLEntry(key: key, place: place, value: try value()))
        }
        return entries
    }

    /// What stands between two brackets or braces.
    private struct Items {
        let start: Place
        let name: String
        let item: String
        let end: Unicode.Scalar

        var endless: Diagnostic {
            Diagnostic(at: start, "this \(name) never ends", advice: "close it with '\(end)'")
        }
    }

    /// Goes to the next item, over the comma before it; false behind the end.
    private mutating func hasItem(of items: Items, isFirst: Bool) throws(Diagnostic) -> Bool {
        try skipBlanks()
        if take(items.end) { return false }
        if !isFirst, peek != nil {
            guard take(",") else { throw problem("',' or '\(items.end)' was expected here") }
            try skipBlanks()
        }
        if peek == nil { throw items.endless }
        guard peek == UInt8(ascii: items.end) else { return true }
        throw problem("a \(items.item) was expected here", advice: "delete the ',' before the '\(items.end)'")
    }
}
