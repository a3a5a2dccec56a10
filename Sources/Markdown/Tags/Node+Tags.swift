extension Node {
    /// The paragraph, heading or cell that an inline stands in.
    var enclosingLeaf: Node? {
        var node = parent
        while let found = node, !found.kind.isBlock { node = found.parent }
        return node.flatMap { $0.kind == .paragraph || $0.kind == .heading ? $0 : nil }
    }

    /// What authors call a node that holds others.
    var containerName: String {
        switch kind {
        case .document: "page"
        case .blockQuote: "quote"
        case .item: "list item"
        case .paragraph: "paragraph"
        case .heading: "heading or cell"
        case .emphasis, .strong: "emphasized words"
        case .link: "link"
        default: "block"
        }
    }

    /// What authors call a block.
    var blockName: String {
        switch kind {
        case .paragraph: "a paragraph"
        case .heading: "a heading"
        case .codeBlock: "code"
        case .blockQuote: "a quote"
        case .htmlBlock: "a tag"
        default: "text"
        }
    }

    /// Whether it is an item whose text goes without `<p>`.
    var isTightItem: Bool { kind == .item && parent?.isTightList == true }

    var isBlankText: Bool { kind == .text && literal.allSatisfy { $0 <= 0x20 } }

    /// Takes the blanks from the end of a text.
    func trimEnd() {
        guard kind == .text else { return }
        let text = literal
        var end = text.count
        while end > 0, text[end - 1] == 0x20 || text[end - 1] == 0x09 { end -= 1 }
        if end < text.count { setLiteral(Array(text[..<end])) }
    }
}
