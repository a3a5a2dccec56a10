import Ground

extension PartScan {
    /// Stands in the text for the tags of parts, with their numbers; where a page shows it, that is code to it.
    private static let mark = "gatehouse~part~"

    /// The numbers of the parts whose tags are shown in a page's HTML.
    static func marks(in html: [UInt8]) -> Set<Int> {
        guard html.holds(mark.utf8) else { return [] }
        var marks: Set<Int> = []
        var rest = html[...]
        while let found = rest.firstRange(of: Array(mark.utf8)) {
            rest = rest[found.upperBound...]
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            if let number = Int(String(decoding: digits, as: UTF8.self)) { marks.insert(number) }
        }
        return marks
    }

    /// The text as some readers get it: without the words of other parts, and without the notes that only those refer to.
    ///
    /// Where a part was, an `if` stands that always holds, since it parts blocks, cells and lines as a part does.
    func text(_ gets: (Part) -> Bool) -> String {
        var isHidden = [Bool](repeating: false, count: text.count)
        var tags: [Int: (end: Int, words: String)] = [:]
        // Within the words of a paragraph no line may stay behind: an empty one would end it.
        var isInline = isHidden
        func hide(_ range: Range<Int>, inline: Bool) {
            for position in range {
                isHidden[position] = true
                if inline { isInline[position] = true }
            }
        }
        for (number, part) in parts.enumerated() where !isHidden[part.tag.lowerBound] {
            let inline = !isAlone(part.tag)
            // An invitation parts the words around it; so does a blank.
            let gap = inline && !gets(part) && part.other.isEmpty ? " " : ""
            let tag = "{% if \"\(Self.mark)\(number)\" %}\(gap)"
            tags[part.tag.lowerBound] = (part.tag.upperBound, tag)
            tags[part.close.lowerBound] = (part.close.upperBound, "{% /if %}")
            hide(part.middle, inline: inline)
            hide(gets(part) ? part.other : part.words, inline: inline)
        }
        for note in NoteScan(text, code: code).unread(isHidden) { hide(note, inline: false) }
        var result: [UInt8] = []
        var isPrefix = false
        var position = 0
        while position < text.count {
            if !isHidden[position], let tag = tags[position] {
                result += tag.words.utf8
                position = tag.end
                continue
            }
            let byte = text[position]
            if !isHidden[position] {
                result.append(byte)
            } else if !isInline[position] {
                // What a line begins with places it in a list or a quote.
                if byte == UInt8(ascii: "\n") {
                    isPrefix = true
                    result.append(byte)
                } else if isPrefix, Self.isBlank(byte) || byte == UInt8(ascii: ">") {
                    result.append(byte)
                } else {
                    isPrefix = false
                }
            }
            position += 1
        }
        return String(decoding: result, as: UTF8.self)
    }
}
