extension TagText {
    /// Reads what is written in a tag.
    func syntax(of mark: TagMark) throws(TagSyntaxError) -> TagSyntax {
        let range = mark.range
        let bytes = UnsafeBufferPointer(rebasing: original.bytes[range])
        let line = original.range(ofLine: original.line(ofByte: range.lowerBound))
        guard bytes.contains(where: TagScan.isLineEnd),
            LinePrefix(original.bytes[line.lowerBound..<range.lowerBound]).isQuoted
        else { return try TagParser.parse(bytes, at: range.lowerBound) }
        // In a quote its markers begin the tag's other lines, too.
        var words = Array(bytes)
        var isPrefix = false
        for position in words.indices {
            switch words[position] {
            case 0x0a, 0x0d: isPrefix = true
            case 0x20, 0x09: break
            case UInt8(ascii: ">") where isPrefix: words[position] = 0x20
            default: isPrefix = false
            }
        }
        let quoted = words
        return try quoted.withUnsafeBufferPointer { words throws(TagSyntaxError) in
            try TagParser.parse(words, at: range.lowerBound)
        }
    }

    /// The tag that a block of raw HTML stands for, told by its code, or by its place where it had no room for one.
    func mark(ofBlock node: Node) -> Int? {
        let text = node.literal
        // It may be indented a little in what holds it (CommonMark §4.6), and keeps that.
        let start = text.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? text.endIndex
        guard let code, text[start...].starts(with: [UInt8(ascii: "<"), UInt8(ascii: "?")]) else {
            return nil
        }
        let number =
            code.number(at: start, in: text) ?? mark(atLine: node.startLine, column: node.startColumn)
        return number.flatMap { $0 < marks.count ? $0 : nil }
    }

    /// The tag that begins at a place of the copy; the column counts bytes from 1.
    private func mark(atLine line: Int, column: Int) -> Int? {
        guard (1...original.lineCount).contains(line) else { return nil }
        let lost = removed.isEmpty ? 0 : removed[line - 1]
        let offset = original.range(ofLine: line).lowerBound + lost + column - 1
        let found = marks(in: offset..<offset + 1)
        return found.isEmpty ? nil : found.lowerBound
    }
}
