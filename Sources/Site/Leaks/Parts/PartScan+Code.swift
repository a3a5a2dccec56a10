/// What makes code of a tag: fences and backticks.
///
/// What is no code for sure is none, and a tag in it one.
extension PartScan {
    func isLineStart(_ position: Int) -> Bool { position == 0 || text[position - 1] == UInt8(ascii: "\n") }

    /// The fence that a line may begin code with.
    func fence(on start: Int) -> (mark: UInt8, length: Int)? {
        let line = text[start..<lineEnd(from: start)]
        let words = line.dropFirst(Self.prefix(of: line))
        guard let mark = words.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else {
            return nil
        }
        let length = words.prefix { $0 == mark }.count
        let isFence = length >= 3 && (mark == UInt8(ascii: "~") || !words.dropFirst(length).contains(mark))
        return isFence ? (mark, length) : nil
    }

    /// The end of the line that closes a fence; nil where none does.
    func end(of fence: (mark: UInt8, length: Int), from start: Int) -> Int? {
        var position = nextLine(from: start)
        while position < text.count {
            let line = text[position..<lineEnd(from: position)]
            let words = line.drop { Self.isBlank($0) || $0 == UInt8(ascii: ">") }
            position = nextLine(from: position)
            let rest = words.drop { $0 == fence.mark }
            if words.count - rest.count >= fence.length, rest.allSatisfy(Self.isBlank) { return position }
        }
        return nil
    }

    /// The end of words in as many backticks as stand before them; nil where their paragraph ends first.
    func endOfCode(from start: Int, _ length: Int) -> Int? {
        var position = start
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: "`"):
                let run = text[position...].prefix { $0 == UInt8(ascii: "`") }.count
                position += run
                if run == length { return position }
            case UInt8(ascii: "\n") where endsParagraph(position + 1): return nil
            default: position += 1
            }
        }
        return nil
    }

    /// Whether nothing but a tag stands on the line of it, so that it is a block.
    func isAlone(_ tag: Range<Int>) -> Bool {
        let start = text[..<tag.lowerBound].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let before = text[start..<tag.lowerBound]
        return Self.prefix(of: before) == before.count
            && text[tag.upperBound..<lineEnd(from: tag.upperBound)].allSatisfy(Self.isBlank)
    }

    /// Whether a line goes on with no paragraph: an empty one, or one that may begin something else.
    private func endsParagraph(_ start: Int) -> Bool {
        let words = text[start..<lineEnd(from: start)].drop { Self.isBlank($0) || $0 == UInt8(ascii: ">") }
        guard let first = words.first else { return true }
        if words.starts(with: "{%".utf8) { return words.last { !Self.isBlank($0) } == UInt8(ascii: "}") }
        return Self.prefix(of: words) > 0 || "#|".utf8.contains(first) || words.starts(with: "```".utf8)
            || words.starts(with: "~~~".utf8) || words.allSatisfy { "=-*_ \t\r".utf8.contains($0) }
    }

    /// How many bytes of a line are blanks, marks of quotes and of list items.
    private static func prefix(of line: ArraySlice<UInt8>) -> Int {
        var rest = line.drop(while: isBlank)
        while let first = rest.first {
            if first == UInt8(ascii: ">") {
                rest = rest.dropFirst().drop(while: isBlank)
                continue
            }
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            let mark = digits.isEmpty ? "-+*" : ".)"
            let behind = rest[digits.endIndex...]
            guard let byte = behind.first, mark.utf8.contains(byte),
                behind.dropFirst().first.map(isBlank) ?? true
            else { break }
            rest = behind.dropFirst().drop(while: isBlank)
        }
        return line.count - rest.count
    }

    func lineEnd(from start: Int) -> Int { text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count }

    func nextLine(from start: Int) -> Int { min(lineEnd(from: start) + 1, text.count) }

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
}
