/// Finds the link reference definitions that a paragraph began with (CommonMark 0.30 §4.7).
///
/// libcmark takes them out of the paragraph and leaves no trace of where its text begins.
struct ReferenceDefinitions {
    private let content: [UInt8]
    private var position = 0

    /// The lines that are left when the definitions at the beginning are taken away.
    static func dropping(from lines: [ContentLine], in bytes: UnsafeBufferPointer<UInt8>) -> [ContentLine] {
        guard lines.count > 1, let first = lines.first, first.count > 0 else { return lines }
        guard bytes[first.start] == UInt8(ascii: "[") else { return lines }
        var content: [UInt8] = []
        for line in lines {
            content.append(contentsOf: bytes[line.range])
            content.append(UInt8(ascii: "\n"))
        }
        var scan = ReferenceDefinitions(content: content)
        var end = 0
        while scan.takeDefinition() { end = scan.position }
        let taken = content[..<end].count { $0 == UInt8(ascii: "\n") }
        return taken < lines.count ? Array(lines[taken...]) : lines
    }

    private init(content: [UInt8]) {
        self.content = content
    }
}

extension ReferenceDefinitions {
    /// Reads one definition up to the end of its last line; says no where the text goes on otherwise.
    private mutating func takeDefinition() -> Bool {
        guard takeLabel(), take(UInt8(ascii: ":")) else { return false }
        skipBlanks(lineEnds: 1)
        guard takeDestination() else { return false }
        let afterDestination = position
        skipBlanks(lineEnds: 1)
        if position > afterDestination, takeTitle(), takeLineEnd() { return true }
        position = afterDestination
        return takeLineEnd()
    }

    private var current: UInt8? { position < content.count ? content[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipBlanks(lineEnds: Int) {
        var left = lineEnds
        while let byte = current {
            if byte == UInt8(ascii: "\n"), left > 0 {
                left -= 1
            } else if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t") {
                return
            }
            position += 1
        }
    }

    private mutating func takeLineEnd() -> Bool {
        skipBlanks(lineEnds: 0)
        return take(UInt8(ascii: "\n")) || current == nil
    }

    private mutating func takeLabel() -> Bool {
        guard take(UInt8(ascii: "[")) else { return false }
        let start = position
        while let byte = current, byte != UInt8(ascii: "["), byte != UInt8(ascii: "]") {
            position += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        return position > start && take(UInt8(ascii: "]"))
    }

    private mutating func takeDestination() -> Bool {
        let start = position
        if take(UInt8(ascii: "<")) {
            while let byte = current, byte != UInt8(ascii: ">"), byte != UInt8(ascii: "<"),
                byte != UInt8(ascii: "\n")
            {
                position += byte == UInt8(ascii: "\\") ? 2 : 1
            }
            return take(UInt8(ascii: ">"))
        }
        while let byte = current, byte > 0x20 { position += byte == UInt8(ascii: "\\") ? 2 : 1 }
        return position > start
    }

    private mutating func takeTitle() -> Bool {
        guard let opener = current else { return false }
        let closer: UInt8
        switch opener {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): closer = opener
        case UInt8(ascii: "("): closer = UInt8(ascii: ")")
        default: return false
        }
        position += 1
        while let byte = current, byte != closer { position += byte == UInt8(ascii: "\\") ? 2 : 1 }
        return take(closer)
    }
}
