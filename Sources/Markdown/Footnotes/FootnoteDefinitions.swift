/// A footnote as the author defined it: `[^label]: text`, and the lines that go on with it.
struct FootnoteDefinition {
    /// As written, without `[^` and `]`.
    let label: Substring
    /// The line that begins with the label.
    let line: Int
    /// The words behind the label, on the same line; may be empty.
    let words: Range<Int>
    /// Bytes of the source where what hides the first line is written.
    let mark: Range<Int>
    /// Lines that go on with the note, blank ones too.
    var lines: [Line] = []

    struct Line {
        let number: Int
        /// Whether it goes on with a paragraph without being indented.
        let isLazy: Bool
    }

    /// Labels are compared as those of links are (CommonMark 0.30 §4.7), but for white space, which they cannot hold.
    var key: String { label.lowercased() }
}

/// Finds the footnotes that a text defines.
///
/// A definition begins a line outside of all quotes and lists, with up to three spaces before it, and ends the paragraph
/// above. What follows belongs to it as to an item of a list: lines indented by four columns, blank lines between them,
/// and lines without indentation that only go on with its first paragraph.
struct FootnoteDefinitions {
    private let source: SourceText
    private var block: Node?
    private(set) var found: [FootnoteDefinition] = []

    /// `root` is the tree of the same text, in which a definition is a paragraph, part of one, or gone because libcmark
    /// took it for the definition of a link.
    init(_ source: SourceText, root: Node) {
        self.source = source
        block = root.firstChild
        var line = 1
        while line <= source.lineCount {
            guard var definition = Self.begin(source, line), let end = endOfParagraph(definition) else {
                line += 1
                continue
            }
            line = Self.complete(&definition, paragraphEnd: end, source)
            found.append(definition)
        }
    }
}

extension FootnoteDefinitions {
    /// Reads the beginning of a definition: up to three spaces, `[^label]:` and blanks.
    static func begin(_ source: SourceText, _ line: Int) -> FootnoteDefinition? {
        let bytes = source.bytes
        let whole = source.range(ofLine: line)
        var start = whole.lowerBound
        while start < whole.upperBound, bytes[start] == UInt8(ascii: " "), start - whole.lowerBound < 4 {
            start += 1
        }
        guard start - whole.lowerBound < 4, start + 5 <= whole.upperBound, bytes[start] == UInt8(ascii: "["),
            bytes[start + 1] == UInt8(ascii: "^")
        else { return nil }
        var end = start + 2
        while end < whole.upperBound, isPartOfLabel(bytes[end]) { end += 1 }
        let length = end - start - 2
        guard length > 0, length <= longestLabel, end + 1 < whole.upperBound, bytes[end] == UInt8(ascii: "]"),
            bytes[end + 1] == UInt8(ascii: ":")
        else { return nil }
        var words = end + 2
        while words < whole.upperBound, bytes[words] <= 0x20 { words += 1 }
        return FootnoteDefinition(
            label: Substring(decoding: bytes[(start + 2)..<end], as: UTF8.self),
            line: line,
            words: words..<whole.upperBound,
            mark: start..<whole.upperBound
        )
    }

    /// In bytes; CommonMark allows 999 characters to a link's label.
    private static let longestLabel = 200

    /// What cannot be mistaken for other markup: all but blanks, controls, brackets and a few signs.
    private static func isPartOfLabel(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte != 0x7f && !notOfLabel.contains(byte)
    }

    private static let notOfLabel = ByteSet("[]\\`*<>&|~\"")

    /// The last line of the paragraph that a definition begins or stands in; nil where it is no definition, but code,
    /// HTML, or text inside a quote or list.
    private mutating func endOfParagraph(_ definition: FootnoteDefinition) -> Int? {
        let line = definition.line
        while let passed = block, passed.endLine < line, passed.startLine < line { block = passed.next }
        guard let top = block, top.startLine <= line else { return endOfBareLines(from: line) }
        let leaf = Self.leaf(of: top, line)
        let isIndented = definition.mark.lowerBound > source.range(ofLine: line).lowerBound
        switch leaf.kind {
        case .paragraph where leaf == top || !isIndented: return leaf.endLine
        case .heading where leaf == top || !isIndented:
            // One of several lines, so the last is its underline. Below a note, `---` is a rule.
            guard let underline = source.contentLines(of: leaf, quotes: []).last else { return line }
            return source.bytes[underline.range].contains(UInt8(ascii: "-"))
                ? underline.line - 1 : underline.line
        case .list, .item, .blockQuote: return isIndented ? nil : line
        default: return nil
        }
    }

    /// The innermost block that holds a line.
    private static func leaf(of top: Node, _ line: Int) -> Node {
        var leaf = top
        var child = top.kind.isLeaf || top.kind == .paragraph || top.kind == .heading ? nil : top.lastChild
        while let node = child {
            if node.startLine > line {
                child = node.previous
            } else if node.endLine < line {
                return leaf
            } else {
                leaf = node
                child =
                    node.kind.isLeaf || node.kind == .paragraph || node.kind == .heading
                    ? nil : node.lastChild
            }
        }
        return leaf
    }

    /// The last of the lines that libcmark took for definitions of links, up to a blank one or the next block.
    private func endOfBareLines(from line: Int) -> Int {
        var end = line
        let next = block?.startLine ?? Int.max
        while end + 1 < next, end < source.lineCount, !source.isBlank(line: end + 1) { end += 1 }
        return end
    }

    /// Takes the lines that go on with a definition; returns the first that does not.
    private static func complete(
        _ definition: inout FootnoteDefinition,
        paragraphEnd: Int,
        _ source: SourceText
    ) -> Int {
        var line = definition.line + 1
        let goesOn = beginsParagraph(source, definition.words)
        while goesOn, line <= paragraphEnd, begin(source, line) == nil, !source.isBlank(line: line) {
            definition.lines.append(.init(number: line, isLazy: !source.isIndented(line: line)))
            line += 1
        }
        var end = definition.lines.count
        while line <= source.lineCount {
            let isBlank = source.isBlank(line: line)
            guard isBlank || source.isIndented(line: line) else { break }
            definition.lines.append(.init(number: line, isLazy: false))
            if !isBlank { end = definition.lines.count }
            line += 1
        }
        // Blank lines behind the note are not its own.
        line -= definition.lines.count - end
        definition.lines.removeSubrange(end...)
        return line
    }

    /// Whether the words on a definition's first line can go on without indentation: a heading or a fence cannot.
    private static func beginsParagraph(_ source: SourceText, _ words: Range<Int>) -> Bool {
        let bytes = source.bytes[words]
        return !bytes.isEmpty && bytes.first != UInt8(ascii: "#") && !bytes.starts(with: "```".utf8)
            && !bytes.starts(with: "~~~".utf8)
    }
}

extension SourceText {
    func isBlank(line: Int) -> Bool { bytes[range(ofLine: line)].allSatisfy { $0 <= 0x20 } }

    /// Whether four columns of blanks stand before a line's words (a tab goes to the next fourth column).
    func isIndented(line: Int) -> Bool {
        let range = range(ofLine: line)
        for position in range.lowerBound..<min(range.lowerBound + 4, range.upperBound) {
            if bytes[position] == UInt8(ascii: "\t") { return true }
            if bytes[position] != UInt8(ascii: " ") { return false }
        }
        return range.count >= 4
    }
}
