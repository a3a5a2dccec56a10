/// The footnotes of a text, and what refers to them: a note is for those who get a reference to it.
struct NoteScan {
    private struct Note {
        let label: String
        let range: Range<Int>
    }

    private struct Reference {
        let label: String
        let offset: Int
    }

    private let text: [UInt8]
    private var notes: [Note] = []
    private var references: [Reference] = []

    /// Offsets are in bytes; in code nothing is a note.
    init(_ text: [UInt8], code: [Range<Int>]) {
        self.text = text
        var code = code[...]
        var position = 0
        while position + 3 < text.count {
            if let first = code.first, position >= first.lowerBound {
                position = max(position, first.upperBound)
                code.removeFirst()
                continue
            }
            let isEscape = text[position] == UInt8(ascii: "\\")
            guard text[position] == UInt8(ascii: "["), let label = label(at: position) else {
                position += isEscape ? 2 : 1
                continue
            }
            let end = position + label.utf8.count + 3
            if end < text.count, text[end] == UInt8(ascii: ":"), let start = start(ofLineWith: position) {
                notes.append(Note(label: label.lowercased(), range: start..<self.end(from: start)))
            } else {
                references.append(Reference(label: label.lowercased(), offset: position))
            }
            position = end
        }
    }

    /// The notes that something refers to, but nothing of what is left.
    func unread(_ isHidden: [Bool]) -> [Range<Int>] {
        guard !notes.isEmpty else { return [] }
        var read: Set<String> = []
        var found = references.filter { !isHidden[$0.offset] && note(at: $0.offset) == nil }
        // A note that is read may refer to others.
        while let next = found.popLast() {
            guard read.insert(next.label).inserted else { continue }
            let ranges = notes.filter { $0.label == next.label }.map(\.range)
            found += references.filter { reference in
                !isHidden[reference.offset] && ranges.contains { $0.contains(reference.offset) }
            }
        }
        let known = Set(references.map(\.label)).subtracting(read)
        return notes.filter { known.contains($0.label) }.map(\.range)
    }
}

extension NoteScan {
    /// Where something refers to the note that stands at a place; nowhere where none stands there.
    func references(toNoteAt offset: Int) -> [Int] {
        guard let note = note(at: offset) else { return [] }
        return references.filter { $0.label == note.label }.map(\.offset)
    }

    private func note(at offset: Int) -> Note? { notes.first { $0.range.contains(offset) } }

    /// What stands in `[^…]`; nil where there is no such thing.
    private func label(at start: Int) -> String? {
        guard text[start + 1] == UInt8(ascii: "^") else { return nil }
        let label = text[(start + 2)...].prefix { $0 > 0x20 && !"[]\\`*<>&|~\"".utf8.contains($0) }
        guard !label.isEmpty, label.endIndex < text.count, text[label.endIndex] == UInt8(ascii: "]") else {
            return nil
        }
        return String(decoding: label, as: UTF8.self)
    }

    /// Where the line begins on which nothing but three blanks stands before a place; nil where more does.
    private func start(ofLineWith position: Int) -> Int? {
        let start = text[..<position].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return position - start < 4 && text[start..<position].allSatisfy { $0 == 0x20 } ? start : nil
    }

    /// Where the note ends that begins on a line: before the first line behind a blank one that is not indented.
    private func end(from start: Int) -> Int {
        var end = lineEnd(start)
        var position = end
        var isAfterBlank = false
        while position < text.count {
            let next = lineEnd(position)
            let line = text[position..<next]
            let isBlank = line.allSatisfy { $0 <= 0x20 }
            let isIndented = line.starts(with: "    ".utf8) || line.first == 0x09
            if !isBlank, !isIndented, isAfterBlank || beginsBlock(line) { break }
            if !isBlank { end = next }
            isAfterBlank = isBlank
            position = next
        }
        return end
    }

    /// Whether a line ends the paragraph above, though no blank one stands between.
    private func beginsBlock(_ line: ArraySlice<UInt8>) -> Bool {
        let words = line.drop { $0 == 0x20 }
        return ["#", "> ", "- ", "* ", "+ ", "1. ", "1) ", "```", "~~~", "[^", "{%", "<"].contains {
            words.starts(with: $0.utf8)
        }
    }

    private func lineEnd(_ start: Int) -> Int {
        text[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? text.count
    }
}
