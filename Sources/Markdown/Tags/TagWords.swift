internal import Ground

/// Words in which tags may stand, where the page wants text and not HTML.
extension PageRendering {
    /// The words of a paragraph or heading without markup, on one line, with the values that are shown in it.
    func plainText(of block: Node) -> [UInt8] {
        guard let tags else { return block.plainText() }
        var text: [UInt8] = []
        var walk = TreeWalk(block)
        while let step = walk.next() {
            guard step.isEntering else { continue }
            switch step.kind {
            case .text: text.append(contentsOf: step.node.literal)
            case .code:
                text.append(contentsOf: tags.text.restored(step.node.literal) ?? Array(step.node.literal))
            case .softBreak, .lineBreak: text.append(UInt8(ascii: " "))
            case .image: walk.skip()
            case .htmlInline, .link:
                guard let use = tags.uses.byNode[step.node] else { continue }
                if case .interpolation(let expression) = use.syntax.kind {
                    text.append(contentsOf: tags.evaluator.value(of: expression).shown.utf8)
                    walk.skip()
                }
            default: break
            }
        }
        return text
    }

    /// Writes raw HTML that stands in an image's description: a tag's value, or what the author wrote.
    mutating func write(plainHTML node: Node) {
        guard let mark = tags?.mark(of: node) else {
            html.text(node.literal)
            return
        }
        let place = places.place(ofOriginal: mark.range.lowerBound)
        do throws(TagSyntaxError) {
            guard let syntax = try tags?.text.syntax(of: mark),
                case .interpolation(let expression) = syntax.kind
            else {
                report(at: place, "a tag cannot stand in an image's description")
                return
            }
            if let value = checked(expression) { html.text(value.shown) }
        } catch {
            report(at: places.place(ofOriginal: error.offset), error.problem, error.advice)
        }
    }

    /// Tells of each `{%` in a text that begins no tag, which a reader would see; after a hundred it is enough.
    mutating func reportStrays(in node: Node) {
        guard let tags, !tags.text.strays.isEmpty, tags.toldStrays < 100 else { return }
        let text = node.literal
        var count = 0
        for position in text.indices.dropLast()
        where text[position] == UInt8(ascii: "{") && text[position + 1] == UInt8(ascii: "%") {
            count += 1
        }
        guard count > 0 else { return }
        let start = place(of: node)
        var found = tags.text.strays[...]
        found = found[tags.text.firstStray(inLine: start.line - places.firstLine + 1)...]
        for stray in found {
            guard count > 0, self.tags?.toldStrays ?? 100 < 100 else { return }
            let place = places.place(ofOriginal: stray.offset)
            guard place >= start else { continue }
            report(at: place, stray.problem, stray.advice)
            self.tags?.toldStrays += 1
            count -= 1
        }
    }
}

extension TagText {
    /// The first stray that does not stand before a line.
    fileprivate func firstStray(inLine line: Int) -> Int {
        let start = original.range(ofLine: line).lowerBound
        var (low, high) = (0, strays.count)
        while low < high {
            let middle = (low + high) / 2
            if strays[middle].offset < start { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// A destination or title with the author's tags put back; a destination in `< >` has lost its brackets.
    func restoredAddress(_ address: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        if let restored = restored(address) { return restored }
        guard let code, let first = address.first, first == code.letter,
            let number = code.number(behindLetter: 1, in: address), number < marks.count,
            marks[number].range.count == address.count + 2
        else { return nil }
        return words(of: marks[number])
    }
}

extension PageRendering {
    /// Lends bytes of libcmark's with the author's tags put back.
    mutating func withAuthorsBytes(
        of bytes: UnsafeBufferPointer<UInt8>,
        _ body: (inout PageRendering, UnsafeBufferPointer<UInt8>) -> Void
    ) {
        guard let tags, let restored = tags.text.restoredAddress(bytes) else {
            body(&self, bytes)
            return
        }
        restored.withUnsafeBufferPointer { body(&self, $0) }
    }
}
