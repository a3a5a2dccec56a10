/// A link's destination, parted (RFC 3986 §3).
struct LinkDestination {
    enum Kind {
        /// Has a scheme or a host: not of this site.
        case elsewhere
        /// Begins with `/`.
        case absolute
        /// Begins from where the page is; empty for the page itself.
        case relative
    }

    let kind: Kind
    /// Percent-decoded; nil where that gives no text.
    let path: String?
    /// With its `?`, as written; empty where there is none.
    let query: Substring
    /// Without its `#`, as written; nil where there is none.
    let fragment: Substring?

    init(_ text: String) {
        let bytes = text.utf8
        let hash = bytes.firstIndex(of: UInt8(ascii: "#"))
        let end = hash ?? bytes.endIndex
        let question = bytes[..<end].firstIndex(of: UInt8(ascii: "?")) ?? end
        fragment = hash.map { text[bytes.index(after: $0)...] }
        query = text[question..<end]
        kind = Self.kind(of: bytes[..<question])
        path =
            question == bytes.endIndex && !bytes.contains(UInt8(ascii: "%"))
            ? text : Self.decoded(text[..<question])
    }

    /// The fragment as an `id` would spell it; nil where there is none, or it gives no text.
    var anchor: String? { fragment.flatMap(Self.decoded) }

    private static func kind(of text: Substring.UTF8View) -> Kind {
        var rest = text.makeIterator()
        guard let first = rest.next() else { return .relative }
        // Browsers take `\` for `/`.
        func isSlash(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") }
        if first == UInt8(ascii: "\\") { return .elsewhere }
        if first == UInt8(ascii: "/") { return isSlash(rest.next()) ? .elsewhere : .absolute }
        let end = text.first { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }
        return end == UInt8(ascii: ":") ? .elsewhere : .relative
    }

    /// Decodes `%xx` once; what is no `%xx` stays as it is, since authors write `100%.md`.
    private static func decoded(_ text: Substring) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(rest.prefix(2)) ?? "", radix: 16),
                rest.prefix(2).count == 2
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
