internal import Ground

/// Finds the tags of a tree, joins those that open with those that close, and tells every mistake in that.
///
/// A tag must be closed where it was opened: in the same paragraph, list item, quote or page. Which tags there are is
/// checked here, too; what their attributes are worth is known only when they are rendered.
struct TagPairing {
    /// How deep tags and partials may lie in one another, since rendering them recurses.
    static let deepest = 100

    let text: TagText
    let definitions: [String: TagDefinition]
    /// The tags around the whole text, for a partial.
    let outer: [String]
    /// How many tags and partials lie around the whole text.
    let depth: Int
    /// What readers get of the parts of the text; nil where it has none, or that is not known yet.
    let plan: PartPlan?
    var places: Places
    var uses = TagUses()

    /// The paragraphs that are tables of GFM.
    private(set) var tables: Set<Node> = []
    /// The tags of parts for some that are in the tree, by the numbers of their marks.
    private(set) var seenParts: Set<Int> = []
    /// Where to go on behind a tag of a part of which what follows is not for these readers.
    var skips: [Node: Node] = [:]
    private var open: [OpenTag] = []
    /// Nodes that have done their duty.
    private var spent: [Node] = []
    private var isTooDeep = false
    /// Where the tag of a name that was closed last was opened.
    private var lastClosed: [String: Place] = [:]

    struct OpenTag {
        let node: Node
        let parent: Node?
        var use: TagUse
        var hasElse = false
    }

    init(
        _ text: TagText,
        _ definitions: [String: TagDefinition],
        outer: [String],
        depth: Int,
        plan: PartPlan?,
        _ places: Places
    ) {
        self.text = text
        self.definitions = definitions
        self.outer = outer
        self.depth = depth
        self.plan = plan
        self.places = places
    }

    /// Takes the tags below a node; `skip` names the paragraphs that are tables, whose cells are taken one by one.
    mutating func take(below root: Node, skipping skip: (Node) -> Bool = { _ in false }) {
        var walk = TreeWalk(root)
        while let step = walk.next(), !isTooDeep {
            guard step.isEntering else {
                leave(step.node)
                continue
            }
            switch step.kind {
            case .htmlBlock:
                if let mark = text.mark(ofBlock: step.node) { take(step.node, mark, isBlock: true) }
            case .htmlInline:
                if let mark = mark(ofInline: step.node) { take(step.node, mark, isBlock: false) }
            case .link:
                if let mark = mark(ofLink: step.node) {
                    take(step.node, mark, isBlock: false)
                    walk.skip()
                }
            case .paragraph, .heading:
                if skip(step.node) {
                    tables.insert(step.node)
                    walk.skip()
                }
            // An image's description is plain text.
            case .image: walk.skip()
            default: break
            }
        }
        // One mistake is enough to be told of.
        if isTooDeep { open = [] }
        leave(root)
    }

    /// Takes the annotations out of the tree; nothing may be walking over it.
    mutating func finish() {
        for node in spent {
            if node.next == nil { node.previous?.trimEnd() }
            node.remove()
        }
        spent = []
    }
}

extension TagPairing {
    private func mark(ofInline node: Node) -> Int? {
        guard let number = text.code?.number(at: 0, in: node.literal) else { return nil }
        return number < text.marks.count ? number : nil
    }

    private func mark(ofLink node: Node) -> Int? {
        let url = node.url
        guard let code = text.code, url.count > 4, url.first == code.letter, url[4] == UInt8(ascii: ":"),
            let number = code.number(behindLetter: 1, in: url), number < text.marks.count,
            text.marks[number].form == .value
        else { return nil }
        return number
    }

    private mutating func take(_ node: Node, _ number: Int, isBlock: Bool) {
        let mark = text.marks[number]
        if text.original.isPart(mark.range.lowerBound) { seenParts.insert(number) }
        let syntax: TagSyntax
        do throws(TagSyntaxError) {
            syntax = try text.syntax(of: mark)
        } catch {
            report(at: places.place(ofOriginal: error.offset), error.problem, error.advice)
            return
        }
        let place = places.place(ofOriginal: mark.range.lowerBound)
        let use = TagUse(syntax: syntax, place: place, isBlock: isBlock, range: mark.range)
        switch syntax.kind {
        case .interpolation: uses.byNode[node] = use
        case .annotation: annotate(node, use)
        case .close: close(node, use)
        case .selfClosing:
            if syntax.name == BuiltInTag.else.rawValue, definitions["else"] == nil {
                takeElse(node, use)
            } else if check(use) {
                uses.byNode[node] = use
            }
        case .open:
            guard check(use) else { return }
            guard depth + open.count < Self.deepest else {
                report(at: place, "tags are nested deeper than \(Self.deepest) levels", nil)
                isTooDeep = true
                return
            }
            open.append(OpenTag(node: node, parent: node.parent, use: use))
        }
    }

    /// Gives an annotation to the block whose words it stands in.
    private mutating func annotate(_ node: Node, _ use: TagUse) {
        guard !use.isBlock, let leaf = node.enclosingLeaf else {
            report(
                at: use.place,
                "this annotation belongs to nothing",
                "write it behind the words that it is for, on their line"
            )
            return
        }
        // The text of a tight list's item is the item's own.
        let item = leaf.parent.flatMap { $0.kind == .item && leaf.previous == nil ? $0 : nil }
        let owner = item.flatMap { $0.parent?.isTightList == true ? $0 : nil } ?? leaf
        uses.annotations[owner, default: BlockAnnotation()].attributes += use.syntax.attributes
        spent.append(node)
    }

    private mutating func takeElse(_ node: Node, _ use: TagUse) {
        guard let last = open.indices.last, open[last].parent == node.parent,
            BuiltInTag.choosing.contains(open[last].use.name)
        else {
            report(at: use.place, "'else' stands in no 'if'", "write it between {% if … %} and {% /if %}")
            return
        }
        let isPart = open[last].use.name == BuiltInTag.members.rawValue
        if isPart, use.syntax.primary != nil {
            report(
                at: use.place,
                "the 'else' of 'members' takes no condition",
                "write {% else /%}, and another 'members' in it"
            )
        }
        if open[last].hasElse {
            report(
                at: use.place,
                "nothing can follow the last 'else'",
                isPart ? "keep one of the two" : "give the 'else' before it a condition"
            )
        }
        open[last].hasElse = isPart || use.syntax.primary == nil
        open[last].use.alternatives.append(node)
        uses.byNode[node] = use
    }

    private mutating func close(_ node: Node, _ use: TagUse) {
        let isHere = { (tag: OpenTag) in tag.parent == node.parent && tag.use.name == use.name }
        guard let position = open.lastIndex(where: isHere) else {
            reportIdleClose(use, in: node)
            return
        }
        for tag in open[(position + 1)...] { reportUnclosed(tag) }
        var tag = open[position]
        open.removeSubrange(position...)
        tag.use.close = node
        tag.use.closeRange = use.range
        uses.byNode[tag.node] = tag.use
        lastClosed[use.name] = tag.use.place
        if let choice = plan?.choices[tag.use.range.lowerBound] {
            let middle = tag.use.alternatives.first
            if choice.view != .words { skips[tag.node] = middle ?? node }
            if choice.view != .other, let middle { skips[middle] = node }
        }
        checkContent(of: tag, until: node)
    }

    /// What was opened in a node must be closed in it.
    private mutating func leave(_ parent: Node) {
        while let tag = open.last, tag.parent == parent {
            open.removeLast()
            reportUnclosed(tag)
        }
    }

    mutating func report(at place: Place, _ problem: String, _ advice: String?) {
        uses.diagnostics.append(Diagnostic(at: place, problem, advice: advice))
    }

    private mutating func reportUnclosed(_ tag: OpenTag) {
        // Who is told that there is no such tag need not be told that it is not closed.
        guard definitions[tag.use.name] != nil || BuiltInTag(rawValue: tag.use.name) != nil else { return }
        let close = "write '{% /\(tag.use.name) %}' in the same \(tag.parent?.containerName ?? "page")"
        let mayBeEmpty = definitions[tag.use.name] != nil || tag.use.name == BuiltInTag.partial.rawValue
        report(
            at: tag.use.place,
            "the tag '\(tag.use.name)' is not closed where it was opened",
            close + (mayBeEmpty ? ", or '/%}' where it holds nothing" : ", behind all that it holds")
        )
    }

    private mutating func reportIdleClose(_ use: TagUse, in node: Node) {
        var advice = "remove it, or open the tag in the same \(node.parent?.containerName ?? "page")"
        if let last = open.last, last.parent == node.parent {
            advice =
                Suggestion.nearest(to: use.name, in: [last.use.name]).map { "did you mean '/\($0)'?" }
                ?? advice
        } else if let closed = lastClosed[use.name] {
            advice = "the '\(use.name)' of line \(closed.line) is closed already"
        }
        report(at: use.place, "'/\(use.name)' closes nothing", advice)
    }

    /// The names of the tags around a place, the nearest last; what only chooses is passed over.
    var around: [String] { outer + open.map(\.use.name).filter { !BuiltInTag.choosing.contains($0) } }
}
