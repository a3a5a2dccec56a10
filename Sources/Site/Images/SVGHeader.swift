import Markdown

/// SVG: `width` and `height` of the root element in pixels, or else the sides of its `viewBox` (SVG 2 §7.2 and §8.6).
enum SVGHeader {
    static func read(_ bytes: [UInt8]) -> ImageHeader.Reading {
        var text = Scan(text: String(decoding: bytes, as: UTF8.self).unicodeScalars[...])
        guard let tag = text.rootTag() else {
            return bytes.count > 1 << 16 ? .unknown : text.isMarkup ? .needsMore : .unknown
        }
        guard tag.isSVG else { return .unknown }
        let box = tag.attributes["viewBox"].flatMap(Self.box)
        let (width, height) = (
            tag.attributes["width"].flatMap(pixels), tag.attributes["height"].flatMap(pixels)
        )
        switch (width, height, box) {
        case (let width?, let height?, _): return reading(width, height)
        case (let width?, nil, let box?): return reading(width, width * box.height / box.width)
        case (nil, let height?, let box?): return reading(height * box.width / box.height, height)
        case (nil, nil, let box?): return reading(box.width, box.height)
        default: return .unknown
        }
    }

    /// Whether the first element is that of an SVG.
    static func isSVG(_ bytes: [UInt8]) -> Bool {
        var text = Scan(text: String(decoding: bytes, as: UTF8.self).unicodeScalars[...])
        return text.rootTag()?.isSVG ?? false
    }

    private static func reading(_ width: Double, _ height: Double) -> ImageHeader.Reading {
        guard width < 1e7, height < 1e7 else { return .unknown }
        return ImageHeader.reading(max(1, Int(width.rounded())), max(1, Int(height.rounded())))
    }

    /// A length without a unit or in `px`; others depend on what is around the image.
    private static func pixels(_ text: String) -> Double? {
        let number = text.hasSuffix("px") ? text.dropLast(2) : text[...]
        guard let value = Double(number), value > 0, value.isFinite else { return nil }
        return value
    }

    private static func box(_ text: String) -> (width: Double, height: Double)? {
        let numbers = text.split { $0 == " " || $0 == "," || $0 == "\n" || $0 == "\t" }.compactMap {
            Double($0)
        }
        guard numbers.count == 4, numbers[2] > 0, numbers[3] > 0, numbers[2].isFinite, numbers[3].isFinite
        else {
            return nil
        }
        return (numbers[2], numbers[3])
    }
}

/// Reads XML as far as the first element's tag.
private struct Scan {
    struct Tag {
        let name: String
        let attributes: [String: String]

        var isSVG: Bool { name == "svg" || name.hasSuffix(":svg") }
    }

    var text: Substring.UnicodeScalarView

    /// Whether what is left could still become an element if more of the file were read.
    var isMarkup: Bool { text.isEmpty || text.first == "<" }

    /// The first element's name and attributes; nil where another text comes first or the tag does not end.
    mutating func rootTag() -> Tag? {
        while true {
            skipBlanks()
            if skip("<?") {
                guard skip(past: "?>") else { return nil }
            } else if skip("<!--") {
                guard skip(past: "-->") else { return nil }
            } else if skip("<!") {
                guard skipDeclaration() else { return nil }
            } else {
                break
            }
        }
        guard text.first == "<" else { return nil }
        let start = text
        text.removeFirst()
        let name = String(take { !$0.properties.isWhitespace && $0 != ">" && $0 != "/" })
        guard let attributes = attributes() else {
            text = start
            return nil
        }
        return Tag(name: name, attributes: attributes)
    }

    private mutating func attributes() -> [String: String]? {
        var attributes: [String: String] = [:]
        while true {
            skipBlanks()
            guard let next = text.first else { return nil }
            if next == ">" || next == "/" { return attributes }
            let name = String(take { $0 != "=" && $0 != ">" && !$0.properties.isWhitespace })
            skipBlanks()
            guard skip("=") else { return nil }
            skipBlanks()
            guard let quote = text.popFirst(), quote == "\"" || quote == "'" else { return nil }
            let value = String(take { $0 != quote })
            guard text.popFirst() != nil else { return nil }
            attributes[name] = value
        }
    }

    /// A document type, perhaps with declarations in brackets.
    private mutating func skipDeclaration() -> Bool {
        var depth = 0
        while let scalar = text.popFirst() {
            if scalar == "[" { depth += 1 }
            if scalar == "]" { depth -= 1 }
            if scalar == ">", depth <= 0 { return true }
        }
        return false
    }

    private mutating func skipBlanks() {
        while let first = text.first, first.properties.isWhitespace || first == "\u{feff}" {
            text.removeFirst()
        }
    }

    private mutating func skip(_ prefix: String) -> Bool {
        guard text.starts(with: prefix.unicodeScalars) else { return false }
        text.removeFirst(prefix.unicodeScalars.count)
        return true
    }

    private mutating func skip(past end: String) -> Bool {
        while !text.isEmpty {
            if skip(end) { return true }
            text.removeFirst()
        }
        return false
    }

    private mutating func take(while isPart: (Unicode.Scalar) -> Bool) -> Substring.UnicodeScalarView {
        let taken = text.prefix(while: isPart)
        text = text[taken.endIndex...]
        return taken
    }
}
