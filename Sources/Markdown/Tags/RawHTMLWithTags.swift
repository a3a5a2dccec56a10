internal import Ground

/// The author's own HTML in a text that has tags: what stands in it comes out as it was written.
extension PageRendering {
    /// Writes a block of HTML in whose lines tags stand; says no where none does.
    mutating func write(rawBlockWithTags block: Node) -> Bool {
        guard let tags else { return false }
        // libcmark counts the last line of some blocks of HTML out.
        let lines = block.literal.count { $0 == UInt8(ascii: "\n") }
        let start = places.originalLine(block.startLine)
        let marks = tags.text.marks(inLines: start...(start + max(0, lines - 1)))
        guard let first = marks.first else { return false }
        if RawHTML.showsSomething(block.literal) {
            warnOfTagInHTML(at: places.place(ofOriginal: tags.text.marks[first].range.lowerBound))
        }
        let words = tags.text.restoredCode(block.literal, firstLine: start)
        words.withUnsafeBufferPointer { write(raw: $0) }
        return true
    }

    /// Writes an HTML tag in whose attributes tags stand; says no where none does.
    mutating func write(rawInlineWithTags node: Node) -> Bool {
        guard let restored = tags?.text.restored(node.literal) else { return false }
        if RawHTML.showsSomething(node.literal) { warnOfTagInHTML(at: place(of: node)) }
        restored.withUnsafeBufferPointer { write(raw: $0) }
        return true
    }

    private mutating func warnOfTagInHTML(at place: Place) {
        let advice = "where it is meant as a tag, leave an empty line between it and the HTML"
        diagnostics.append(Diagnostic(.warning, at: place, "a tag in raw HTML is not read", advice: advice))
    }
}
