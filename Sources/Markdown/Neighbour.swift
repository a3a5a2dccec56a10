/// The character on one side of a place in the text, as the rules for delimiters ask for it (CommonMark 0.30 §6.2).
enum Neighbour {
    case space
    case punctuation
    case word

    init(_ scalar: Unicode.Scalar) {
        if scalar.properties.isWhitespace {
            self = .space
        } else {
            self = Self.isPunctuation(scalar) ? .punctuation : .word
        }
    }

    /// What stands before a byte of a text node.
    init(before offset: Int, in node: Node) {
        let text = node.literal
        guard offset == 0 else {
            self = Self.last(of: text[..<offset])
            return
        }
        guard let previous = node.previous else {
            self = Self.edge(of: node.parent)
            return
        }
        self = previous.kind == .text ? Self.last(of: previous.literal[...]) : Self.edge(of: previous)
    }

    /// What stands behind the bytes of a text node up to `offset`.
    init(after offset: Int, in node: Node) {
        let text = node.literal
        guard offset == text.count else {
            self = Self.first(of: text[offset...])
            return
        }
        guard let next = node.next else {
            self = Self.edge(of: node.parent)
            return
        }
        self = next.kind == .text ? Self.first(of: next.literal[...]) : Self.edge(of: next)
    }

    /// ASCII punctuation or a character of one of Unicode's `P` categories.
    static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            switch scalar {
            case "!"..."/", ":"..."@", "["..."`", "{"..."~": return true
            default: return false
            }
        }
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            return true
        default: return false
        }
    }
}

extension Neighbour {
    /// What an inline shows of itself at its ends; a paragraph or a line's end is like a space.
    private static func edge(of node: Node?) -> Neighbour {
        switch node?.kind {
        case nil, .paragraph, .heading, .softBreak, .lineBreak: .space
        default: .punctuation
        }
    }

    private static func first(of text: Slice<UnsafeBufferPointer<UInt8>>) -> Neighbour {
        var decoder = UTF8()
        var bytes = text.makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&bytes) else { return .space }
        return Neighbour(scalar)
    }

    private static func last(of text: Slice<UnsafeBufferPointer<UInt8>>) -> Neighbour {
        var start = text.endIndex
        repeat { start -= 1 } while start > text.startIndex && text[start] & 0xc0 == 0x80
        guard start >= text.startIndex else { return .space }
        return first(of: text[start...])
    }
}
