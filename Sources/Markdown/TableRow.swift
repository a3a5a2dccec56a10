/// A line read as a row of a table (GFM 0.29 §4.10).
struct TableRow {
    /// The bytes of each cell in the source, without the blanks around its words.
    ///
    /// An escaped `\|` is still in it.
    private(set) var cells: [Range<Int>] = []

    /// Splits at each `|` that no backslash stands before; a `|` at either end parts nothing.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) {
        let line = Self.trim(bytes, line)
        var start = line.lowerBound
        if start < line.upperBound, bytes[start] == UInt8(ascii: "|") { start += 1 }
        var position = start
        while position < line.upperBound {
            let isEscaped = position > line.lowerBound && bytes[position - 1] == UInt8(ascii: "\\")
            if bytes[position] == UInt8(ascii: "|"), !isEscaped {
                cells.append(Self.trim(bytes, start..<position))
                start = position + 1
            }
            position += 1
        }
        if start < line.upperBound { cells.append(Self.trim(bytes, start..<line.upperBound)) }
    }

    private static func trim(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isBlank(bytes[start]) { start += 1 }
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == 0x0b || byte == 0x0c
    }
}

/// How the cells of a column stand.
enum TableAlignment {
    case none
    case left
    case center
    case right

    /// Reads a cell of the delimiter row (`---`, `:--`, `:-:`, `--:`), or returns nil where it is none.
    init?(_ bytes: UnsafeBufferPointer<UInt8>, _ cell: Range<Int>) {
        guard let first = cell.first, let last = cell.last else { return nil }
        let isLeft = bytes[first] == UInt8(ascii: ":")
        let isRight = bytes[last] == UInt8(ascii: ":")
        let dashes = (first + (isLeft ? 1 : 0))..<max(last + (isRight ? 0 : 1), first + (isLeft ? 1 : 0))
        guard !dashes.isEmpty, dashes.allSatisfy({ bytes[$0] == UInt8(ascii: "-") }) else { return nil }
        switch (isLeft, isRight) {
        case (true, true): self = .center
        case (true, false): self = .left
        case (false, true): self = .right
        case (false, false): self = .none
        }
    }
}
