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
                if let last = tags.skips[step.node] { walk.goOn(behind: last) }
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

    /// Tells of what a reader would see of tags that are none.
    mutating func reportBraces(in node: Node) {
        reportBrokenTag(in: node)
        reportStrays(in: node)
    }

    /// Tells of a tag over several lines in a heading or a table's row, which end with their line.
    private mutating func reportBrokenTag(in node: Node) {
        let text = node.literal
        guard text.last != nil, text.contains(UInt8(ascii: "<")), let tags, let code = tags.text.code else {
            return
        }
        for position in text.indices {
            let number =
                position + 1 < text.count
                ? code.number(at: position, in: text)
                // libcmark may have begun a new text behind the bracket.
                : text[position] == UInt8(ascii: "<") && node.next?.literal.first == code.letter
                    ? node.next.flatMap { code.number(behindLetter: 1, in: $0.literal) } : nil
            guard let number, number < tags.text.marks.count else { continue }
            report(
                at: places.place(ofOriginal: tags.text.marks[number].range.lowerBound),
                "a tag in a heading or a table's row ends on its line",
                "write the tag on one line"
            )
        }
    }

    /// Looking for the place of each costs a walk over its paragraph.
    private static let mostStrays = 1000

    /// Tells of each `{%` in a text that begins no tag.
    ///
    /// Which it is, the places tell, since a text may also hold one behind a backslash, and code beside it another.
    private mutating func reportStrays(in node: Node) {
        guard let tags, let first = tags.text.strays.last, first.offset >= 0, holdsBrace(node.literal) else {
            return
        }
        guard tags.lookedAtStrays < Self.mostStrays else {
            if !tags.isTiredOfStrays {
                let problem = "'{%' stands in the text of this page more often than can be looked at"
                report(at: place(of: node), problem, "write it in code")
            }
            self.tags?.isTiredOfStrays = true
            return
        }
        self.tags?.lookedAtStrays += 1
        let known = tags.lookedAhead.flatMap { $0.node == node ? $0.place : nil }
        let start = known ?? place(of: node)
        let end = placeBehind(node)
        for stray in tags.text.strays[tags.text.firstStray(inLine: start.line - places.firstLine + 1)...] {
            let place = places.place(ofOriginal: stray.offset)
            if let end, place >= end { return }
            guard place >= start else { continue }
            report(at: place, stray.problem, stray.advice)
            self.tags?.lookedAtStrays += 10
            guard self.tags?.lookedAtStrays ?? 0 < Self.mostStrays else { return }
        }
    }

    private func holdsBrace(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.indices.dropLast().contains {
            text[$0] == UInt8(ascii: "{") && text[$0 + 1] == UInt8(ascii: "%")
        }
    }

    /// Where what follows a text in its paragraph begins, else the line behind the paragraph.
    private mutating func placeBehind(_ node: Node) -> Place? {
        var last = node
        while true {
            if let next = last.next {
                // Line ends have no places of their own.
                guard next.kind == .softBreak || next.kind == .lineBreak else {
                    let place = place(of: next)
                    tags?.lookedAhead = (next, place)
                    return place
                }
                last = next
            } else if let parent = last.parent, !parent.kind.isBlock {
                last = parent
            } else {
                break
            }
        }
        guard let leaf, case .page = origin else { return nil }
        return places.place(line: leaf.endLine + 1)
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
        guard let restored = tags?.text.restoredAddress(bytes) else {
            body(&self, bytes)
            return
        }
        restored.withUnsafeBufferPointer { body(&self, $0) }
    }
}
