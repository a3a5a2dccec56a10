internal import Ground

extension PageRendering {
    /// Writes a tag and all that it holds; says no where the node is none.
    mutating func write(tag node: Node, _ walk: inout TreeWalk) -> Bool {
        let kind = node.kind
        guard kind == .htmlBlock || kind == .htmlInline || kind == .link, let tags else { return false }
        guard let use = tags.uses.byNode[node] else {
            // A tag that has been blamed already, or an annotation in a wrong place.
            return kind != .link && tags.mark(of: node) != nil
        }
        if case .interpolation(let expression) = use.syntax.kind {
            write(value: expression, of: use)
            if node.kind == .link { walk.skip() }
            return true
        }
        self.tags?.depth += 1
        defer { self.tags?.depth -= 1 }
        if let definition = tags.environment.definitions[use.name] {
            write(use, definition, node)
        } else if let builtIn = BuiltInTag(rawValue: use.name) {
            write(use, builtIn, node)
        } else {
            writeContent(of: use, node)
        }
        if let close = use.close { walk.goOn(behind: close) }
        return true
    }

    /// Writes siblings and all below them.
    mutating func write(from first: Node?, until end: Node?) {
        guard let first, first != end else { return }
        write(TreeWalk(from: first, until: end))
    }

    /// Has something written elsewhere than to the page.
    mutating func captured(_ write: (inout PageRendering) -> Void) -> String {
        var aside = HTMLWriter(reserving: 256)
        var asideSummary = SummaryDraft()
        swap(&aside, &html)
        swap(&asideSummary, &summary)
        write(&self)
        swap(&aside, &html)
        swap(&asideSummary, &summary)
        summary.take(asideSummary, of: aside.bytes)
        return String(decoding: aside.bytes, as: UTF8.self)
    }

    mutating func report(at place: Place, _ problem: String, _ advice: String? = nil) {
        diagnostics.append(Diagnostic(at: place, problem, advice: advice))
    }

    private mutating func writeContent(of use: TagUse, _ node: Node) {
        if let close = use.close { write(from: node.next, until: close) }
    }

    private mutating func write(_ use: TagUse, _ tag: BuiltInTag, _ node: Node) {
        switch tag {
        case .if: writeChosen(use, node)
        case .partial: writePartial(use, node)
        case .table: writeTable(use, node)
        case .slot: fillSlot(use, node)
        case .members: writePart(use, node)
        case .else, .comment: break
        }
    }

    private mutating func write(value expression: TagExpression, of use: TagUse) {
        guard let value = checked(expression) else { return }
        var text = value.shown
        text.withUTF8 { words.add($0) }
        html.text(text)
    }

    private mutating func writeChosen(_ use: TagUse, _ node: Node) {
        guard let (start, end) = choice(use, node) else { return }
        write(from: start.next, until: end)
    }

    /// The part of an `if` that holds: between which two tags it stands.
    mutating func choice(_ use: TagUse, _ node: Node) -> (start: Node, end: Node)? {
        guard let tags, let close = use.close else { return nil }
        let starts = [node] + use.alternatives
        for (position, start) in starts.enumerated() {
            let condition = tags.uses.byNode[start]?.syntax.primary
            reportMistake(in: condition)
            guard condition.map({ tags.evaluator.value(of: $0).isTrue }) ?? true else { continue }
            return (start, position + 1 < starts.count ? starts[position + 1] : close)
        }
        return nil
    }

    private mutating func fillSlot(_ use: TagUse, _ node: Node) {
        let content = captured { $0.writeContent(of: use, node) }
        guard case .value(.text(let name))? = use.syntax.primary, let tags,
            let last = tags.frames.indices.last
        else { return }
        self.tags?.frames[last].slots[name] = content
    }

    private mutating func write(_ use: TagUse, _ definition: TagDefinition, _ node: Node) {
        let isAlone = !use.isBlock && isParagraphOfTags(node.parent)
        if definition.placement == .block, !use.isBlock, !isAlone {
            report(
                at: use.place,
                "'\(use.name)' stands on a line of its own",
                "put the tag, and what closes it, on lines of their own"
            )
        }
        var attributes = attributes(of: use, definition)
        if let level = definition.headingLevel { note(headingOf: use, level, &attributes) }
        tags?.made += 1
        let key = "tag~\(tags?.made ?? 0)"
        tags?.frames.append(TagFrame(name: use.name, container: node.parent))
        let content = captured { $0.writeContent(of: use, node) }
        guard let frame = tags?.frames.popLast(), let tags else { return }
        for (slot, isRequired) in definition.slots.sorted(by: { $0.key < $1.key })
        where isRequired && frame.slots[slot] == nil {
            report(
                at: use.place,
                "'\(use.name)' lacks its slot '\(slot)'",
                "write {% slot \"\(slot)\" %} … {% /slot %} in it"
            )
        }
        let isWord = definition.placement == .inline && use.isBlock && use.close == nil
        let call = TagCall(
            name: use.name,
            attributes: attributes,
            content: content,
            items: frame.items,
            slots: frame.slots,
            isBlock: (use.isBlock || isAlone) && !isWord,
            key: key
        )
        do throws(Diagnostic) {
            let text = try tags.environment.render(call).get()
            let needsParagraph = isWord && node.parent.map { !$0.isTightItem } ?? true
            if needsParagraph { openParagraph() }
            write(text, of: call, in: node.parent)
            if needsParagraph { html.markup("</p>\n") }
        } catch {
            diagnostics.append(error)
        }
    }

    /// A word alone on its line is a paragraph.
    private mutating func openParagraph() {
        html.startLine()
        html.markup("<p>")
    }

    private mutating func write(_ text: String, of call: TagCall, in parent: Node?) {
        note(
            TagCall.Item(name: call.name, attributes: call.attributes, content: call.content, html: text),
            in: parent
        )
        if call.isBlock { html.startLine() }
        var text = text
        // An inline tag's template ends with a line end that the words around the tag do not have.
        if !call.isBlock { while text.last?.isNewline == true { text.removeLast() } }
        text.withUTF8 { html.verbatim($0) }
        if call.isBlock { html.startLine() }
    }

    /// Remembers the heading that a tag makes, and sees that it has an id.
    private mutating func note(headingOf use: TagUse, _ level: Int, _ attributes: inout [String: TagValue]) {
        guard case .text(let title)? = attributes["title"], !title.isEmpty else { return }
        let id: String
        if case .text(let given)? = attributes["id"] {
            id = take(given, at: use.place)
        } else {
            id = options.headingIDs ? ids.id(for: Array(title.utf8)) : ""
            attributes["id"] = id.isEmpty ? nil : .text(id)
        }
        headings.append(Heading(level: level, text: title, id: id, line: use.place.line))
    }

    /// Tells the tag around what stands directly in it.
    mutating func note(_ item: TagCall.Item, in parent: Node?) {
        guard let last = tags?.frames.indices.last, tags?.frames[last].container == parent else { return }
        tags?.frames[last].items.append(item)
    }

    /// Whether a paragraph holds nothing but tags that are blocks, which then stand there in its place.
    func isParagraphOfTags(_ paragraph: Node?) -> Bool {
        guard let tags, let paragraph, paragraph.kind == .paragraph,
            paragraph.firstChild?.kind == .htmlInline
        else { return false }
        var child = paragraph.firstChild
        while let node = child {
            if let use = tags.uses.byNode[node] {
                guard tags.environment.definitions[use.name]?.placement == .block else { return false }
                child = (use.close ?? node).next
            } else {
                guard node.kind == .softBreak || node.isBlankText else { return false }
                child = node.next
            }
        }
        return true
    }
}
