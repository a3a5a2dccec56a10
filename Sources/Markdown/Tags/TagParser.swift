/// Reads what stands between `{%` and `%}`.
///
/// Costs time in proportion to the tag's length; how deep values may lie in one another is limited, since it recurses.
struct TagParser {
    static let deepest = 20

    var bytes: ArraySlice<UInt8>
    var depth = 0

    /// Takes the whole tag with its braces; `offset` is where it begins in the author's text.
    static func parse(
        _ tag: UnsafeBufferPointer<UInt8>,
        at offset: Int
    ) throws(TagSyntaxError) -> TagSyntax {
        // An array whose indices are the author's would hold all bytes before the tag; so the offset is added later.
        var parser = TagParser(bytes: Array(tag)[2..<(tag.count - 2)])
        do throws(TagSyntaxError) {
            return try parser.tag(from: offset)
        } catch {
            throw TagSyntaxError(error.offset + offset, error.problem, advice: error.advice)
        }
    }
}

extension TagParser {
    private mutating func tag(from base: Int) throws(TagSyntaxError) -> TagSyntax {
        skipBlanks()
        guard let first = bytes.first else {
            throw TagSyntaxError(
                0,
                "an empty tag",
                advice: "write a name in it, or '\\{%' to show the characters"
            )
        }
        if first == UInt8(ascii: "/") { return try closingTag(base) }
        if first == UInt8(ascii: "$") || first == UInt8(ascii: "@") || looksLikeCall {
            let value = try value(base)
            try end(after: "a value")
            return TagSyntax(
                kind: .interpolation(value),
                name: "",
                primary: nil,
                attributes: [],
                nameOffset: base + 2
            )
        }
        if first == UInt8(ascii: "#") || first == UInt8(ascii: ".") || looksLikeAttribute {
            let attributes = try attributes(base)
            try end(after: "an annotation")
            return TagSyntax(
                kind: .annotation,
                name: "",
                primary: nil,
                attributes: attributes,
                nameOffset: base + 2
            )
        }
        return try namedTag(base)
    }

    private mutating func closingTag(_ base: Int) throws(TagSyntaxError) -> TagSyntax {
        bytes.removeFirst()
        skipBlanks()
        let offset = bytes.startIndex
        let name = try identifier("the name of the tag that is closed")
        try end(after: "'/\(name)'")
        return TagSyntax(kind: .close, name: name, primary: nil, attributes: [], nameOffset: base + offset)
    }

    private mutating func namedTag(_ base: Int) throws(TagSyntaxError) -> TagSyntax {
        let offset = bytes.startIndex
        let name = try identifier("a tag's name")
        let hasGap = bytes.first.map(Self.isBlank) ?? true
        skipBlanks()
        var primary: TagExpression?
        if let next = bytes.first, next != UInt8(ascii: "/"), !looksLikeAttribute,
            next != UInt8(ascii: "#"), next != UInt8(ascii: ".")
        {
            guard hasGap else {
                throw TagSyntaxError(bytes.startIndex, "\(found) cannot stand in a tag's name")
            }
            primary = try value(base)
        }
        let attributes = try attributes(base)
        skipBlanks()
        let isSelfClosing = bytes.first == UInt8(ascii: "/")
        if isSelfClosing { bytes.removeFirst() }
        try end(after: isSelfClosing ? "'/'" : "the tag '\(name)'")
        return TagSyntax(
            kind: isSelfClosing ? .selfClosing : .open,
            name: name,
            primary: primary,
            attributes: attributes,
            nameOffset: base + offset
        )
    }

    private mutating func attributes(_ base: Int) throws(TagSyntaxError) -> [TagSyntax.Attribute] {
        var attributes: [TagSyntax.Attribute] = []
        while true {
            skipBlanks()
            guard let next = bytes.first, next != UInt8(ascii: "/") else { return attributes }
            let offset = bytes.startIndex
            switch next {
            case UInt8(ascii: "#"), UInt8(ascii: "."):
                bytes.removeFirst()
                let valueOffset = bytes.startIndex
                let isID = next == UInt8(ascii: "#")
                let word = try word(isID ? "an id" : "a class", withStops: isID)
                attributes.append(
                    TagSyntax.Attribute(
                        name: isID ? "id" : "class",
                        value: .value(.text(word)),
                        offset: base + offset,
                        valueOffset: base + valueOffset
                    )
                )
            default:
                let name = try identifier("an attribute's name")
                guard bytes.first == UInt8(ascii: "=") else {
                    throw TagSyntaxError(
                        offset,
                        "the attribute '\(name)' has no value",
                        advice: "write \(name)=\"…\", or \(name)=true"
                    )
                }
                bytes.removeFirst()
                let valueOffset = bytes.startIndex
                attributes.append(
                    TagSyntax.Attribute(
                        name: name,
                        value: try value(base),
                        offset: base + offset,
                        valueOffset: base + valueOffset
                    )
                )
            }
        }
    }

    private mutating func end(after what: String) throws(TagSyntaxError) {
        skipBlanks()
        guard bytes.isEmpty else {
            throw TagSyntaxError(bytes.startIndex, "\(found) is not expected after \(what)")
        }
    }

    /// Whether `name(` stands here.
    private var looksLikeCall: Bool {
        let name = bytes.prefix(while: Self.isPartOfName)
        return !name.isEmpty && name.endIndex < bytes.endIndex && bytes[name.endIndex] == UInt8(ascii: "(")
    }

    /// Whether `name=` stands here.
    private var looksLikeAttribute: Bool {
        let name = bytes.prefix(while: Self.isPartOfName)
        return !name.isEmpty && name.endIndex < bytes.endIndex && bytes[name.endIndex] == UInt8(ascii: "=")
    }
}
