/// How far the lines within tags are moved to the left, so that indenting what a tag holds does not make code of it.
///
/// The first line within a tag says how much: it comes to stand where the tag does, and the lines behind it lose as
/// many columns, or what blanks they have. In quotes nothing is moved.
struct TagIndentation {
    /// The bytes that each line loses; empty where none loses any.
    private(set) var removed: [Int] = []

    private struct OpenTag {
        let name: ArraySlice<UInt8>
        /// Columns that lines within lose; nil before the first of them.
        var shift: Int?
        /// Where the tag stands in its line, less what that line has lost.
        let column: Int
    }

    private let source: SourceText
    private var open: [OpenTag] = []
    /// With the columns that the fence has lost: code behind it loses no more.
    private var fence: (byte: UInt8, length: Int, lost: Int)?

    init(_ source: SourceText, _ marks: [TagMark]) {
        self.source = source
        guard Self.mayMatter(source, marks) else { return }
        var shifts = Array(repeating: 0, count: source.lineCount)
        var mark = 0
        for line in 1...source.lineCount {
            let range = source.range(ofLine: line)
            while mark < marks.count, marks[mark].range.lowerBound < range.lowerBound { mark += 1 }
            let tag =
                mark < marks.count && marks[mark].range.lowerBound < range.upperBound ? marks[mark] : nil
            let isInTag = mark > 0 && marks[mark - 1].range.upperBound > range.lowerBound
            shifts[line - 1] = shift(ofLine: range, tag: tag?.form == .block ? tag : nil, isInTag: isInTag)
        }
        if shifts.contains(where: { $0 > 0 }) { removed = shifts }
    }
}

extension TagIndentation {
    /// Whether a line behind a block tag begins with a blank.
    private static func mayMatter(_ source: SourceText, _ marks: [TagMark]) -> Bool {
        guard let first = marks.first(where: { $0.form == .block }) else { return false }
        let line = source.line(ofByte: first.range.lowerBound)
        return source.lineStarts[line...].contains { start in
            start < source.bytes.count && (source.bytes[start] == 0x20 || source.bytes[start] == 0x09)
        }
    }

    /// The bytes that a line loses; one that begins in a tag is not yet within it.
    private mutating func shift(ofLine range: Range<Int>, tag: TagMark?, isInTag: Bool) -> Int {
        let bytes = source.bytes[range]
        let blanks = bytes.prefix { $0 == 0x20 || $0 == 0x09 }
        guard blanks.count < bytes.count, fence != nil || !isInTag else {
            return blanks.isEmpty ? 0 : remove(fence?.lost ?? open.last?.shift ?? 0, from: blanks).bytes
        }
        let isInCode = fence != nil
        let tag = isInCode ? nil : tag
        let word = tag.map { TagWord(source.bytes, $0) }
        if let word, word.kind == .close { close(word.name) }
        let indentation = Self.columns(blanks)
        if let last = open.indices.last, open[last].shift == nil {
            open[last].shift = max(outerShift, indentation - open[last].column)
        }
        let lost = remove(fence?.lost ?? open.last?.shift ?? 0, from: blanks)
        if let word, word.kind == .open, let tag { open(tag, word.name, range, lost: lost.columns) }
        if tag == nil { noteFence(bytes[blanks.endIndex...], lost: lost.columns) }
        return lost.bytes
    }

    private var outerShift: Int { open.count > 1 ? open[open.count - 2].shift ?? 0 : 0 }

    private mutating func open(_ tag: TagMark, _ name: ArraySlice<UInt8>, _ line: Range<Int>, lost: Int) {
        let prefix = source.bytes[line.lowerBound..<tag.range.lowerBound]
        let isQuoted = LinePrefix(prefix).isQuoted
        open.append(
            OpenTag(
                name: name,
                shift: isQuoted ? open.last?.shift ?? 0 : nil,
                column: Self.columns(prefix) - lost
            )
        )
    }

    private mutating func close(_ name: ArraySlice<UInt8>) {
        guard let position = open.lastIndex(where: { $0.name == name }) else { return }
        open.removeSubrange(position...)
    }

    private mutating func noteFence(_ words: Slice<UnsafeBufferPointer<UInt8>>, lost: Int) {
        guard let byte = words.first else { return }
        if let fence {
            let length = words.prefix { $0 == fence.byte }.count
            let rest = words.dropFirst(length)
            if length >= fence.length, rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { self.fence = nil }
            return
        }
        // A fence may begin a list item.
        let isItem = "-+*".utf8.contains(byte) && words.dropFirst().first == 0x20
        let words = isItem ? words.dropFirst().drop { $0 == 0x20 } : words
        guard let mark = words.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return }
        let length = words.prefix { $0 == mark }.count
        guard length >= 3, mark == UInt8(ascii: "~") || !words.dropFirst(length).contains(mark) else {
            return
        }
        fence = (mark, length, lost)
    }

    /// The bytes and columns that are gone when a line loses up to some columns of blanks.
    private func remove(
        _ columns: Int,
        from blanks: Slice<UnsafeBufferPointer<UInt8>>
    ) -> (bytes: Int, columns: Int) {
        var lost = (bytes: 0, columns: 0)
        for byte in blanks {
            let width = byte == 0x20 ? 1 : 4 - lost.columns % 4
            guard lost.columns + width <= columns else { break }
            lost = (lost.bytes + 1, lost.columns + width)
        }
        return lost
    }

    private static func columns(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
        bytes.reduce(0) { $1 == 0x09 ? $0 + 4 - $0 % 4 : $0 + 1 }
    }
}

/// The first word of a tag, read without its attributes.
private struct TagWord {
    enum Kind {
        case open
        case close
        case other
    }

    let kind: Kind
    let name: ArraySlice<UInt8>

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ mark: TagMark) {
        var words = Array(bytes[mark.range].dropFirst(2).dropLast(2))[...].drop(while: TagParser.isBlank)
        let closes = words.first == UInt8(ascii: "/")
        if closes { words = words.dropFirst().drop(while: TagParser.isBlank) }
        name = words.prefix(while: TagParser.isPartOfName)
        let behind = name.endIndex < words.endIndex ? words[name.endIndex] : 0
        let last = words.last { !TagParser.isBlank($0) }
        if name.isEmpty || behind == UInt8(ascii: "=") || name.elementsEqual("else".utf8) {
            kind = .other
        } else if closes {
            kind = .close
        } else {
            kind = last == UInt8(ascii: "/") ? .other : .open
        }
    }
}
