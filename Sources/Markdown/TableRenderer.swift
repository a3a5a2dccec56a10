internal import Ground

extension PageRendering {
    /// Writes a table, the text of its paragraph above it, and what stands below it.
    mutating func write(_ found: TableFinder.Found, tight: Bool) {
        let table = found.table
        var piece = found.firstPiece
        if !table.lead.isEmpty { write(linesOf: &piece, tight: tight) }
        html.startLine()
        html.markup("<table>\n<thead>\n")
        write(table.header, line: table.headerLine, "th", table.alignments, &piece)
        html.markup("</thead>\n")
        if !table.rows.isEmpty {
            html.markup("<tbody>\n")
            for (line, row) in table.rows { write(row, line: line, "td", table.alignments, &piece) }
            html.markup("</tbody>\n")
        }
        html.markup("</table>\n")
        if !table.tail.isEmpty { write(linesOf: &piece, tight: tight) }
        if table.endsWithRule { writeRule() }
    }

    private mutating func write(
        _ row: TableRow,
        line: Int,
        _ tag: StaticString,
        _ alignments: [TableAlignment],
        _ piece: inout Int
    ) {
        html.markup("<tr>\n")
        let columns = alignments.prefix(row.cells.count + filling(of: row, line: line, to: alignments.count))
        for (column, alignment) in columns.enumerated() {
            html.markup("<")
            html.markup(tag)
            let isAligned = column < row.cells.count && tags != nil && write(annotationOfCell: piece)
            write(isAligned ? .none : alignment)
            if column < row.cells.count {
                write(cell: piece)
                piece += 1
            }
            html.markup("</")
            html.markup(tag)
            html.markup(">\n")
        }
        html.markup("</tr>\n")
    }

    /// How many empty cells a row gets; none where the page has too many of them already, which is told once.
    private mutating func filling(of row: TableRow, line: Int, to columns: Int) -> Int {
        let lacking = max(0, columns - row.cells.count)
        guard lacking > 0, filledCells <= TextLimits.mostFilledCells else { return 0 }
        filledCells += lacking
        if filledCells <= TextLimits.mostFilledCells { return lacking }
        diagnostics.append(
            Diagnostic(
                at: places.place(line: line),
                "the rows of the page's tables lack more than \(TextLimits.mostFilledCells) cells",
                advice: "write a '|' for each cell, or give the header fewer"
            )
        )
        return 0
    }

    private mutating func write(_ alignment: TableAlignment) {
        switch alignment {
        case .none: html.markup(">")
        case .left: html.markup(" align=\"left\">")
        case .center: html.markup(" align=\"center\">")
        case .right: html.markup(" align=\"right\">")
        }
    }

    private mutating func write(cell index: Int) {
        guard let (piece, block) = tables.cells?.piece(index), let block else { return }
        let outer = (origin, leaf)
        origin = .piece(piece, isCell: true)
        enter(leaf: block)
        writeChildren(of: block)
        (origin, leaf) = outer
    }

    /// Writes the blocks of a lead or tail; most often one paragraph.
    private mutating func write(linesOf index: inout Int, tight: Bool) {
        defer { index += 1 }
        guard let (piece, first) = tables.cells?.piece(index) else { return }
        let outer = (origin, leaf, isPieceTight)
        origin = .piece(piece, isCell: false)
        isPieceTight = tight
        var block = first
        while let node = block, node.startLine <= piece.lastLine {
            write(node)
            block = node.next
        }
        (origin, leaf, isPieceTight) = outer
    }
}
