internal import Ground

/// `{% table %}`: rows are lists of cells, parted by `---`; the list above the first `---` is the header.
extension PageRendering {
    mutating func writeTable(_ use: TagUse, _ node: Node) {
        guard let close = use.close else { return }
        if let table = soleTable(from: node, until: close) {
            // A table of GFM in the tag is what it is.
            write(from: table, until: close)
            return
        }
        var attributes = HTMLAttributes()
        for attribute in use.syntax.attributes { add(attribute, of: .table, to: &attributes) }
        html.startLine()
        html.markup("<table")
        write(attributes)
        html.markup(">\n")
        var part = TablePart.header
        writeRows(from: node.next, until: close, &part)
        if part == .body { html.markup("</tbody>\n") }
        html.markup("</table>\n")
    }

    private enum TablePart {
        case header
        /// Behind the first `---` or the header, before the first row.
        case gap
        case body
    }

    private func soleTable(from node: Node, until close: Node) -> Node? {
        guard let child = node.next, child != close, tables.table(of: child) != nil,
            child.kind == .paragraph || child.kind == .heading
        else { return nil }
        return child
    }

    private mutating func writeRows(from first: Node?, until end: Node, _ part: inout TablePart) {
        var child = first
        while let node = child, node != end {
            child = node.next
            switch node.kind {
            case .list: writeRow(node, &part)
            case .thematicBreak: if part == .header { part = .gap }
            case .htmlBlock:
                guard let use = tags?.uses.byNode[node] else { continue }
                if use.name == BuiltInTag.if.rawValue, let (start, end) = choice(use, node) {
                    writeRows(from: start.next, until: end, &part)
                } else if use.name == BuiltInTag.members.rawValue {
                    // There is no room for an invitation between rows.
                    inPart(use, node) { page, start, end in
                        page.writeRows(from: start.next, until: end, &part)
                    }
                }
                child = (use.close ?? node).next
            default: break
            }
        }
    }

    private mutating func writeRow(_ list: Node, _ part: inout TablePart) {
        let isHeader = part == .header
        if isHeader { html.markup("<thead>\n") }
        if part == .gap { html.markup("<tbody>\n") }
        html.markup("<tr>\n")
        var item = list.firstChild
        while let cell = item {
            item = cell.next
            write(cell: cell, isHeader: isHeader)
        }
        html.markup("</tr>\n")
        if isHeader { html.markup("</thead>\n") }
        part = isHeader ? .gap : .body
    }

    private mutating func write(cell: Node, isHeader: Bool) {
        html.markup(isHeader ? "<th" : "<td")
        let first = cell.firstChild
        write(annotationOf: cell, as: .cell)
        // In a loose list the annotation stands in a paragraph, but is the cell's.
        if let first, first.kind == .paragraph { write(annotationOf: first, as: .cell) }
        html.markup(">")
        let outer = cellParagraph
        cellParagraph = first
        writeChildren(of: cell)
        cellParagraph = outer
        html.markup(isHeader ? "</th>\n" : "</td>\n")
    }
}
