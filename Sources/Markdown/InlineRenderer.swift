internal import Ground

extension PageRendering {
    /// Writes an inline, or the beginning or end of one.
    mutating func write(inline step: TreeWalk.Step) {
        if image != nil {
            write(plain: step)
            return
        }
        switch step.kind {
        case .text:
            if tags != nil { reportBraces(in: step.node) }
            if source.hints.contains(.footnote) { reportMissingNotes(in: step.node) }
            let literal = step.node.literal
            words.add(literal)
            html.text(literal)
        case .softBreak:
            words.endWord()
            html.byte(UInt8(ascii: "\n"))
        case .lineBreak:
            words.endWord()
            html.markup("<br />\n")
        case .code: withAuthorsBytes(of: step.node.literal) { $0.write(code: $1) }
        case .htmlInline: writeRaw(inline: step.node)
        case .emphasis: html.markup(step.isEntering ? "<em>" : "</em>")
        case .strong: html.markup(step.isEntering ? "<strong>" : "</strong>")
        case .link: write(link: step)
        case .image: open(image: step.node)
        case .customInline: write(custom: step)
        default: break
        }
    }

    private mutating func write(custom step: TreeWalk.Step) {
        let start = html.bytes.count
        html.verbatim(step.isEntering ? step.node.onEnter : step.node.onExit)
        if summary.isOpen, Footnotes.isReference(step) { summary.cut(start..<html.bytes.count) }
    }

    private mutating func write(code: UnsafeBufferPointer<UInt8>) {
        words.add(code)
        html.markup("<code>")
        html.text(code)
        html.markup("</code>")
    }

    /// Writes what an image's description keeps of an inline: its words (CommonMark 0.30 §6.4).
    private mutating func write(plain step: TreeWalk.Step) {
        switch step.kind {
        case .text: html.text(step.node.literal)
        case .code: withAuthorsBytes(of: step.node.literal) { $0.html.text($1) }
        case .htmlInline: write(plainHTML: step.node)
        case .softBreak, .lineBreak: html.byte(UInt8(ascii: " "))
        case .image where !step.isEntering && step.node == image: close(image: step.node)
        default: break
        }
    }

    private mutating func writeRaw(inline node: Node) {
        if options.rawHTML {
            if !write(rawInlineWithTags: node) { write(raw: node.literal) }
        } else if RawHTML.showsSomething(node.literal), !RawHTML.isClosingTag(node.literal) {
            warnOfRawHTML(at: place(of: node))
        }
    }

    /// Writes raw HTML that the site's owner allows.
    mutating func write(raw bytes: UnsafeBufferPointer<UInt8>) {
        if options.dialect.contains(.gfm) { RawHTML.write(bytes, to: &html) } else { html.verbatim(bytes) }
    }

    mutating func warnOfRawHTML(at place: Place) {
        let advice = "write it in Markdown, or set markdown.raw_html to true in site.config"
        diagnostics.append(
            Diagnostic(.warning, at: place, "raw HTML is left out of the page", advice: advice)
        )
    }
}
