internal import Ground

/// Parts of a page that are for some of its readers: `{% members %} … {% else /%} … {% /members %}`.
extension PageRendering {
    /// What these readers get of the parts of a text; nil where it holds none, or mistakes that rendering it will tell.
    static func plan(for text: SourceText, parse: (PartSurvey) -> Void) -> PartPlan? {
        guard text.mayHoldParts else { return nil }
        let survey = PartSurvey()
        parse(survey)
        return survey.plan
    }

    /// Tells the survey what there is, or takes out of the tree what these readers do not get.
    ///
    /// What they do not get is words without a meaning by now; that they are gone is for what counts or quotes words.
    mutating func planParts(below root: Node, seen: Set<Int>) {
        guard let tags, tags.text.original.mayHoldParts else { return }
        reportMisplacedParts(below: root, seen: seen)
        let uses = tags.uses.byNode
        if let survey = tags.survey {
            guard !diagnostics.contains(where: { $0.severity == .error }) else { return }
            survey.plan = PartPlan(
                uses.values,
                uses,
                around: tags.around,
                leftOut: leftOut(of: uses),
                view: tags.environment.part
            )
            return
        }
        for (node, use) in uses where use.name == BuiltInTag.members.rawValue {
            guard let choice = tags.plan?.choices[use.range.lowerBound], let close = use.close else {
                continue
            }
            let middle = use.alternatives.first
            if choice.view != .words { drop(from: node, until: middle ?? close) }
            if choice.view != .other, let middle { drop(from: middle, until: close) }
        }
    }

    /// What nobody gets, whoever reads: what an `if` does not choose, and comments.
    private mutating func leftOut(of uses: [Node: TagUse]) -> [Range<Int>] {
        uses.flatMap { node, use -> [Range<Int>] in
            guard let close = use.closeRange else { return [] }
            if use.name == BuiltInTag.comment.rawValue { return [use.range.upperBound..<close.lowerBound] }
            guard use.name == BuiltInTag.if.rawValue else { return [] }
            let chosen = choice(use, node)?.start
            let tags = [use.range] + use.alternatives.compactMap { uses[$0]?.range } + [close]
            return zip([node] + use.alternatives, zip(tags, tags.dropFirst())).filter { $0.0 != chosen }
                .map { $0.1.0.upperBound..<$0.1.1.lowerBound }
        }
    }

    /// Writes what these readers get of a part.
    mutating func writePart(_ use: TagUse, _ node: Node) {
        guard let tags else { return }
        guard let choice = tags.plan?.choices[use.range.lowerBound] else {
            // Whatever the reason: a part of which it is not known who gets it is shown to nobody. Mostly there is a mistake
            // in some tag, and it is told of already.
            guard !diagnostics.contains(where: { $0.severity == .error }) else { return }
            report(
                at: use.place,
                "who may read this part cannot be told",
                "write the tags of the part on lines of their own, with empty lines around them"
            )
            return
        }
        if branch(of: use, node) == nil, choice.view == .other { writeInvitation(choice.access, use, node) }
        inPart(use, node) { page, start, end in page.write(from: start.next, until: end) }
    }

    /// Has that written of a part which these readers get: between which two tags it stands.
    mutating func inPart(
        _ use: TagUse,
        _ node: Node,
        _ write: (inout PageRendering, _ start: Node, _ end: Node) -> Void
    ) {
        guard let tags, let choice = tags.plan?.choices[use.range.lowerBound],
            let (start, end) = branch(of: use, node)
        else { return }
        let (chain, wasInPart) = (tags.around, ids.isInPart)
        if choice.view == .words { self.tags?.around = choice.chain }
        ids.isInPart = true
        write(&self, start, end)
        ids.isInPart = wasInPart
        self.tags?.around = chain
    }

    /// Between which two tags stands what these readers get; nil where they get nothing of the text.
    private func branch(of use: TagUse, _ node: Node) -> (start: Node, end: Node)? {
        guard let choice = tags?.plan?.choices[use.range.lowerBound], let close = use.close else {
            return nil
        }
        switch (choice.view, use.alternatives.first) {
        case (.words, let middle): return (node, middle ?? close)
        case (.other, let middle?): return (middle, close)
        case (.other, nil), (.neither, _): return nil
        }
    }

    private mutating func writeInvitation(_ access: PartAccess, _ use: TagUse, _ node: Node) {
        guard let tags else { return }
        guard !sequence(first: node, next: \.parent).contains(where: { $0.kind == .link }) else {
            report(
                at: use.place,
                "a link cannot stand in a link, and the theme gives one to those who do not get this part",
                "write {% else /%} and what they get instead, or the part around the link"
            )
            return
        }
        do throws(Diagnostic) {
            var text = try tags.environment.invitation(access, use.isBlock).get()
            if use.isBlock { html.startLine() }
            if !use.isBlock { while text.last?.isNewline == true { text.removeLast() } }
            text.withUTF8 { html.verbatim($0) }
            if use.isBlock { html.startLine() }
        } catch {
            diagnostics.append(error)
        }
    }

    /// Blocks go; inlines keep their place in the line, and are passed over.
    private mutating func drop(from start: Node, until end: Node) {
        guard let first = start.next, first != end else { return }
        guard start.kind == .htmlBlock else {
            if let last = end.previous { tags?.skips[start] = last }
            return
        }
        var child: Node? = first
        while let node = child, node != end {
            child = node.next
            node.remove()
        }
    }

    private func advice(to code: TagText.UnsureCode?) -> String {
        switch code {
        case nil:
            "write it outside of HTML, links, images and formulas; to show it as it is, write it in fenced code"
        case .indented:
            "four blanks at the beginning of its line make code of it: remove some, or write it in fenced code to show it as it is"
        case .unclosed(let line):
            "nothing closes the fence in line \(places.place(line: line).line), so all below it is code: close it, or remove it"
        }
    }

    /// A tag of a part that is no tag where it stands, and no code either, would be read by everyone, and what it is to hold.
    private mutating func reportMisplacedParts(below root: Node, seen: Set<Int>) {
        guard let tags else { return }
        let code = tags.text.marksInCode(below: root, of: source)
        var known = seen.union(code.sure)
        tables.cells?.apply { known.formUnion(tags.text.marksInCode(below: $0, of: source).sure) }
        for number in tags.text.partMarks where !known.contains(number) {
            report(
                at: places.place(ofOriginal: tags.text.marks[number].range.lowerBound),
                "a part for some cannot stand here",
                advice(to: code.unsure[number])
            )
        }
        // In words, any '{%' that begins no tag is an error.
        guard StrayParts.showsPart(below: root, in: [.htmlBlock, .htmlInline]) else { return }
        for stray in tags.text.strays where tags.text.original.isPart(stray.offset) {
            report(at: places.place(ofOriginal: stray.offset), stray.problem, stray.advice)
        }
    }
}

extension TagText {
    /// The marks that open or close a part, by their number.
    var partMarks: [Int] { marks.indices.filter { original.isPart(marks[$0].range.lowerBound) } }

    /// Code of which it cannot be said whether it is meant as such.
    enum UnsureCode {
        /// By blanks at the beginning of a line.
        case indented
        /// By a fence that nothing closes, and its line.
        case unclosed(line: Int)
    }

    /// The marks in code, which are shown as they are written; `source` is the text that the nodes tell lines of.
    func marksInCode(below root: Node, of source: SourceText) -> (sure: Set<Int>, unsure: [Int: UnsureCode]) {
        guard let code else { return ([], [:]) }
        var (sure, unsure): (Set<Int>, [Int: UnsureCode]) = ([], [:])
        var walk = TreeWalk(root)
        while let step = walk.next() {
            guard step.isEntering, step.kind == .code || step.kind == .codeBlock else { continue }
            let doubt = step.kind == .codeBlock ? source.doubt(about: step.node) : nil
            let text = step.node.literal
            for position in text.indices where text[position] == UInt8(ascii: "<") {
                guard let number = code.number(at: position, in: text) else { continue }
                if let doubt { unsure[number] = doubt } else { sure.insert(number) }
            }
        }
        return (sure, unsure)
    }
}

extension SourceText {
    /// Nil where a block of code begins and ends with a fence.
    fileprivate func doubt(about code: Node) -> TagText.UnsureCode? {
        func isFence(_ line: Int) -> Bool {
            var text = bytes[range(ofLine: line)].drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ">") }
            // The first line may be a list item's.
            if line == code.startLine {
                text = bytes[range(ofLine: line)].dropFirst(max(0, code.startColumn - 1))
            }
            guard let mark = text.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else {
                return false
            }
            return text.prefix { $0 == mark }.count >= 3
        }
        guard isFence(code.startLine) else { return .indented }
        return code.endLine > code.startLine && isFence(code.endLine) ? nil : .unclosed(line: code.startLine)
    }
}
