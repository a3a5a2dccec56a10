/// Finds `~~words~~` and `~words~` (GFM 0.29 §6.5) among the inlines of a tree.
///
/// It runs after libcmark has found emphasis and links, so where `~~` and `*` cross, emphasis wins.
struct Strikethrough {
    /// One or two tildes that may be markup.
    private struct Run {
        let node: Node
        let offset: Int
        let length: Int
        let opens: Bool
        let closes: Bool
    }

    /// Moving a node costs a look at each of its ancestors; so deep down nothing is moved.
    private static let deepest = 100

    static func apply(to root: Node) {
        var walk = TreeWalk(root)
        var depth = 0
        while let step = walk.next() {
            guard !step.kind.isLeaf else { continue }
            depth += step.isEntering ? 1 : -1
            guard step.isEntering else { continue }
            switch step.kind {
            case .paragraph, .heading, .emphasis, .strong, .link:
                if depth <= deepest { strike(below: step.node) }
            case .image:
                depth -= 1
                walk.skip()
            default: break
            }
        }
    }
}

extension Strikethrough {
    private static func strike(below parent: Node) {
        let runs = runs(below: parent)
        guard runs.count > 1 else { return }
        let pairs = pairs(of: runs)
        guard !pairs.isEmpty else { return }
        let marks = isolate(runs, used: pairs)
        for (opener, closer) in pairs {
            guard let first = marks[opener], let last = marks[closer] else { continue }
            guard let deletion = first.insertMarkup(before: "<del>", after: "</del>") else { continue }
            while let node = first.next, node != last { deletion.append(node) }
            first.remove()
            last.remove()
        }
    }

    private static func runs(below parent: Node) -> [Run] {
        var runs: [Run] = []
        var child = parent.firstChild
        while let node = child {
            if node.kind == .text, !node.isEscapedCharacter { appendRuns(of: node, to: &runs) }
            child = node.next
        }
        return runs
    }

    private static func appendRuns(of node: Node, to runs: inout [Run]) {
        let text = node.literal
        var position = 0
        while position < text.count {
            guard text[position] == UInt8(ascii: "~") else {
                position += 1
                continue
            }
            let start = position
            while position < text.count, text[position] == UInt8(ascii: "~") { position += 1 }
            guard position - start <= 2 else { continue }
            let before = Neighbour(before: start, in: node)
            let after = Neighbour(after: position, in: node)
            let opens = after != .space && (after != .punctuation || before != .word)
            let closes = before != .space && (before != .punctuation || after != .word)
            if opens || closes {
                runs.append(
                    Run(node: node, offset: start, length: position - start, opens: opens, closes: closes)
                )
            }
        }
    }

    /// The runs that belong together, the inner ones first.
    ///
    /// Each run closes the nearest one that is open, and only if both are of one length.
    private static func pairs(of runs: [Run]) -> [(opener: Int, closer: Int)] {
        var pairs: [(opener: Int, closer: Int)] = []
        var open: [Int] = []
        for (index, run) in runs.enumerated() {
            if run.closes, let opener = open.last, runs[opener].length == run.length {
                open.removeLast()
                pairs.append((opener, index))
            } else if run.opens {
                open.append(index)
            }
        }
        return pairs
    }

    /// Gives each run of a pair a text node of its own.
    private static func isolate(_ runs: [Run], used pairs: [(opener: Int, closer: Int)]) -> [Int: Node] {
        var marks: [Int: Node] = [:]
        // From the end, so that what stands before a run in its node stays where it was.
        for index in pairs.flatMap({ [$0.opener, $0.closer] }).sorted(by: >) {
            let run = runs[index]
            let text = Array(run.node.literal)
            let end = run.offset + run.length
            let column = run.node.startColumn
            if end < text.count { run.node.insertText(behind: text[end...], column: column + end) }
            run.node.insertText(behind: text[run.offset..<end], column: column + run.offset)
            marks[index] = run.node.next
            run.node.setLiteral(text[..<run.offset])
        }
        return marks
    }
}
