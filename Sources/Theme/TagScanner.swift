import Ground

/// Finds the tags of a template with their places, which swift-mustache does not tell.
struct TagScanner {
    private let bytes: [UInt8]
    private let file: String
    private var position = 0
    private var line = 1
    private var lineStart = 0

    init(_ text: String, file: String) {
        bytes = Array(text.utf8)
        self.file = file
    }

    /// All tags in order; throws at one that has no end.
    mutating func tags() throws(Diagnostic) -> [TemplateTag] {
        var tags: [TemplateTag] = []
        while position < bytes.count {
            if starts("{{") {
                tags.append(try tag())
            } else {
                advance()
            }
        }
        return tags
    }
}

extension TagScanner {
    private mutating func tag() throws(Diagnostic) -> TemplateTag {
        let start = position
        let place = Place(file: file, line: line, column: column)
        position += 2
        let sign = position < bytes.count ? bytes[position] : 0
        let kind = Self.kinds[sign]
        if kind != nil { advance() }
        let nameStart = position
        let closing = sign == UInt8(ascii: "{") ? "}}}" : "}}"
        while position < bytes.count, !starts(closing) { advance() }
        guard position < bytes.count else {
            throw Diagnostic(at: place, "this tag never ends", advice: "close it with '\(closing)'")
        }
        let name = Self.text(bytes[nameStart..<position])
        position += closing.utf8.count
        return TemplateTag(
            kind: kind ?? .variable,
            name: name.split(whereSeparator: \.isWhitespace).joined(separator: " "),
            place: place,
            text: Self.text(bytes[start..<position]),
            range: start..<position
        )
    }

    private mutating func advance() {
        if bytes[position] == UInt8(ascii: "\n") {
            line += 1
            lineStart = position + 1
        }
        position += 1
    }

    private func starts(_ text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

    private var column: Int { Self.text(bytes[lineStart..<position]).count + 1 }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    private static let kinds: [UInt8: TemplateTag.Kind] = [
        UInt8(ascii: "{"): .variable, UInt8(ascii: "&"): .variable, UInt8(ascii: "#"): .section,
        UInt8(ascii: "^"): .section, UInt8(ascii: "$"): .block, UInt8(ascii: ">"): .partial,
        UInt8(ascii: "<"): .parent, UInt8(ascii: "/"): .end, UInt8(ascii: "!"): .comment,
        UInt8(ascii: "="): .refused, UInt8(ascii: "%"): .refused,
    ]
}
