import Search

/// The words of a page as a search finds and shows them, read from its HTML by one pass.
///
/// What is hidden from readers, scripts and drawings, is left out. A line ends where `MarkupReader` sees a block end, so that
/// the audit finds here the sentences that it knows from the page, and no others.
struct PageText {
    private let html: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var parts = [SearchDocument.Part(anchor: "")]
    private var text: [UInt8] = []
    /// Whether the text stands below a heading that is still being read.
    private var isHeading = false

    /// `description` stands on the page above its text.
    static func parts(html: [UInt8], description: String) -> [SearchDocument.Part] {
        html.withUnsafeBufferPointer { bytes in
            var reader = PageText(html: bytes)
            if !description.isEmpty { reader.text = Array(description.utf8) + [newline] }
            reader.read()
            return reader.parts.filter { !$0.text.isEmpty || !$0.heading.isEmpty }
        }
    }

    private init(html: UnsafeBufferPointer<UInt8>) { self.html = html }
}

extension PageText {
    private static let newline = UInt8(ascii: "\n")
    private static let blank = UInt8(ascii: " ")

    private mutating func read() {
        while position < html.count {
            let start = position
            // Words and the single blanks between them, which are most of a text, in one go.
            while position < html.count,
                Self.isPlain(html[position])
                    || html[position] == Self.blank && position > start && position + 1 < html.count
                        && Self.isPlain(html[position + 1])
            { position += 1 }
            text.append(contentsOf: UnsafeBufferPointer(rebasing: html[start..<position]))
            guard position < html.count else { break }
            switch html[position] {
            case UInt8(ascii: "<"): readTag()
            case UInt8(ascii: "&"): readEntity()
            default:
                position += 1
                part(by: Self.blank)
            }
        }
        endPart()
    }

    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte > blank && byte != UInt8(ascii: "<") && byte != UInt8(ascii: "&")
    }

    /// Writes a blank or a new line, of several the strongest.
    private mutating func part(by byte: UInt8) {
        guard let last = text.last, last != Self.newline else { return }
        if last == Self.blank { text[text.count - 1] = byte } else { text.append(byte) }
    }

    private mutating func endPart() {
        while let last = text.last, last <= Self.blank { text.removeLast() }
        if isHeading { parts[parts.count - 1].heading = text } else { parts[parts.count - 1].text = text }
        text.removeAll(keepingCapacity: true)
        isHeading = false
    }
}

extension PageText {
    private mutating func readTag() {
        position += 1
        guard let first = at(position) else { return }
        if first == UInt8(ascii: "!") {
            skipDeclaration()
            return
        }
        let isEnd = first == UInt8(ascii: "/")
        if isEnd { position += 1 }
        let nameStart = position
        var name: UInt64 = 0
        while let byte = at(position), MarkupNames.isName(byte) {
            name = MarkupNames.appending(byte, to: name)
            position += 1
        }
        let level = heading(nameStart..<position)
        let attributes = position
        skipTag()
        if let level, level > 0 {
            endPart()
            if !isEnd {
                parts.append(SearchDocument.Part(anchor: id(in: attributes..<position)))
                isHeading = true
            }
        } else if MarkupNames.part(name) == .block || name == Self.lineBreak {
            part(by: isHeading ? Self.blank : Self.newline)
        }
        if !isEnd, Self.hidden.contains(name) { skip(to: nameStart..<attributes) }
    }

    /// Past the `>` that ends a tag, which may stand in a quoted value, too.
    private mutating func skipTag() {
        var quote: UInt8?
        while let byte = at(position) {
            position += 1
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return
            }
        }
    }

    private mutating func skipDeclaration() {
        let isComment = html[position...].starts(with: "!--".utf8)
        while let byte = at(position) {
            position += 1
            guard byte == UInt8(ascii: ">") else { continue }
            if !isComment || html[..<(position - 1)].suffix(2).elementsEqual("--".utf8) { return }
        }
    }

    /// To the end tag of an element whose name stands there.
    private mutating func skip(to name: Range<Int>) {
        while position < html.count {
            guard html[position] == UInt8(ascii: "<"), at(position + 1) == UInt8(ascii: "/"),
                html[(position + 2)...].starts(with: html[name], by: { $0 | 0x20 == $1 | 0x20 })
            else {
                position += 1
                continue
            }
            skipTag()
            return
        }
    }

    /// The level of `h1` to `h6`; nil for any other name.
    private func heading(_ name: Range<Int>) -> Int? {
        guard name.count == 2, html[name.lowerBound] | 0x20 == UInt8(ascii: "h"),
            (0x31...0x36).contains(html[name.lowerBound + 1])
        else { return nil }
        return Int(html[name.lowerBound + 1]) - 0x30
    }

    private func id(in attributes: Range<Int>) -> String {
        let bytes = html[attributes]
        guard let start = bytes.firstRange(of: Self.idStart)?.upperBound,
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\""))
        else { return "" }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private func at(_ position: Int) -> UInt8? { position < html.count ? html[position] : nil }

    private static let idStart = Array(" id=\"".utf8)
    private static let lineBreak = number("br")
    private static let hidden: Set<UInt64> = ["script", "style", "svg", "template"].reduce(into: []) {
        $0.insert(number($1))
    }

    private static func number(_ name: String) -> UInt64 {
        name.utf8.reduce(0) { MarkupNames.appending($1, to: $0) }
    }
}

extension PageText {
    private mutating func readEntity() {
        let start = position + 1
        var end = start
        while end < html.count, end - start < 10, MarkupNames.isName(html[end]) || html[end] == 0x23 {
            end += 1
        }
        guard at(end) == UInt8(ascii: ";"), let scalar = Self.character(html[start..<end]) else {
            text.append(UInt8(ascii: "&"))
            position += 1
            return
        }
        position = end + 1
        if scalar == "\u{a0}" {
            part(by: Self.blank)
        } else {
            text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.EncodedScalar())
        }
    }

    private static func character(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Unicode.Scalar? {
        let name = String(decoding: name, as: UTF8.self)
        if name.hasPrefix("#x") || name.hasPrefix("#X") {
            return UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        }
        if name.hasPrefix("#") { return UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init) }
        return named[name]
    }

    /// Those that this program writes; of others the name is shown.
    private static let named: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{a0}",
    ]
}
