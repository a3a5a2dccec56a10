internal import Ground

extension PageRendering {
    /// Writes the beginning or the end of a block; the line ends are those of CommonMark's own examples.
    mutating func write(block step: TreeWalk.Step, _ walk: inout TreeWalk) {
        switch step.kind {
        case .blockQuote: writeQuote(step)
        case .list: writeList(step)
        case .item: writeItem(step)
        case .paragraph: writeParagraph(step, &walk)
        case .heading: writeHeading(step, &walk)
        case .codeBlock: if !write(codeWithTags: step.node) { writeCode(step.node) }
        case .htmlBlock: if !write(tag: step.node, &walk) { writeRaw(block: step.node) }
        case .thematicBreak: writeRule()
        case .customBlock: writeCustom(step)
        default: break
        }
    }

    mutating func writeRule() {
        html.startLine()
        html.markup("<hr />\n")
    }

    private mutating func writeQuote(_ step: TreeWalk.Step) {
        html.startLine()
        if step.isEntering {
            quotes.append(step.node.startColumn)
        } else {
            quotes.removeLast()
        }
        if !alerts.byQuote.isEmpty, let alert = alerts.byQuote[step.node] {
            write(alert, isEntering: step.isEntering)
        } else {
            html.markup(step.isEntering ? "<blockquote>\n" : "</blockquote>\n")
        }
    }

    private mutating func writeList(_ step: TreeWalk.Step) {
        let isOrdered = step.node.isOrderedList
        guard step.isEntering else {
            html.markup(isOrdered ? "</ol>\n" : "</ul>\n")
            return
        }
        html.startLine()
        guard isOrdered else {
            html.markup("<ul>\n")
            return
        }
        let start = step.node.listStart
        if start == 1 {
            html.markup("<ol>\n")
        } else {
            html.markup("<ol start=\"")
            html.number(start)
            html.markup("\">\n")
        }
    }

    private mutating func writeItem(_ step: TreeWalk.Step) {
        if step.isEntering {
            html.startLine()
            html.markup("<li")
            write(annotationOf: step.node, as: .item)
            html.markup(">")
        } else {
            html.markup("</li>\n")
        }
    }

    private mutating func writeParagraph(_ step: TreeWalk.Step, _ walk: inout TreeWalk) {
        if step.isEntering {
            if case .page = origin, let found = tables.table(of: step.node) {
                write(found, tight: isTight(step.node))
                walk.skip()
                return
            }
            enter(leaf: step.node)
        } else if let start = excerptStart, start.leaf == step.node {
            summary.take(start.position..<html.bytes.count)
            excerptStart = nil
        }
        if !isTight(step.node), !isParagraphOfTags(step.node) {
            if step.isEntering {
                html.startLine()
                html.markup("<p")
                if step.node != cellParagraph { write(annotationOf: step.node, as: .paragraph) }
                html.markup(">")
            } else {
                html.markup("</p>\n")
            }
        }
        guard step.isEntering, excerpt.isEmpty else { return }
        excerpt = plainText(of: step.node)
        if !excerpt.isEmpty { excerptStart = (step.node, html.bytes.count) }
    }

    /// Whether a paragraph is the text of an item in a tight list, and so goes without `<p>`.
    private func isTight(_ paragraph: Node) -> Bool {
        guard let parent = paragraph.parent else { return false }
        if case .piece = origin, parent.kind == .document { return isPieceTight }
        guard parent.kind == .item, let list = parent.parent else { return false }
        return list.isTightList
    }

    private mutating func writeHeading(_ step: TreeWalk.Step, _ walk: inout TreeWalk) {
        let level = UInt8(step.node.headingLevel)
        guard step.isEntering else {
            if options.headingAnchors { writeAnchor() }
            html.markup("</h")
            html.byte(UInt8(ascii: "0") + level)
            html.markup(">\n")
            if step.node == opening { openingEnd = html.bytes.count }
            return
        }
        if case .page = origin, let found = tables.table(of: step.node) {
            write(found, tight: false)
            walk.skip()
            return
        }
        enter(leaf: step.node)
        if level == 1, html.bytes.isEmpty, case .page = origin, tags?.depth ?? 0 == 0,
            step.node.parent?.kind == .document
        {
            opening = step.node
        }
        html.startLine()
        html.markup("<h")
        html.byte(UInt8(ascii: "0") + level)
        let id = note(heading: step.node, level: Int(level))
        if !id.isEmpty {
            let start = html.bytes.count
            html.markup(" id=\"")
            html.text(id)
            html.markup("\"")
            summary.cut(start..<html.bytes.count)
        }
        write(annotationOf: step.node, as: .heading)
        html.markup(">")
    }

    /// Writes a link to the heading that ends here, for readers who want its address.
    ///
    /// It is empty, so that where a theme says nothing of it, and in other readers, nothing is seen.
    private mutating func writeAnchor() {
        guard let heading = headings.last, !heading.id.isEmpty else { return }
        let start = html.bytes.count
        html.markup("<a class=\"heading-anchor\" href=\"#")
        var id = heading.id
        id.withUTF8 { html.address($0) }
        html.markup("\" aria-label=\"")
        html.text((options.wording ?? .english).linkToHeading + " " + heading.text)
        html.markup("\"></a>")
        summary.cut(start..<html.bytes.count)
    }

    /// Remembers a heading and gives its id.
    private mutating func note(heading: Node, level: Int) -> String {
        var text = plainText(of: heading)
        // A blank at the end stands before a footnote.
        while text.last == UInt8(ascii: " ") { text.removeLast() }
        let id = id(of: heading, text)
        let line = place(ofBlock: heading).line
        headings.append(
            Heading(level: level, text: String(decoding: text, as: UTF8.self), id: id, line: line)
        )
        return id
    }

    /// The id that the author has set, else one made of the heading's words.
    private mutating func id(of heading: Node, _ text: [UInt8]) -> String {
        if let set = annotatedID(of: heading) { return take(set.id, at: set.place) }
        guard let annotation = annotations.byHeading[heading] else {
            return options.headingIDs ? ids.id(for: text) : ""
        }
        // The annotation ends the last line of the text; below it an underline may stand.
        let isUnderlined = heading.endLine > heading.startLine
        let lines = isUnderlined ? source.contentLines(of: heading, quotes: quotes).dropLast() : []
        let line = lines.last?.line ?? heading.startLine
        let byte = source.range(ofLine: line).lowerBound + annotation.column - 1
        let place = isUnderlined ? places.place(line: line) : places.place(line: line, byte: byte)
        return take(annotation.id, at: place)
    }

    /// Takes an id that an author has set.
    @discardableResult
    mutating func take(_ id: String, at place: Place) -> String {
        if let first = ids.set(id, at: place) {
            let problem = "the id '\(id)' is set twice"
            diagnostics.append(Diagnostic(at: place, problem, advice: "it is set first at \(first)"))
        }
        return id
    }

    mutating func writeCode(_ block: Node) {
        if writesFormula(block) { return }
        html.startLine()
        let info = block.fenceInfo
        if coloring != nil {
            write(code: Array(block.literal), CodeInfo(info), of: block)
            return
        }
        if info.isEmpty {
            html.markup("<pre><code>")
        } else {
            html.markup("<pre><code class=\"language-")
            let end = info.firstIndex { $0 <= 0x20 } ?? info.endIndex
            html.text(UnsafeBufferPointer(rebasing: info[..<end]))
            html.markup("\">")
        }
        html.text(block.literal)
        html.markup("</code></pre>\n")
    }

    private mutating func writeRaw(block: Node) {
        if closesSummary(block) { return }
        guard options.rawHTML else {
            if RawHTML.showsSomething(block.literal) { warnOfRawHTML(at: place(ofBlock: block)) }
            return
        }
        html.startLine()
        if !write(rawBlockWithTags: block) { write(raw: block.literal) }
        html.startLine()
    }

    private mutating func writeCustom(_ step: TreeWalk.Step) {
        html.startLine()
        html.verbatim(step.isEntering ? step.node.onEnter : step.node.onExit)
        html.startLine()
    }
}
