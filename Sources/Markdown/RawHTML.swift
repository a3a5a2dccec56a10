/// What is known about the author's own HTML without parsing it.
enum RawHTML {
    /// Whether a reader would miss it: a comment alone shows nothing.
    static func showsSomething(_ html: UnsafeBufferPointer<UInt8>) -> Bool {
        guard html.starts(with: "<!--".utf8) else { return true }
        let end = html.lastIndex { $0 > 0x20 } ?? 0
        return !(end >= 2 && html[end] == UInt8(ascii: ">") && html[end - 1] == UInt8(ascii: "-"))
    }

    static func isClosingTag(_ html: UnsafeBufferPointer<UInt8>) -> Bool {
        html.count > 1 && html[1] == UInt8(ascii: "/")
    }

    /// Writes HTML with the `<` of the tags that GFM disallows made text (GFM 0.29 §6.11).
    static func write(_ html: UnsafeBufferPointer<UInt8>, to writer: inout HTMLWriter) {
        var written = 0
        for position in html.indices
        where html[position] == UInt8(ascii: "<") && isDisallowed(html[position...]) {
            writer.verbatim(UnsafeBufferPointer(rebasing: html[written..<position]))
            writer.markup("&lt;")
            written = position + 1
        }
        writer.verbatim(UnsafeBufferPointer(rebasing: html[written...]))
    }
}

extension RawHTML {
    /// Tags that change how the HTML behind them is read.
    private static let disallowed = [
        "title", "textarea", "style", "xmp", "iframe", "noembed", "noframes", "script", "plaintext",
    ]

    private static func isDisallowed(_ html: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var tag = html.dropFirst()
        if tag.first == UInt8(ascii: "/") { tag = tag.dropFirst() }
        let name = tag.prefix { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") }
        guard disallowed.contains(where: { name.lazy.map { $0 | 0x20 }.elementsEqual($0.utf8) }) else {
            return false
        }
        let rest = tag[name.endIndex...]
        guard let next = rest.first else { return false }
        let isBlank = next == UInt8(ascii: " ") || (next >= 0x09 && next <= 0x0d)
        return isBlank || next == UInt8(ascii: ">") || rest.starts(with: "/>".utf8)
    }
}
