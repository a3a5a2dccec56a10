/// The words of a page's tables, parsed in a second tree.
///
/// libcmark knows no tables: to it, one is a paragraph in which emphasis could begin in one cell and end in another.
/// So each cell is parsed alone, as a heading of one line, since in a heading nothing can be a block. Links of the form
/// `[text][label]` find their definitions because the whole page is parsed once more behind the cells, if it has any.
struct CellTree: ~Copyable {
    private let tree: DocumentTree
    private let pieces: [CellText.Piece]
    /// The first block of each piece.
    private var blocks: [Node?]

    init?(_ text: CellText, source: SourceText) {
        let page = text.needsDefinitions ? source.bytes : UnsafeBufferPointer(rebasing: source.bytes[0..<0])
        guard let tree = DocumentTree(text.bytes, page) else { return nil }
        let first = tree.root.firstChild
        self.tree = tree
        pieces = text.pieces
        blocks = Array(repeating: nil, count: pieces.count)
        var block = first
        for index in pieces.indices {
            while let node = block, node.startLine < pieces[index].firstLine { block = node.next }
            if let node = block, node.startLine <= pieces[index].lastLine { blocks[index] = node }
        }
    }

    /// Has a pass change the words of each piece.
    func apply(_ pass: (Node) -> Void) {
        for index in pieces.indices { blocks(of: index).forEach(pass) }
    }

    /// Visits each block together with its piece.
    func forEachPiece(_ visit: (CellText.Piece, Node) -> Void) {
        for index in pieces.indices { blocks(of: index).forEach { visit(pieces[index], $0) } }
    }

    /// The blocks of a piece; most often one, none where it holds nothing but definitions.
    func blocks(of piece: Int) -> [Node] {
        var found: [Node] = []
        var block = blocks[piece]
        while let node = block, node.startLine <= pieces[piece].lastLine {
            found.append(node)
            block = node.next
        }
        return found
    }

    /// A piece and its first block, which is nil where it holds nothing but definitions.
    func piece(_ index: Int) -> (piece: CellText.Piece, block: Node?) {
        (pieces[index], blocks[index])
    }
}

/// The text of a `CellTree`.
struct CellText {
    /// A cell, or some lines above or below a table.
    struct Piece {
        /// Lines of the cell text, counted from 1.
        let firstLine: Int
        let lastLine: Int
        /// Where they stand in the source.
        let lines: [ContentLine]
    }

    private(set) var bytes: [UInt8] = []
    private(set) var pieces: [Piece] = []
    private var nextLine = 1
    private let source: SourceText
    private var hasBrackets = false

    init(_ source: SourceText) {
        self.source = source
    }

    /// Whether a cell may refer to a definition elsewhere on the page.
    var needsDefinitions: Bool { hasBrackets && source.hints.contains(.definition) }

    /// Adds a cell; its escaped pipes become pipes, even in code (GFM 0.29 §4.10).
    mutating func add(cell: Range<Int>, line: Int) {
        bytes.append(contentsOf: "# ".utf8)
        for position in cell {
            let byte = source.bytes[position]
            let escapes =
                byte == UInt8(ascii: "\\") && position + 1 < cell.upperBound
                && source.bytes[position + 1] == UInt8(ascii: "|")
            if !escapes { bytes.append(byte) }
            hasBrackets = hasBrackets || byte == UInt8(ascii: "[")
        }
        // A heading may be closed by `#`; only what stands before that is its text.
        bytes.append(contentsOf: " #\n".utf8)
        finish([ContentLine(line: line, range: cell, isLazy: false)])
    }

    /// Adds lines that stand above or below a table.
    ///
    /// Indented, all but the first can be nothing but paragraph.
    mutating func add(lines: ArraySlice<ContentLine>) {
        bytes.append(UInt8(ascii: "\n"))
        nextLine += 1
        for (index, line) in lines.enumerated() {
            if index > 0 { bytes.append(contentsOf: "    ".utf8) }
            bytes.append(contentsOf: source.bytes[line.range])
            bytes.append(UInt8(ascii: "\n"))
        }
        hasBrackets = hasBrackets || lines.contains { source.bytes[$0.range].contains(UInt8(ascii: "[")) }
        finish(Array(lines))
        bytes.append(UInt8(ascii: "\n"))
        nextLine += 1
    }

    /// Closes the text, so that what is parsed behind it is apart from it.
    mutating func close() {
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func finish(_ lines: [ContentLine]) {
        pieces.append(Piece(firstLine: nextLine, lastLine: nextLine + lines.count - 1, lines: lines))
        nextLine += lines.count
    }
}
