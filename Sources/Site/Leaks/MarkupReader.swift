/// Tells the words of HTML or XML: those of the text, and those in attributes, comments and scripts.
///
/// It reads whatever is there, well formed or not, in one pass. It need not agree with a browser about broken markup: what it
/// takes for a tag it still reads as attributes.
struct MarkupReader<Listener: WordListener> {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var words = WordBytes()
    private(set) var listener: Listener

    static func read(_ bytes: UnsafeBufferPointer<UInt8>, into listener: inout Listener) {
        var reader = MarkupReader(bytes: bytes, listener: listener)
        reader.readText()
        listener = reader.listener
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, listener: Listener) {
        self.bytes = bytes
        self.listener = listener
    }
}

extension MarkupReader {
    private mutating func readText() {
        while true {
            position = words.takeRun(bytes, from: position)
            guard position < bytes.count else { break }
            let byte = bytes[position]
            if byte == UInt8(ascii: "<"), let next = byteAhead(1), MarkupNames.beginsTag(next) {
                endWord()
                readTag(next)
            } else if byte == UInt8(ascii: "&") {
                endWord()
                skipEntity()
            } else {
                take(byte, isAside: false)
            }
        }
        endWord()
    }

    @inline(__always)
    private mutating func take(_ byte: UInt8, isAside: Bool) {
        let punctuation = WordBytes.punctuation(bytes, at: position)
        if punctuation == 0, words.take(byte) {
            position += 1
            return
        }
        if isAside { endAsideWord() } else { endWord() }
        position += max(1, punctuation)
    }

    @inline(__always)
    private mutating func endWord() {
        if let word = words.end() { listener.word(word) }
    }

    @inline(__always)
    private mutating func endAsideWord() {
        if let word = words.end() { listener.asideWord(word) }
    }

    private func byteAhead(_ distance: Int) -> UInt8? {
        position + distance < bytes.count ? bytes[position + distance] : nil
    }

    /// An entity parts words: those that stand for letters are not written by anything that builds pages.
    private mutating func skipEntity() {
        var end = position + 1
        while end < bytes.count, end - position < 32, MarkupNames.isName(bytes[end]) || bytes[end] == 0x23 {
            end += 1
        }
        position = end < bytes.count && bytes[end] == UInt8(ascii: ";") ? end + 1 : position + 1
    }
}

extension MarkupReader {
    private mutating func readTag(_ next: UInt8) {
        switch next {
        case UInt8(ascii: "!"): readDeclaration()
        case UInt8(ascii: "?"): skip(past: ">")
        case UInt8(ascii: "/"):
            position += 2
            let name = readName()
            part(name)
            skip(past: ">")
        default:
            position += 1
            let name = readName()
            part(name)
            readAttributes()
            if MarkupNames.holdsCode(name) { readCode() }
        }
    }

    private mutating func part(_ name: UInt64) {
        if let part = MarkupNames.part(name) { listener.part(part) }
    }

    /// The name as a number, its letters small; 0 where there is none.
    private mutating func readName() -> UInt64 {
        var name: UInt64 = 0
        while position < bytes.count, MarkupNames.isName(bytes[position]) {
            name = MarkupNames.appending(bytes[position], to: name)
            position += 1
        }
        return name
    }

    private mutating func readAttributes() {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: ">") {
                position += 1
                return
            }
            guard MarkupNames.isName(byte) else {
                position += 1
                continue
            }
            let name = readName()
            while let byte = byteAhead(0), byte <= 0x20 { position += 1 }
            guard byteAhead(0) == UInt8(ascii: "=") else { continue }
            position += 1
            while let byte = byteAhead(0), byte <= 0x20 { position += 1 }
            readValue(isText: !MarkupNames.isTechnical(name))
        }
    }

    private mutating func readValue(isText: Bool) {
        guard let quote = byteAhead(0) else { return }
        let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
        if isQuoted { position += 1 }
        while position < bytes.count {
            let byte = bytes[position]
            if isQuoted ? byte == quote : byte <= 0x20 || byte == UInt8(ascii: ">") { break }
            if !isText {
                position += 1
            } else if byte == UInt8(ascii: "&") {
                endAsideWord()
                skipEntity()
            } else {
                take(byte, isAside: true)
            }
        }
        endAsideWord()
        listener.asideEnds()
        if isQuoted { position += 1 }
    }

    /// Comments are read, the text of a CDATA section is text, and of other declarations nothing is said.
    private mutating func readDeclaration() {
        if starts("<!--") {
            position += 4
            readAside(upTo: "-->")
        } else if starts("<![CDATA[") {
            position += 9
        } else {
            skip(past: ">")
        }
    }

    /// The code of a script or a style, up to its closing tag.
    private mutating func readCode() { readAside(upTo: "</") }

    private mutating func readAside(upTo end: StaticString) {
        while position < bytes.count, !starts(end) {
            // What a backslash takes with it is no letter of a word: `\n`.
            if bytes[position] == UInt8(ascii: "\\") {
                endAsideWord()
                position += 2
            } else {
                take(bytes[position], isAside: true)
            }
        }
        endAsideWord()
        listener.asideEnds()
    }

    private mutating func skip(past byte: Unicode.Scalar) {
        while position < bytes.count, bytes[position] != UInt8(ascii: byte) { position += 1 }
        position += 1
    }

    private func starts(_ text: StaticString) -> Bool {
        guard position + text.utf8CodeUnitCount <= bytes.count else { return false }
        return (0..<text.utf8CodeUnitCount).allSatisfy { bytes[position + $0] == text.utf8Start[$0] }
    }
}
