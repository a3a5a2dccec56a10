/// The copy of a text that libcmark reads, in which each tag is raw HTML of the same length.
///
/// Lines stay lines. A line within an indented tag may lose blanks at its beginning (see `TagIndentation`); all else
/// keeps its column, so positions in the copy tell positions in the author's text.
struct TagText {
    let original: SourceText
    let copy: [UInt8]
    /// In the order of the text.
    let marks: [TagMark]
    /// In the order of the text.
    let strays: [StrayBrace]
    /// Nil where the text leaves no letter for it; all tags are then strays.
    let code: TagCode?
    /// The bytes that each line has lost, by its number less 1; empty where none has lost any.
    let removed: [Int]
    /// What all lines before a line have lost, by its number less 1.
    private let lostBefore: [Int]

    init(_ source: SourceText) {
        original = source
        let scan = TagScan(source)
        guard let code = TagCode(unusedIn: source.bytes) else {
            self.code = nil
            copy = Array(source.bytes)
            marks = []
            strays =
                (scan.strays + scan.marks.map { StrayBrace(offset: $0.range.lowerBound, reason: .tooMany) })
                .sorted { $0.offset < $1.offset }
            removed = []
            lostBefore = []
            return
        }
        self.code = code
        strays = scan.strays
        var masked = Array(source.bytes)
        for (number, mark) in scan.marks.enumerated() { code.write(mark, number, over: &masked) }
        let removed = TagIndentation(source, scan.marks).removed
        self.removed = removed
        var lost = 0
        lostBefore = removed.map { removed in
            defer { lost += removed }
            return lost
        }
        guard !removed.isEmpty else {
            marks = scan.marks
            copy = masked
            return
        }
        var moved = scan.marks
        copy = Self.copy(masked, without: removed, of: source, moving: &moved)
        marks = moved
    }

    /// The author's bytes of a tag; what its lines begin with is one blank, as in code within a paragraph.
    func words(of mark: TagMark) -> [UInt8] {
        var words: [UInt8] = []
        var isAtLineStart = false
        for byte in original.bytes[mark.range] {
            if TagScan.isLineEnd(byte) {
                if !isAtLineStart { words.append(0x20) }
                isAtLineStart = true
            } else if !isAtLineStart || !(byte == 0x20 || byte == 0x09) {
                isAtLineStart = false
                words.append(byte)
            }
        }
        return words
    }

    /// A text of libcmark's with the author's tags put back; nil where it holds none.
    func restored(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard let code, text.contains(UInt8(ascii: "<")) else { return nil }
        var restored: [UInt8] = []
        var written = 0
        var position = 0
        while position < text.count {
            guard let number = code.number(at: position, in: text), number < marks.count,
                let end = text[position...].firstIndex(of: UInt8(ascii: ">"))
            else {
                position += 1
                continue
            }
            restored.append(contentsOf: text[written..<position])
            restored.append(contentsOf: words(of: marks[number]))
            position = end + 1
            written = position
        }
        guard written > 0 else { return nil }
        restored.append(contentsOf: text[written...])
        return restored
    }

    /// The marks that begin within some bytes of the author's text.
    ///
    /// Costs O(log marks).
    func marks(in range: Range<Int>) -> Range<Int> {
        let first = firstMark(from: range.lowerBound)
        return first..<max(first, firstMark(from: range.upperBound))
    }

    private func firstMark(from offset: Int) -> Int {
        marks.firstIndex(behind: { $0.range.lowerBound < offset })
    }
}

extension TagText {
    private static func copy(
        _ masked: [UInt8],
        without removed: [Int],
        of source: SourceText,
        moving marks: inout [TagMark]
    ) -> [UInt8] {
        var copy: [UInt8] = []
        copy.reserveCapacity(masked.count)
        var mark = 0
        var lost = 0
        for line in 1...source.lineCount {
            let start = source.lineStarts[line - 1]
            let end = line < source.lineCount ? source.lineStarts[line] : masked.count
            lost += removed[line - 1]
            while mark < marks.count, marks[mark].range.lowerBound < end {
                marks[mark].start = marks[mark].range.lowerBound - lost
                mark += 1
            }
            copy.append(contentsOf: masked[(start + removed[line - 1])..<end])
        }
        return copy
    }
}

extension TagCode {
    /// Writes what stands for a tag over it.
    fileprivate func write(_ mark: TagMark, _ number: Int, over text: inout [UInt8]) {
        let range = mark.range
        var isPrefix = false
        for position in range {
            let byte = text[position]
            if TagScan.isLineEnd(byte) {
                isPrefix = true
            } else if isPrefix, byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: ">") {
                // What a line begins with may place it in a list or a quote.
                continue
            } else {
                isPrefix = false
                text[position] = UInt8(ascii: "a")
            }
        }
        text[range.lowerBound] = UInt8(ascii: "<")
        text[range.upperBound - 1] = UInt8(ascii: ">")
        var position = range.lowerBound + 1
        if mark.form == .block {
            text[position] = UInt8(ascii: "?")
            text[range.upperBound - 2] = UInt8(ascii: "?")
            position += 1
        }
        let code = [letter] + digits(of: number)
        // A block's number is not needed, since its place tells it.
        guard position + code.count < range.upperBound,
            text[position..<position + 4].allSatisfy({ $0 == UInt8(ascii: "a") })
        else { return }
        text.replaceSubrange(position..<position + 4, with: code)
        if mark.form == .value { text[position + 4] = UInt8(ascii: ":") }
    }
}

extension TagText {
    /// A line of the copy.
    func masked(_ line: Int) -> ArraySlice<UInt8> {
        // Lines of footnotes may be counted behind the page.
        guard (1...original.lineCount).contains(line) else { return [] }
        let range = original.range(ofLine: line)
        guard !removed.isEmpty else { return copy[range] }
        let start = range.lowerBound - lostBefore[line - 1]
        return copy[start..<start + range.count - removed[line - 1]]
    }
}
