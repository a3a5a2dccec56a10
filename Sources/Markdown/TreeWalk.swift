/// A walk over a node and all below it, without recursion, so that nesting costs no stack.
///
/// Each node is entered, and each that may have children is left again. The tree may be changed below a node that is
/// left, and where it stands before the node that was returned last.
struct TreeWalk {
    struct Step {
        let node: Node
        let kind: NodeKind
        let isEntering: Bool
    }

    private let root: Node
    /// The sibling of the root before which a walk over several siblings ends.
    private let end: Node?
    private let isRange: Bool
    private var last: Step?
    private var skipping = false

    init(_ root: Node) {
        self.root = root
        end = nil
        isRange = false
    }

    /// A walk over a node, those behind it up to `end` (or the last, where that is nil), and all below them.
    init(from first: Node, until end: Node?) {
        root = first
        self.end = end
        isRange = true
    }

    mutating func next() -> Step? {
        guard let last else {
            let step = Step(node: root, kind: root.kind, isEntering: true)
            self.last = step
            return step
        }
        let step: Step?
        if last.isEntering, !last.kind.isLeaf, !skipping {
            step =
                last.node.firstChild.map { Step(node: $0, kind: $0.kind, isEntering: true) }
                ?? Step(node: last.node, kind: last.kind, isEntering: false)
        } else {
            step = following(last.node)
        }
        skipping = false
        if let step { self.last = step }
        return step
    }

    /// Goes on behind the node that was just entered: neither its children nor its end will come.
    mutating func skip() {
        skipping = true
    }

    /// Goes on behind a later sibling of the node that was just entered.
    mutating func goOn(behind sibling: Node) {
        last = Step(node: sibling, kind: sibling.kind, isEntering: true)
        skipping = true
    }

    private func following(_ node: Node) -> Step? {
        guard isRange || node != root else { return nil }
        if let sibling = node.next {
            if isRange, sibling == end { return nil }
            return Step(node: sibling, kind: sibling.kind, isEntering: true)
        }
        if isRange, node.parent == root.parent { return nil }
        return node.parent.map { Step(node: $0, kind: $0.kind, isEntering: false) }
    }
}
