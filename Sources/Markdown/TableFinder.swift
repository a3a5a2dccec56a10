/// Finds the tables of a page and has their words parsed.
struct TableFinder: ~Copyable {
    /// A table and the number of its first piece in `cells`; the pieces are the lead (if any), the header's cells, the
    /// rows' cells (as many as there are columns, no more) and the tail (if any).
    struct Found {
        let table: Table
        let firstPiece: Int
        let pieceCount: Int
    }

    /// By the line on which their paragraph begins.
    private var tables: [Int: Found] = [:]
    let cells: CellTree?

    /// A page without tables.
    init() {
        cells = nil
    }

    init(_ root: Node, source: SourceText) {
        var text = CellText(source)
        var tables: [Int: Found] = [:]
        var walk = TreeWalk(root)
        var quotes: [Int] = []
        while let step = walk.next() {
            switch step.kind {
            case .blockQuote:
                if step.isEntering { quotes.append(step.node.startColumn) } else { quotes.removeLast() }
            case .paragraph, .heading:
                let first = text.pieces.count
                if let table = Self.table(step.node, step.kind, quotes, source) {
                    text.add(table)
                    tables[step.node.startLine] = Found(
                        table: table,
                        firstPiece: first,
                        pieceCount: text.pieces.count - first
                    )
                }
                walk.skip()
            default: break
            }
        }
        text.close()
        self.tables = tables
        cells = tables.isEmpty ? nil : CellTree(text, source: source)
    }

    /// The table that a paragraph or heading really is.
    func table(of node: Node) -> Found? {
        tables.isEmpty || cells == nil ? nil : tables[node.startLine]
    }

    /// The blocks that hold a table's words, those above and below it too, in the order of the text.
    func blocks(of found: Found) -> [Node] {
        (found.firstPiece..<found.firstPiece + found.pieceCount).flatMap { cells?.blocks(of: $0) ?? [] }
    }

    private static func table(_ leaf: Node, _ kind: NodeKind, _ quotes: [Int], _ source: SourceText) -> Table?
    {
        let (first, last) = (leaf.startLine, leaf.endLine)
        guard last > first, source.hasDelimiterCandidate(in: (first + 1)...last) else { return nil }
        var lines = source.contentLines(of: leaf, quotes: quotes)
        guard kind == .heading, let underline = lines.last else { return Table(lines, of: source) }
        // A heading of several lines is one with an underline. Below a table, `---` is a rule and `===` a row.
        let isRule = underline.count > 0 && source.bytes[underline.start] == UInt8(ascii: "-")
        if isRule { lines.removeLast() }
        var table = Table(lines, of: source)
        table?.endsWithRule = isRule
        return table
    }
}

extension CellText {
    fileprivate mutating func add(_ table: Table) {
        if !table.lead.isEmpty { add(lines: table.lead) }
        for cell in table.header.cells { add(cell: cell, line: table.headerLine) }
        for (line, row) in table.rows {
            for cell in row.cells.prefix(table.alignments.count) { add(cell: cell, line: line) }
        }
        if !table.tail.isEmpty { add(lines: table.tail) }
    }
}
