import Ground

/// Reads one TOML document: its headers and its pairs.
struct TOMLReader {
    let scalars: [Unicode.Scalar]
    let file: String
    var position = 0
    var line: Int
    var column = 1
    var depth = 0

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
                guard case .tables(var nodes) = list.content else { throw twice(last) }
                // Let go of first: a list held twice would be copied for each header.
                list.content = .table
                nodes.append(node)
                list.content = .tables(nodes)
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

    mutating func pair(into table: TOMLNode) throws(Diagnostic) {
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
