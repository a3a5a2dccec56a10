internal import Ground

/// The text of a page whose footnotes stand apart, as libcmark is to read it.
///
/// libcmark knows no footnotes: to it, one is a paragraph or the definition of a link. So their lines are hidden where
/// they stand, and follow behind the page as the items of one list, whose rules of indentation are the same. For each
/// label a link is defined whose address only a footnote has: then libcmark itself finds the references, and no code,
/// escape or link is mistaken for one.
struct FootnoteText {
    let bytes: [UInt8]
    let layout: TextLayout
    /// In the order of the text; the items of the list.
    let notes: [FootnoteDefinition]
    /// Definitions whose label was defined before, and the line of that.
    let repeated: [(definition: FootnoteDefinition, first: Int)]
    /// The line that parts the page from its notes.
    let border: Int

    /// Returns nil for a text without footnotes, or one that is refused anyway.
    ///
    /// Costs a parse of the whole text, so it is asked for only where hints tell of footnotes.
    init?(_ source: SourceText) {
        var places = Places(file: "", firstLine: 1, source: source)
        // No byte of it is shown: the places only serve to ask whether there is a refusal.
        guard TextLimits.refusal(of: source, &places) == nil, let tree = DocumentTree(source.bytes) else {
            return nil
        }
        let found = FootnoteDefinitions(source, root: tree.root).found
        guard !found.isEmpty else { return nil }
        var firstLines: [String: Int] = [:]
        var notes: [FootnoteDefinition] = []
        var repeated: [(FootnoteDefinition, Int)] = []
        for definition in found {
            if let first = firstLines[definition.key] {
                repeated.append((definition, first))
            } else {
                firstLines[definition.key] = definition.line
                notes.append(definition)
            }
        }
        var writer = LayoutWriter(source)
        for definition in found { writer.hide(definition) }
        writer.beginNotes(notes)
        for note in notes { writer.write(note) }
        bytes = writer.bytes
        layout = TextLayout(kept: source.lineCount, moved: writer.moved)
        border = source.lineCount + 1
        self.notes = notes
        self.repeated = repeated
    }
}

extension FootnoteText {
    /// The address that stands for a note: a control character, which no author's address begins with, and its index.
    static func address(_ note: Int) -> [UInt8] { [1] + String(note).utf8 }

    /// The note that an address stands for.
    func note(_ address: UnsafeBufferPointer<UInt8>) -> Int? {
        guard address.first == 1, let index = Int(String(decoding: address.dropFirst(), as: UTF8.self)) else {
            return nil
        }
        return notes.indices.contains(index) ? index : nil
    }
}

/// Writes the text of a `FootnoteText`.
private struct LayoutWriter {
    private(set) var bytes: [UInt8]
    private(set) var moved: [TextLayout.Moved] = []
    private let source: SourceText

    init(_ source: SourceText) {
        self.source = source
        bytes = Array(source.bytes)
    }

    /// Puts a comment where a definition begins, which parts blocks as the definition would, and blanks elsewhere.
    mutating func hide(_ definition: FootnoteDefinition) {
        blank(definition.mark)
        for (position, byte) in zip(definition.mark, "<!-->".utf8) { bytes[position] = byte }
        for line in definition.lines { blank(source.range(ofLine: line.number)) }
    }

    private mutating func blank(_ range: Range<Int>) {
        for position in range { bytes[position] = UInt8(ascii: " ") }
    }

    /// Parts the notes from the page, and defines a link for each.
    mutating func beginNotes(_ notes: [FootnoteDefinition]) {
        let start = notes.first?.words.lowerBound ?? 0
        bytes.append(UInt8(ascii: "\n"))
        let own = TextLayout.Moved(line: notes.first?.line ?? 1, start: start, prefix: Int.max)
        for text in ["<!-->", ""] { add(Array(text.utf8), own) }
        for (index, note) in notes.enumerated() {
            add(Array("[^\(note.label)]: <".utf8) + FootnoteText.address(index) + [UInt8(ascii: ">")], own)
        }
        add([], own)
    }

    /// Writes a note as an item whose words begin at the fifth column.
    mutating func write(_ note: FootnoteDefinition) {
        let first = TextLayout.Moved(line: note.line, start: note.words.lowerBound, prefix: 4)
        var lines = note.lines[...]
        if note.words.isEmpty {
            add(Array("10.".utf8), first)
            // An item may not begin with two blank lines.
            lines = lines.drop { source.isBlank(line: $0.number) }
        } else {
            add("1.  ".utf8 + Array(source.bytes[note.words]), first)
        }
        for line in lines {
            let range = source.range(ofLine: line.number)
            // Without indentation `2. x` would begin the next item, and `===` with it would underline a heading.
            let indents = line.isLazy && source.bytes[range].first != UInt8(ascii: "=")
            let prefix = Array(repeating: UInt8(ascii: " "), count: indents ? 4 : 0)
            let place = TextLayout.Moved(line: line.number, start: range.lowerBound, prefix: prefix.count)
            add(prefix + source.bytes[range], place)
        }
    }

    private mutating func add(_ line: [UInt8], _ place: TextLayout.Moved) {
        bytes.append(contentsOf: line)
        bytes.append(UInt8(ascii: "\n"))
        moved.append(place)
    }
}
