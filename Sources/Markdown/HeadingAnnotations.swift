/// Ids that authors have set with `{% #my-id %}` at a heading's end, as Markdoc writes annotations.
struct HeadingAnnotations {
    struct Annotation {
        let id: String
        /// Where the `{%` stands in its line, in libcmark's count; 0 where unknown.
        let column: Int
    }

    /// By the heading's node.
    private(set) var byHeading: [Node: Annotation] = [:]

    /// On a page without annotations.
    init() {}

    /// Takes the annotations out of the headings of a tree.
    init(takenFrom root: Node) {
        var walk = TreeWalk(root)
        while let step = walk.next() {
            guard step.isEntering else { continue }
            if step.kind == .heading, let annotation = Self.take(from: step.node) {
                byHeading[step.node] = annotation
            }
            if step.kind == .paragraph || step.kind == .heading { walk.skip() }
        }
    }
}

extension HeadingAnnotations {
    /// In bytes; what is longer is no annotation, and looking for it would cost too much.
    private static let longest = 500

    private static func take(from heading: Node) -> Annotation? {
        guard let last = heading.lastChild, last.literal.last == UInt8(ascii: "}") else { return nil }
        var text: [UInt8] = []
        var first: Node? = last
        while let node = first, node.kind == .text, text.count < longest {
            text.insert(contentsOf: node.literal, at: 0)
            guard let previous = node.previous, previous.kind == .text, !text.contains(UInt8(ascii: "{"))
            else { break }
            first = previous
        }
        guard let first, first.kind == .text, let (start, id) = find(in: text) else { return nil }
        let column = first.startColumn > 0 ? first.startColumn + start : 0
        while let node = first.next { node.remove() }
        var end = start
        while end > 0, text[end - 1] <= 0x20 { end -= 1 }
        first.setLiteral(text[..<end])
        return Annotation(id: id, column: column)
    }

    /// Where an annotation that holds an id and nothing else begins in a text that ends with it.
    private static func find(in text: [UInt8]) -> (start: Int, id: String)? {
        guard let start = text.lastIndex(of: UInt8(ascii: "{")) else { return nil }
        let parts = text[start...].split { $0 <= 0x20 }
        let inner: ArraySlice<UInt8>
        switch parts.count {
        case 1: inner = parts[0].dropFirst(2).dropLast(2)
        case 2 where parts[0].elementsEqual("{%".utf8): inner = parts[1].dropLast(2)
        case 2 where parts[1].elementsEqual("%}".utf8): inner = parts[0].dropFirst(2)
        case 3 where parts[0].elementsEqual("{%".utf8) && parts[2].elementsEqual("%}".utf8): inner = parts[1]
        default: return nil
        }
        guard text[start...].starts(with: "{%".utf8), let last = parts.last,
            last.suffix(2).elementsEqual("%}".utf8)
        else {
            return nil
        }
        guard inner.first == UInt8(ascii: "#"), inner.count > 1, inner.dropFirst().allSatisfy(isPartOfID)
        else { return nil }
        return (start, String(decoding: inner.dropFirst(), as: UTF8.self))
    }

    private static func isPartOfID(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
            true
        default: "-_.:".utf8.contains(byte)
        }
    }
}
