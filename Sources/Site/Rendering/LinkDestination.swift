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
        var rest = text[...]
        var fragment: Substring?
        if let hash = rest.utf8.firstIndex(of: UInt8(ascii: "#")) {
            fragment = rest[rest.utf8.index(after: hash)...]
            rest = rest[..<hash]
        }
        let question = rest.utf8.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
        query = rest[question...]
        rest = rest[..<question]
        self.fragment = fragment
        kind = Self.kind(of: rest)
        path = Self.decoded(rest)
    }

    /// The fragment as an `id` would spell it; nil where there is none, or it gives no text.
    var anchor: String? { fragment.flatMap(Self.decoded) }

    private static func kind(of text: Substring) -> Kind {
        let start = text.utf8.prefix(2)
        let isAbsolute = start.first == UInt8(ascii: "/")
        // Browsers take `\` for `/`.
        if start.first == UInt8(ascii: "\\")
            || isAbsolute && "/\\".utf8.contains(start.dropFirst().first ?? 0)
        {
            return .elsewhere
        }
        if isAbsolute { return .absolute }
        let scheme = text.utf8.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "/") }
        return scheme.endIndex < text.utf8.endIndex && text.utf8[scheme.endIndex] == UInt8(ascii: ":")
            ? .elsewhere : .relative
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
