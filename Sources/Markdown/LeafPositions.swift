/// Finds where the links and raw HTML of one paragraph, heading or cell stand in the source.
///
/// libcmark 0.30.2 counts lines and columns of inlines in its own way: it does not see line ends after a backslash or
/// inside a link's destination, title or label, gives `<…>` links a column counted from the paragraph's first byte, and
/// forgets the reference definitions that a paragraph began with. This walks the inlines in order, beside the lines of
/// the source, and sets that right: lines are exact, columns too but where a pass has joined texts with escapes.
/// Asked in document order, a whole leaf costs one walk.
struct LeafPositions {
    /// The paragraph or heading.
    let leaf: Node
    private let bytes: UnsafeBufferPointer<UInt8>
    private let lines: [ContentLine]
    /// What libcmark adds to each column, less 1.
    private let columnOffset: Int
    /// Whether a `\|` of the source is a `|` to libcmark, as in cells.
    private let unescapesPipes: Bool
    private var walk: TreeWalk
    /// The line at which the line that libcmark believes to be in begins.
    private var base = 0
    /// The bytes, from there, that are known to lie behind.
    private var passed = 0

    init(
        of leaf: Node,
        lines: [ContentLine],
        columnOffset: Int,
        unescapesPipes: Bool = false,
        in bytes: UnsafeBufferPointer<UInt8>
    ) {
        self.leaf = leaf
        self.bytes = bytes
        self.lines = ReferenceDefinitions.dropping(from: lines, in: bytes)
        self.columnOffset = columnOffset
        self.unescapesPipes = unescapesPipes
        walk = TreeWalk(leaf)
    }

    /// The line and the byte of the source at which a node of the leaf begins.
    mutating func locate(_ node: Node) -> (line: Int, byte: Int) {
        if lines.count > 1 { advance(to: node) }
        let (index, offset) = position(max(0, startColumn(of: node) - 1 - columnOffset))
        let line = lines[index]
        let escapes = unescapesPipes ? escapedPipes(in: line.range, before: offset) : 0
        return (line.line, min(line.start + offset + escapes, line.range.upperBound))
    }
}

extension LeafPositions {
    private mutating func advance(to node: Node) {
        while let step = walk.next() {
            if step.isEntering, step.node == node { return }
            pass(step)
        }
        // Asked for a node that lies behind: once more from the start.
        walk = TreeWalk(leaf)
        (base, passed) = (0, 0)
        while let step = walk.next() {
            if step.isEntering, step.node == node { return }
            pass(step)
        }
    }

    private mutating func pass(_ step: TreeWalk.Step) {
        switch step.kind {
        case .text: passed = max(passed, step.node.endColumn - columnOffset)
        case .softBreak: passLineEnd()
        case .lineBreak: if endsWithBackslash { passHiddenLineEnd() } else { passLineEnd() }
        case .code, .htmlInline: passSpan(step.node)
        case .link, .image:
            if !step.isEntering, !isPointed(step.node) {
                passed = max(passed, step.node.endColumn - columnOffset)
            }
        default: break
        }
    }

    /// A line end that libcmark has counted.
    private mutating func passLineEnd() {
        base = min(position(passed).index + 1, lines.count - 1)
        passed = 0
    }

    /// A line end that libcmark has not counted: its columns go on.
    private mutating func passHiddenLineEnd() {
        let last = position(passed).index
        passed = lines[base...last].reduce(0) { $0 + $1.count + 1 }
    }

    private mutating func passSpan(_ node: Node) {
        let ends = node.endLine - node.startLine
        guard ends > 0 else {
            passed = max(passed, node.endColumn - columnOffset)
            return
        }
        base = min(position(max(0, node.startColumn - 1 - columnOffset)).index + ends, lines.count - 1)
        passed = node.endColumn
    }

    private var endsWithBackslash: Bool {
        let line = lines[position(passed).index]
        return line.count > 0 && bytes[line.range.upperBound - 1] == UInt8(ascii: "\\")
    }

    /// The line that lies some bytes behind the base, and the byte in it.
    private func position(_ offset: Int) -> (index: Int, offset: Int) {
        var (index, offset) = (base, offset)
        while index < lines.count - 1, offset > lines[index].count {
            offset -= lines[index].count + 1
            index += 1
        }
        return (index, offset)
    }

    private func startColumn(of node: Node) -> Int {
        guard isPointed(node), let text = node.firstChild else { return node.startColumn }
        return text.startColumn - 1
    }

    /// Whether a link was written as `<address>`: only then its text does not stand one column behind its beginning.
    private func isPointed(_ node: Node) -> Bool {
        guard node.kind == .link, let text = node.firstChild, text.kind == .text, text.startColumn > 0 else {
            return false
        }
        return text.startColumn != node.startColumn + 1
    }

    private func escapedPipes(in range: Range<Int>, before offset: Int) -> Int {
        var (position, escapes, seen) = (range.lowerBound, 0, 0)
        while seen < offset, position < range.upperBound {
            let isEscape =
                bytes[position] == UInt8(ascii: "\\") && position + 1 < range.upperBound
                && bytes[position + 1] == UInt8(ascii: "|")
            if isEscape { escapes += 1 } else { seen += 1 }
            position += 1
            if isEscape {
                seen += 1
                position += 1
            }
        }
        return escapes
    }
}
