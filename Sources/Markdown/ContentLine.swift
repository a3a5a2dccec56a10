/// One line of a paragraph without the markers of the quotes and the indentation of the lists that it stands in.
struct ContentLine {
    /// Counted from 1 in the source.
    let line: Int
    /// Bytes of the source, without what ends the line.
    let range: Range<Int>
    /// Whether a quote's marker is missing (CommonMark §5.1, "lazy continuation line").
    let isLazy: Bool

    var start: Int { range.lowerBound }
    var count: Int { range.count }
}

extension SourceText {
    /// The lines of a paragraph or heading, as libcmark saw them.
    ///
    /// `quotes` are the columns, from 1, at which the quotes around it begin, outermost first. Of a heading with an
    /// underline, that is the last: libcmark 0.30.2 counts the line below it as the heading's, too.
    func contentLines(of leaf: Node, quotes: [Int]) -> [ContentLine] {
        let first = leaf.startLine
        let whole = range(ofLine: first)
        let start = min(whole.lowerBound + max(leaf.startColumn, 1) - 1, whole.upperBound)
        var lines = [ContentLine(line: first, range: start..<whole.upperBound, isLazy: false)]
        var line = first + 1
        while line <= min(leaf.endLine, lineCount) {
            lines.append(contentLine(line, quotes: quotes))
            if leaf.kind == .heading, let last = lines.last, !last.isLazy, isUnderline(last) { break }
            line += 1
        }
        return lines
    }

    /// Whether a line is nothing but `=` or `-`, as below a heading (CommonMark §4.3).
    private func isUnderline(_ line: ContentLine) -> Bool {
        guard let sign = bytes[line.range].first, sign == UInt8(ascii: "=") || sign == UInt8(ascii: "-")
        else {
            return false
        }
        return bytes[line.range].drop { $0 == sign }.allSatisfy {
            $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t")
        }
    }

    /// A line that goes on a paragraph.
    ///
    /// Indentation is skipped whatever the lists around it ask for, since libcmark drops it all before a
    /// paragraph's words.
    private func contentLine(_ line: Int, quotes: [Int]) -> ContentLine {
        let whole = range(ofLine: line)
        var position = skipBlanks(whole.lowerBound, before: whole.upperBound)
        for (depth, column) in quotes.enumerated() {
            // Four columns further in, a `>` is the paragraph's own.
            let isMarker =
                position < whole.upperBound && bytes[position] == UInt8(ascii: ">")
                && position - whole.lowerBound < column + 3
            guard isMarker else {
                return ContentLine(
                    line: line,
                    range: position..<whole.upperBound,
                    isLazy: depth < quotes.count
                )
            }
            position = skipBlanks(position + 1, before: whole.upperBound)
        }
        return ContentLine(line: line, range: position..<whole.upperBound, isLazy: false)
    }

    private func skipBlanks(_ start: Int, before end: Int) -> Int {
        var position = start
        while position < end, bytes[position] == UInt8(ascii: " ") || bytes[position] == UInt8(ascii: "\t") {
            position += 1
        }
        return position
    }
}
