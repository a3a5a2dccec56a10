extension PageRendering {
    /// Sets the texts of a paragraph, heading or cell as a printer would, before they are written.
    mutating func typeset(_ leaf: Node, _ marks: QuotationMarks) {
        guard mayChange(leaf) else { return }
        var texts: [(node: Node, signs: Range<Int>)] = []
        var signs: [Typesetter.Sign] = []
        var walk = TreeWalk(leaf)
        while let step = walk.next() {
            guard step.isEntering else { continue }
            switch step.kind {
            case .text:
                let start = signs.count
                signs += self.signs(of: step.node)
                texts.append((step.node, start..<signs.count))
            case .softBreak, .lineBreak: signs.append(.space)
            case .link where step.node.showsItsAddress, .code:
                signs.append(.object)
                walk.skip()
            case .customInline where standIns.contains(step.node):
                if !step.node.onEnter.isEmpty { signs.append(.object) }
                walk.skip()
            case .htmlInline: break
            default: break
            }
        }
        var typesetter = Typesetter(signs, marks)
        let set = typesetter.set()
        for (node, range) in texts {
            let text = set[range].joined()
            if !text.utf8.elementsEqual(node.literal) { node.setLiteral(text.utf8) }
        }
    }

    /// Most paragraphs have none of the signs that are set.
    private func mayChange(_ leaf: Node) -> Bool {
        var walk = TreeWalk(leaf)
        while let step = walk.next() {
            if step.kind == .text, step.isEntering, step.node.literal.contains(where: Self.changing.contains)
            {
                return true
            }
        }
        return false
    }

    private static let changing = ByteSet("\"'-.")

    private mutating func signs(of text: Node) -> [Typesetter.Sign] {
        let literal = text.literal
        guard literal.contains(where: Self.changing.contains) else {
            return String(decoding: literal, as: UTF8.self).unicodeScalars.map {
                .init(scalar: $0, isFixed: false)
            }
        }
        let fixed = escapes(of: text)
        var signs: [Typesetter.Sign] = []
        var position = 0
        for scalar in String(decoding: literal, as: UTF8.self).unicodeScalars {
            signs.append(.init(scalar: scalar, isFixed: fixed.contains(position)))
            position += UTF8.width(scalar)
        }
        return signs
    }

    /// The bytes of a text that were escapes or entities in the source, which are as the author wants them.
    private mutating func escapes(of text: Node) -> Set<Int> {
        let literal = text.literal
        guard text.startColumn > 0, text.endColumn - text.startColumn + 1 != literal.count,
            let (line, byte) = locate(text)
        else { return [] }
        return Escapes(of: literal, in: source.bytes[byte..<max(byte, source.range(ofLine: line).upperBound)])
            .positions
    }
}

extension Node {
    /// Whether a link's words are its address, as in `<https://example.org>`.
    fileprivate var showsItsAddress: Bool {
        let words = plainText()
        return words.elementsEqual(url)
            || url.count == words.count + 7 && url.suffix(words.count).elementsEqual(words)
                && (url.starts(with: "mailto:".utf8) || url.starts(with: "http://".utf8))
    }
}

/// The bytes of a text that were escapes or entities in the source (CommonMark 0.30 §2.4 and §2.5).
private struct Escapes {
    private(set) var positions: Set<Int> = []

    /// Reads text and source side by side, as far as one follows from the other.
    init(of text: UnsafeBufferPointer<UInt8>, in source: Slice<UnsafeBufferPointer<UInt8>>) {
        var position = 0
        var rest = source
        while position < text.count, let byte = rest.first {
            if byte == UInt8(ascii: "\\"), rest.dropFirst().first == text[position],
                Neighbour.isPunctuation(Unicode.Scalar(text[position]))
            {
                positions.insert(position)
                rest = rest.dropFirst(2)
                position += 1
            } else if byte == UInt8(ascii: "&"), let end = Self.endOfEntity(rest),
                text[position] != byte || rest[rest.startIndex..<end].elementsEqual("&amp;".utf8)
            {
                positions.insert(position)
                position += 1
                while position < text.count, text[position] & 0xc0 == 0x80 { position += 1 }
                rest = rest[end...]
            } else if byte == text[position] {
                rest = rest.dropFirst()
                position += 1
            } else {
                return
            }
        }
    }

    private static func endOfEntity(_ source: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        guard let end = source.prefix(40).firstIndex(of: UInt8(ascii: ";")) else { return nil }
        return end + 1
    }
}
