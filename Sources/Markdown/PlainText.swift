extension Node {
    /// The words of a paragraph or heading without markup, on one line: no raw HTML, no image descriptions.
    func plainText() -> [UInt8] {
        var text: [UInt8] = []
        var walk = TreeWalk(self)
        while let step = walk.next() {
            switch step.kind {
            case .text, .code: text.append(contentsOf: step.node.literal)
            // A paragraph begins with one only where an alert's mark was.
            case .softBreak, .lineBreak: if !text.isEmpty { text.append(UInt8(ascii: " ")) }
            case .image: walk.skip()
            default: break
            }
        }
        return text
    }
}
