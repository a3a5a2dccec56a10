/// A table found in the lines of a paragraph; its words are still to be parsed.
struct Table {
    /// Text of the same paragraph above the header row.
    var lead: ArraySlice<ContentLine>
    let alignments: [TableAlignment]
    let header: TableRow
    let headerLine: Int
    var rows: [(line: Int, row: TableRow)] = []
    /// What of the paragraph is no longer the table.
    var tail: ArraySlice<ContentLine> = []
    /// Whether a line of dashes, which libcmark took for the underline of a heading, closes it.
    var endsWithRule = false
}

extension Table {
    /// Looks for a header row with a delimiter row of as many cells below it; the lines that follow are rows.
    ///
    /// A line without its quote's marker is never part of a table, since only a paragraph goes on in such lines.
    init?(_ lines: [ContentLine], of source: SourceText) {
        let bytes = source.bytes
        for position in lines.indices.dropFirst() where source.isDelimiterCandidate(lines[position].line) {
            guard !lines[position].isLazy, !lines[position - 1].isLazy else { continue }
            let delimiters = TableRow(bytes, lines[position].range)
            let alignments = delimiters.cells.compactMap { TableAlignment(bytes, $0) }
            guard !alignments.isEmpty, alignments.count == delimiters.cells.count else { continue }
            let header = TableRow(bytes, lines[position - 1].range)
            guard header.cells.count == alignments.count else { continue }
            self.init(
                lead: lines[..<(position - 1)],
                alignments: alignments,
                header: header,
                headerLine: lines[position - 1].line
            )
            readRows(lines[(position + 1)...], bytes)
            return
        }
        return nil
    }

    private mutating func readRows(_ lines: ArraySlice<ContentLine>, _ bytes: UnsafeBufferPointer<UInt8>) {
        for position in lines.indices {
            let row = TableRow(bytes, lines[position].range)
            guard !lines[position].isLazy, !row.cells.isEmpty else {
                tail = lines[position...]
                return
            }
            rows.append((lines[position].line, row))
        }
    }
}

extension SourceText {
    /// Whether a line could be a delimiter row.
    ///
    /// Costs O(log candidates).
    func isDelimiterCandidate(_ line: Int) -> Bool {
        hasDelimiterCandidate(in: line...line)
    }

    /// Whether one of the lines could be a delimiter row.
    ///
    /// Costs O(log candidates).
    func hasDelimiterCandidate(in lines: ClosedRange<Int>) -> Bool {
        var low = 0
        var high = delimiterLines.count
        while low < high {
            let middle = (low + high) / 2
            if delimiterLines[middle] < lines.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < delimiterLines.count && delimiterLines[low] <= lines.upperBound
    }
}
