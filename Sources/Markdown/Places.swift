internal import Ground

/// Turns bytes of the text into places of the author's file.
struct Places {
    let file: String
    /// The line of the file on which the text begins.
    let firstLine: Int
    /// The author's text.
    let source: SourceText
    /// A copy of it, line by line, where libcmark reads no more than that: how many bytes each line has lost at its beginning.
    private let copy: (source: SourceText, removed: [Int])?
    /// The text that lines and bytes are given of, where the copy, or the author's text, was laid out anew.
    private var laidOut: (text: SourceText, layout: TextLayout)?
    /// The byte counted last and its column, so that many links on one long line cost one pass.
    private var counted = (line: 0, offset: 0, column: 1)

    init(file: String, firstLine: Int, source: SourceText) {
        self.file = file
        self.firstLine = firstLine
        self.source = source
        copy = nil
    }

    /// Places in a text of which libcmark reads a copy, whose lines have lost some bytes at their beginnings.
    init(file: String, firstLine: Int, source: SourceText, copy: SourceText, removed: [Int]) {
        self.file = file
        self.firstLine = firstLine
        self.source = source
        self.copy = (copy, removed)
    }

    /// The same for lines and bytes of a text that was laid out for libcmark.
    func laidOut(as text: SourceText, _ layout: TextLayout) -> Places {
        var places = self
        places.laidOut = (text, layout)
        return places
    }

    /// The author's line, counted in the text, that a line comes from which may have been laid out anew.
    func originalLine(_ line: Int) -> Int { laidOut?.layout.origin(ofLine: line)?.line ?? line }

    /// The place of a whole line.
    func place(line: Int) -> Place {
        Place(file: file, line: originalLine(line) + firstLine - 1)
    }

    /// The place of a byte that is known to stand on a line.
    ///
    /// A character of the column is a Unicode scalar.
    mutating func place(line: Int, byte: Int) -> Place {
        let (line, byte) = unmoved(line: line, byte: byte)
        guard let copy, (1...copy.source.lineCount).contains(line) else {
            return place(line: line, original: byte)
        }
        let lost = copy.removed.isEmpty ? 0 : copy.removed[line - 1]
        let offset = byte - copy.source.range(ofLine: line).lowerBound
        return place(line: line, original: source.range(ofLine: line).lowerBound + lost + offset)
    }

    /// The place of a line and column as libcmark counts them, in bytes from 1, in the text that it reads.
    mutating func place(line: Int, column: Int) -> Place {
        let start = (laidOut?.text ?? copy?.source ?? source).range(ofLine: line).lowerBound
        return place(line: line, byte: start + max(column, 1) - 1)
    }

    /// The place of a byte.
    mutating func place(byte: Int) -> Place {
        place(line: (laidOut?.text ?? copy?.source ?? source).line(ofByte: byte), byte: byte)
    }

    /// The place of a byte of the author's text.
    mutating func place(ofOriginal byte: Int) -> Place {
        place(line: source.line(ofByte: byte), original: byte)
    }
}

extension Places {
    private mutating func place(line: Int, original byte: Int) -> Place {
        let range = source.range(ofLine: line)
        let byte = min(max(byte, range.lowerBound), range.upperBound)
        if counted.line != line || counted.offset > byte { counted = (line, range.lowerBound, 1) }
        // Without a branch, so that the compiler counts many at once.
        var characters = 0
        for offset in counted.offset..<byte { characters &+= source.bytes[offset] & 0xc0 == 0x80 ? 0 : 1 }
        counted.column += characters
        counted.offset = byte
        return Place(file: file, line: line + firstLine - 1, column: counted.column)
    }

    /// Where a line, and a byte of it, stood before lines were moved.
    private func unmoved(line: Int, byte: Int) -> (line: Int, byte: Int) {
        guard let laidOut else { return (line, byte) }
        let offset = byte - laidOut.text.range(ofLine: line).lowerBound
        return laidOut.layout.origin(ofLine: line, offset: offset) ?? (line, byte)
    }
}
