internal import Ground

/// Makes footnotes of what libcmark read in a `FootnoteText`: references of links, and a section of the notes that are
/// referred to, in the order of their first references.
struct Footnotes {
    /// What a page has after the pass, and where it stands in the text that was laid out.
    struct Result {
        /// The ids of notes and references, in the order of the notes' numbers.
        var ids: [(id: String, line: Int)] = []
        /// Notes that nothing refers to.
        var unused: [FootnoteDefinition] = []
    }

    private let text: FootnoteText
    private let wording: Wording?
    /// What tells the ids of this text's notes from those of other texts of the page; empty for the page's own.
    private let mark: String
    /// The lines on which the references to each note stand.
    private var references: [[Int]]
    /// Notes in the order of their numbers.
    private var order: [Int] = []
    /// The number of each note, 0 for none yet.
    private var numbers: [Int]
    /// Notes by their labels, without the `_` that emphasis may take.
    private let labels: [String: Int]

    init(_ text: FootnoteText, wording: Wording?, mark: String) {
        self.text = text
        self.wording = wording
        self.mark = mark
        references = Array(repeating: [], count: text.notes.count)
        numbers = Array(repeating: 0, count: text.notes.count)
        let keys = text.notes.indices.map { ("^" + text.notes[$0].key.filter { $0 != "_" }, $0) }
        labels = Dictionary(keys) { first, _ in first }
    }

    /// Changes the tree; returns nil, and leaves it as it is, where the notes could not be told from the page, because
    /// code or HTML that is never closed has swallowed them.
    mutating func apply(to root: Node, tables: borrowing TableFinder) -> Result? {
        guard let list = root.lastChild, let border = border(before: list) else { return nil }
        let items = list.children
        guard items.count == text.notes.count else { return nil }
        let marks = Set(text.notes.map(\.line) + text.repeated.map(\.definition.line))
        var block = root.firstChild
        while let node = block, node != border {
            block = node.next
            if node.kind == .htmlBlock, marks.contains(node.startLine) {
                node.remove()
            } else {
                refer(in: node, tables)
            }
        }
        border.remove()
        // The notes may refer to others, which then follow.
        var position = 0
        while position < order.count {
            refer(in: items[order[position]], tables)
            position += 1
        }
        writeSection(items, before: list, tables)
        list.remove()
        return result
    }

    private var result: Result {
        var result = Result()
        for note in order {
            result.ids.append((id(ofNote: note), text.notes[note].line))
            for (count, line) in references[note].enumerated() {
                result.ids.append((id(of: count, to: note), line))
            }
        }
        result.unused = text.notes.indices.filter { references[$0].isEmpty }.map { text.notes[$0] }
        return result
    }

    private func border(before list: Node) -> Node? {
        guard list.kind == .list, let border = list.previous, border.kind == .htmlBlock,
            border.startLine == text.border
        else { return nil }
        return border
    }
}

extension Footnotes {
    private static let reference = "<sup class=\"footnote-ref\">"

    /// Whether an inline is a reference that this pass has made.
    static func isReference(_ step: TreeWalk.Step) -> Bool {
        step.isEntering && step.node.onEnter.starts(with: reference.utf8)
    }

    private func id(ofNote note: Int) -> String { "fn\(mark)\(numbers[note])" }

    /// The id of a note's reference, counted from 0.
    private func id(of reference: Int, to note: Int) -> String {
        "fnref\(mark)\(numbers[note])" + (reference == 0 ? "" : "-\(reference + 1)")
    }

    /// Makes references of all links to notes in a block, in the order of the text.
    private mutating func refer(in block: Node, _ tables: borrowing TableFinder) {
        var walk = TreeWalk(block)
        while let step = walk.next() {
            guard step.isEntering, step.kind == .paragraph || step.kind == .heading else { continue }
            if let table = tables.table(of: step.node) {
                for cell in tables.blocks(of: table) { refer(inLeaf: cell, line: step.node.startLine) }
            } else {
                refer(inLeaf: step.node, line: step.node.startLine)
            }
            walk.skip()
        }
    }

    private mutating func refer(inLeaf leaf: Node, line: Int) {
        var links: [Node] = []
        var walk = TreeWalk(leaf)
        while let step = walk.next() {
            guard step.isEntering, step.kind == .link || step.kind == .image else { continue }
            if text.note(step.node.url) != nil {
                links.append(step.node)
                walk.skip()
            } else if step.kind == .image {
                // A description is read out or shown in the image's place: no note can be reached from there.
                step.node.dropLinks { text.note($0.url) != nil }
                walk.skip()
            }
        }
        for link in links { replace(link, line: line) }
    }

    /// Puts references in a link's place.
    ///
    /// libcmark reads `[^a][^b]` as one link to the second, and `![^a]` as an image; both are references and the
    /// characters around them.
    private mutating func replace(_ link: Node, line: Int) {
        guard let note = text.note(link.url) else { return }
        if link.kind == .image { link.insertText("!".utf8, column: 0) }
        let words = String(decoding: link.childrenText(), as: UTF8.self).lowercased()
        let named = labels[words.filter { $0 != "_" }]
        if named == nil {
            link.insertText("[".utf8, column: 0)
            while let child = link.firstChild { link.insert(child) }
            link.insertText("]".utf8, column: 0)
        } else if let named, named != note {
            insert(named, before: link, line: line)
        }
        insert(note, before: link, line: line)
        link.remove()
    }

    private mutating func insert(_ note: Int, before link: Node, line: Int) {
        if references[note].isEmpty {
            order.append(note)
            numbers[note] = order.count
        }
        references[note].append(line)
        let own = id(of: references[note].count - 1, to: note)
        let role = wording == nil ? "" : " role=\"doc-noteref\""
        let anchor = "<a href=\"#\(id(ofNote: note))\" id=\"\(own)\"\(role)>\(numbers[note])</a>"
        link.insertInline(markup: "\(Self.reference)\(anchor)</sup>")
    }
}

extension Footnotes {
    private func writeSection(_ items: [Node], before list: Node, _ tables: borrowing TableFinder) {
        guard !order.isEmpty else { return }
        let labels =
            wording.map { " role=\"doc-endnotes\" aria-label=\"\(HTMLWriter.escaped($0.footnotes))\"" } ?? ""
        let start = "<section class=\"footnotes\"\(labels)>\n<ol>"
        guard let section = list.insertBlock(before: start, after: "</ol>\n</section>") else { return }
        for note in order {
            guard let item = section.appendBlock(before: "<li id=\"\(id(ofNote: note))\">", after: "</li>")
            else {
                continue
            }
            while let block = items[note].firstChild { item.append(block) }
            let links = references[note].indices.map { wayBack(to: $0, of: note) }.joined(separator: " ")
            if let last = item.lastChild, last.kind == .paragraph, tables.table(of: last) == nil {
                last.appendInline(markup: " " + links)
            } else {
                _ = item.appendBlock(before: links, after: "")
            }
        }
    }

    private func wayBack(to reference: Int, of note: Int) -> String {
        let number = numbers[note]
        let shown = reference == 0 ? "" : "<sup class=\"footnote-ref\">\(reference + 1)</sup>"
        let name = reference == 0 ? "\(number)" : "\(number)-\(reference + 1)"
        let labels =
            wording.map {
                " role=\"doc-backlink\" aria-label=\"\(HTMLWriter.escaped($0.backToReference)) \(name)\""
            } ?? ""
        return "<a href=\"#\(id(of: reference, to: note))\" class=\"footnote-backref\"\(labels)>↩\(shown)</a>"
    }
}

extension Node {
    /// The plain text of a link, or of what would be an image.
    fileprivate func childrenText() -> [UInt8] {
        children.flatMap { $0.plainText() }
    }

    /// Takes links out of an image's description, words and all.
    fileprivate func dropLinks(where isDropped: (Node) -> Bool) {
        var links: [Node] = []
        var walk = TreeWalk(self)
        while let step = walk.next() {
            if step.isEntering, step.kind == .link, isDropped(step.node) { links.append(step.node) }
        }
        for link in links { link.remove() }
    }
}
