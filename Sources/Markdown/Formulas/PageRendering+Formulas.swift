internal import Ground
internal import Math

extension PageRendering {
    /// Puts the formulas of a page where `MathText` has hidden them.
    ///
    /// `original` is the text before that.
    mutating func place(_ text: MathText, of original: SourceText, in root: Node) {
        var walk = TreeWalk(root)
        var leaves: [(node: Node, start: Int)] = []
        while let step = walk.next() {
            guard step.isEntering, step.kind == .paragraph || step.kind == .heading else { continue }
            walk.skip()
            guard tables.table(of: step.node) == nil else { continue }
            let line = source.range(ofLine: step.node.startLine)
            leaves.append((step.node, line.lowerBound + max(step.node.startColumn, 1) - 1))
        }
        tables.cells?.forEachPiece { piece, block in leaves.append((block, piece.lines.first?.start ?? 0)) }
        var isPlaced = Array(repeating: false, count: text.spans.count)
        for (leaf, start) in leaves {
            var index = text.index(from: start)
            for node in leaf.hiddenFormulas() {
                guard index < text.spans.count else { break }
                let count = put(text.spans, from: index, of: original, in: node)
                for placed in index..<index + count { isPlaced[placed] = true }
                index += count
            }
        }
        // Without its formulas the text may be another: then nothing of it can be trusted.
        for (span, isPlaced) in zip(text.spans, isPlaced) where !isPlaced {
            let problem = "this formula overlaps with code, a link or raw HTML"
            let advice = "write \\$ for a dollar sign, or leave a blank line around the formula"
            diagnostics.append(Diagnostic(at: places.place(byte: span.start), problem, advice: advice))
        }
    }

    /// Puts the formulas that begin in a text node; returns how many.
    private mutating func put(
        _ spans: [MathSpan],
        from first: Int,
        of original: SourceText,
        in node: Node
    ) -> Int {
        var index = first
        var next: Node? = node
        while let node = next {
            next = nil
            guard let last = put(spans, from: &index, of: original, inPlaceOf: node) else { break }
            // A formula that goes on over lines ends the text of its first.
            let lines = spans[index - 1].whole.count
            if lines > 1 { next = gather(lines - 1, behind: last) }
        }
        return index - first
    }

    /// Parts a text at the formulas that begin in it; returns the last formula, if it ends the text.
    private mutating func put(
        _ spans: [MathSpan],
        from index: inout Int,
        of original: SourceText,
        inPlaceOf node: Node
    ) -> Node? {
        let text = Array(node.literal)
        let column = node.startColumn
        var written = 0
        var last: Node?
        while index < spans.count, let start = text[written...].firstIndex(of: MathText.first) {
            let end = text[(start + 1)...].firstIndex { $0 != MathText.other } ?? text.count
            guard end - start == spans[index].whole[0].count else { return nil }
            if start > written { node.insertText(text[written..<start], column: column + written) }
            written = end
            last = node.insertInline(markup: markup(of: spans[index], original))
            last?.append(text: spans[index].tex(in: original.bytes).utf8)
            if let last { standIns.insert(last) }
            index += 1
        }
        if written < text.count { node.insertText(text[written...], column: column + written) }
        node.remove()
        return written == text.count ? last : nil
    }

    /// Moves the other lines of a formula to its stand-in, where they only keep the lines behind them in place; returns what
    /// is left of the last, if formulas begin there.
    private func gather(_ lines: Int, behind standIn: Node) -> Node? {
        for line in 1...lines {
            guard let lineEnd = standIn.next, lineEnd.kind == .softBreak, let words = lineEnd.next,
                words.kind == .text, words.literal.first == MathText.other
            else { return nil }
            let text = Array(words.literal)
            let end = text.firstIndex { $0 != MathText.other } ?? text.count
            if end < text.count { words.insertText(behind: text[end...], column: words.startColumn + end) }
            let rest = end < text.count ? words.next : nil
            words.setLiteral([])
            standIn.append(lineEnd)
            standIn.append(words)
            if line == lines { return rest.flatMap { $0.literal.contains(MathText.first) ? $0 : nil } }
        }
        return nil
    }

    private mutating func markup(of span: MathSpan, _ original: SourceText) -> String {
        let tex = span.tex(in: original.bytes)
        do throws(MathMistake) {
            return try MathML.element(tex, span.isDisplay ? .display : .inline)
        } catch {
            let place = places.place(byte: span.position(of: error.offset))
            diagnostics.append(Diagnostic(at: place, error.problem, advice: error.advice))
            return HTMLWriter.escaped(tex)
        }
    }

    /// Writes a fenced block of the language `math`; says whether it is one.
    mutating func writesFormula(_ block: Node) -> Bool {
        writesFormula(block.literal, block, block.fenceInfo)
    }

    /// The same for a block whose code or whose words behind the fence libcmark does not know.
    mutating func writesFormula(
        _ code: some Sequence<UInt8>,
        _ block: Node,
        _ info: some Sequence<UInt8>
    ) -> Bool {
        guard options.dialect.contains(.math), info.elementsEqual("math".utf8) else { return false }
        let tex = String(decoding: Array(code), as: UTF8.self)
        html.startLine()
        html.markup("<p>")
        do throws(MathMistake) {
            html.unescaped(try MathML.element(tex, .display))
        } catch {
            let before = tex.utf8.prefix(error.offset)
            let line = block.startLine + 1 + before.count { $0 == UInt8(ascii: "\n") }
            let column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count
            let byte = source.range(ofLine: line).lowerBound + block.startColumn - 1 + column
            diagnostics.append(
                Diagnostic(at: places.place(line: line, byte: byte), error.problem, advice: error.advice)
            )
        }
        html.markup("</p>\n")
        return true
    }
}

extension Node {
    /// The text nodes of a paragraph, heading or cell in which formulas begin.
    fileprivate func hiddenFormulas() -> [Node] {
        var found: [Node] = []
        var walk = TreeWalk(self)
        while let step = walk.next() {
            if step.kind == .text, step.node.literal.contains(MathText.first) { found.append(step.node) }
        }
        return found
    }
}
