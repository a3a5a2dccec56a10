/// Makes links of addresses that stand in the text without brackets (GFM 0.29 §6.9, "extended autolinks").
struct BareLinks {
    static func apply(to root: Node) {
        var walk = TreeWalk(root)
        while let step = walk.next() {
            guard step.isEntering else { continue }
            switch step.kind {
            // No link stands in a link, and an image's description has none.
            case .link, .image: walk.skip()
            case .paragraph, .heading, .emphasis, .strong, .customInline: link(below: step.node)
            default: break
            }
        }
    }
}

extension BareLinks {
    private static func link(below parent: Node) {
        var child = parent.firstChild
        while let node = child {
            guard node.kind == .text else {
                child = node.next
                continue
            }
            var run = TextRun(startingAt: node)
            child = run.nodeBehind
            run.link()
        }
    }
}

/// Text nodes that stand side by side; libcmark begins a new one at each character that could have been markup.
private struct TextRun {
    private var nodes: [Node] = []
    /// Where the text of each node begins in `text`.
    private var offsets: [Int] = []
    private var text: [UInt8] = []
    private var escapes: Set<Int> = []
    private(set) var nodeBehind: Node?

    init(startingAt first: Node) {
        nodeBehind = first
        while let node = nodeBehind, node.kind == .text {
            if node.isEscapedCharacter { escapes.insert(text.count) }
            nodes.append(node)
            offsets.append(text.count)
            text.append(contentsOf: node.literal)
            nodeBehind = node.next
        }
    }

    /// Puts links where the text has addresses.
    mutating func link() {
        guard let first = nodes.first else { return }
        let scan = AddressScan(text, escapes: escapes, mayBeginAddress: Self.mayBeginAddress(first))
        let found = scan.addresses()
        guard !found.isEmpty else { return }
        var written = 0
        for address in found {
            insertText(written..<address.range.lowerBound, before: first)
            let words = text[address.range]
            let url = Array(address.prefix.utf8) + words
            first.insertLink(to: url, text: words, column: column(of: address.range.lowerBound))
            written = address.range.upperBound
        }
        insertText(written..<text.count, before: first)
        for node in nodes { node.remove() }
    }

    private func insertText(_ range: Range<Int>, before node: Node) {
        if !range.isEmpty { node.insertText(text[range], column: column(of: range.lowerBound)) }
    }

    /// The column of a byte, which is exact but behind an entity in the same node.
    private func column(of offset: Int) -> Int {
        var low = 0
        var high = offsets.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if offsets[middle] <= offset { low = middle } else { high = middle }
        }
        let start = nodes[low].startColumn
        return start > 0 ? start + offset - offsets[low] : 0
    }

    /// Whether `www.` may stand at the run's beginning, with regard to what stands before it.
    private static func mayBeginAddress(_ node: Node) -> Bool {
        switch (node.previous ?? node.parent)?.kind {
        case .link, .image, .code, .htmlInline: false
        default: true
        }
    }
}
