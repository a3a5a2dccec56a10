/// HTML on its way to a page, as UTF-8 in one growing buffer.
struct HTMLWriter {
    private(set) var bytes: [UInt8] = []

    init(reserving capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    /// Writes markup as it is.
    mutating func markup(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Writes bytes as they are.
    mutating func verbatim(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: text)
    }

    /// Writes markup that was made elsewhere, as it is.
    mutating func unescaped(_ markup: String) {
        bytes.append(contentsOf: markup.utf8)
    }

    /// Writes bytes as they are.
    mutating func verbatim(_ text: [UInt8]) {
        bytes.append(contentsOf: text)
    }

    mutating func byte(_ byte: UInt8) {
        bytes.append(byte)
    }

    mutating func number(_ value: Int) {
        bytes.append(contentsOf: String(value).utf8)
    }

    /// Begins a new line, unless one has just begun.
    mutating func startLine() {
        if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    }

    /// Writes text in which nothing is markup; fit for elements and for attributes in double quotes.
    mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
        var written = 0
        while let position = Self.special(in: text, from: written) {
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[written..<position]))
            escape(text[position])
            written = position + 1
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[written...]))
    }

    /// Writes text in which nothing is markup; fit for elements and for attributes in double quotes.
    mutating func text(_ text: String) {
        var text = text
        text.withUTF8 { self.text($0) }
    }

    /// Text in which nothing is markup, for markup that a pass makes.
    static func escaped(_ text: String) -> String {
        var writer = HTMLWriter(reserving: text.utf8.count)
        writer.text(text)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Writes an address for an attribute: what is not allowed in a URL is percent-encoded, `%` stays.
    mutating func address(_ url: UnsafeBufferPointer<UInt8>) {
        var written = 0
        for position in url.indices where !ByteSet.urlSafe.contains(url[position]) {
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: url[written..<position]))
            encode(url[position])
            written = position + 1
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: url[written...]))
    }
}

extension HTMLWriter {
    /// The next `"`, `&`, `<` or `>`; looks at eight bytes at once, since most text has none.
    private static func special(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var position = start
        while let word = EightBytes(text, at: position), !word.hasHTMLSpecial { position += 8 }
        while position < text.count {
            if ByteSet.htmlSpecial.contains(text[position]) { return position }
            position += 1
        }
        return nil
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "&"): markup("&amp;")
        case UInt8(ascii: "<"): markup("&lt;")
        case UInt8(ascii: ">"): markup("&gt;")
        default: markup("&quot;")
        }
    }

    private mutating func encode(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "&"): markup("&amp;")
        case UInt8(ascii: "'"): markup("&#x27;")
        default:
            bytes.append(UInt8(ascii: "%"))
            bytes.append(Self.hexDigit(byte >> 4))
            bytes.append(Self.hexDigit(byte & 0x0f))
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
