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

    /// The tag that begins at a place of the copy; the column counts bytes from 1.
    func mark(atLine line: Int, column: Int) -> Int? {
        let lost = removed.isEmpty ? 0 : removed[line - 1]
        let offset = original.range(ofLine: line).lowerBound + lost + column - 1
        let found = marks(in: offset..<offset + 1)
        return found.isEmpty ? nil : found.lowerBound
    }
}
