internal import Ground

/// Turns bytes of the text into places of the author's file.
struct Places {
    let file: String
    /// The line of the file on which the text begins.
    let firstLine: Int
    let source: SourceText
    /// The byte counted last and its column, so that many links on one long line cost one pass.
    private var counted = (line: 0, offset: 0, column: 1)

    init(file: String, firstLine: Int, source: SourceText) {
        self.file = file
        self.firstLine = firstLine
        self.source = source
    }

    /// The place of a whole line.
    func place(line: Int) -> Place {
        Place(file: file, line: line + firstLine - 1)
    }

    /// The place of a byte that is known to stand on a line.
    ///
    /// A character of the column is a Unicode scalar.
    mutating func place(line: Int, byte: Int) -> Place {
        let range = source.range(ofLine: line)
        let byte = min(max(byte, range.lowerBound), range.upperBound)
        if counted.line != line || counted.offset > byte { counted = (line, range.lowerBound, 1) }
        for offset in counted.offset..<byte where source.bytes[offset] & 0xc0 != 0x80 { counted.column += 1 }
        counted.offset = byte
        return Place(file: file, line: line + firstLine - 1, column: counted.column)
    }

    /// The place of a byte.
    mutating func place(byte: Int) -> Place {
        place(line: source.line(ofByte: byte), byte: byte)
    }
}
