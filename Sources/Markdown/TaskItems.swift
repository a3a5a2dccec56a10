/// Makes check boxes of `[ ]` and `[x]` at the beginning of list items (GFM 0.29 §5.3).
///
/// libcmark has joined the brackets with the words behind them by then, and an escaped bracket looks the same: so the
/// source is asked whether they stand there as they are.
struct TaskItems {
    let source: SourceText

    func apply(to root: Node) {
        var walk = TreeWalk(root)
        while let step = walk.next() {
            guard step.isEntering else { continue }
            if step.kind == .item, let first = step.node.firstChild, first.kind == .paragraph { check(first) }
            if step.kind == .paragraph || step.kind == .heading { walk.skip() }
        }
    }

    private func check(_ paragraph: Node) {
        guard let words = paragraph.firstChild, words.kind == .text, let box = box(paragraph) else { return }
        // Without words behind it, it is no task.
        guard words.literal.count > 4 || words.next != nil, words.literal.count >= 4 else { return }
        let rest = Array(words.literal.dropFirst(3))
        _ = words.insertMarkup(before: box, after: "")
        words.setLiteral(rest)
    }

    /// The check box that the paragraph begins with.
    private func box(_ paragraph: Node) -> StaticString? {
        let line = source.range(ofLine: paragraph.startLine)
        let begin = line.lowerBound + paragraph.startColumn - 1
        guard line.contains(begin), begin + 3 < line.upperBound else { return nil }
        let bytes = source.bytes[begin..<begin + 4].map(Unicode.Scalar.init)
        guard bytes[0] == "[", bytes[2] == "]", bytes[3] == " " || bytes[3] == "\t" else { return nil }
        return switch bytes[1] {
        case " ": "<input type=\"checkbox\" disabled=\"\" />"
        case "x", "X": "<input type=\"checkbox\" checked=\"\" disabled=\"\" />"
        default: nil
        }
    }
}
