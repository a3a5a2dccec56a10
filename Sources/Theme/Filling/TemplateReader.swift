/// Reads a template into steps, by the rules of swift-mustache's parser for tags that have a line for themselves.
///
/// Takes only templates that the library has accepted.
struct TemplateReader {
    /// The template has something that is left to the library: a block, a chain of transforms, an odd line end.
    private struct Beyond: Error {}

    private let bytes: [UInt8]
    private var position = 0

    private init(_ text: String) { bytes = Array(text.utf8) }

    /// Nil where the library must fill the template.
    static func code(of text: String) -> TemplateCode? {
        guard text.allSatisfy(isOrdinary) else { return nil }
        var reader = TemplateReader(text)
        do throws(Beyond) {
            return TemplateCode(steps: try reader.steps(until: nil, atLineStart: true))
        } catch {
            return nil
        }
    }

    /// The library reads characters, this reader bytes; they differ where a mark combines with what parts the text, and
    /// at line ends that nobody uses.
    private static func isOrdinary(_ character: Character) -> Bool {
        let scalars = character.unicodeScalars
        guard scalars.count == 1 || character == "\r\n" else {
            return !scalars.contains { "{} \t\r\n".unicodeScalars.contains($0) }
        }
        return !character.isNewline || character == "\n" || character == "\r\n"
    }
}

extension TemplateReader {
    private enum End { case line, tag, text }

    /// Reads to the end of the section of this name, or of the text.
    private mutating func steps(
        until section: TemplateName?,
        atLineStart: Bool
    ) throws(Beyond) -> [TemplateCode.Step] {
        var steps: [TemplateCode.Step] = []
        var atLineStart = atLineStart
        var blanks: [UInt8] = []
        func flush() {
            if !blanks.isEmpty { steps.append(.text(blanks)) }
            blanks = []
        }
        while position < bytes.count {
            if atLineStart { blanks = readBlanks() }
            let (text, end) = try readText()
            if end == .line || !text.isEmpty {
                steps.append(.text(blanks + text))
                blanks = []
                atLineStart = end == .line
            }
            guard end == .tag else { continue }
            let sign = bytes[position]
            switch sign {
            case UInt8(ascii: "#"), UInt8(ascii: "^"):
                position += 1
                let name = try readName()
                atLineStart = isAlone(atLineStart)
                if !atLineStart { flush() }
                let code = TemplateCode(steps: try self.steps(until: name, atLineStart: atLineStart))
                steps.append(sign == UInt8(ascii: "#") ? .section(name, code) : .inverted(name, code))
            case UInt8(ascii: "/"):
                position += 1
                guard let section, try readName() == section else { throw Beyond() }
                if !isAlone(atLineStart) { flush() }
                return steps
            case UInt8(ascii: "!"):
                try skipComment()
                atLineStart = isAlone(atLineStart)
            case UInt8(ascii: ">"):
                position += 1
                let name = try readWord()
                let indentation = blanks
                flush()
                atLineStart = isAlone(atLineStart)
                steps.append(.partial(name, indentation: atLineStart ? indentation : []))
            default:
                flush()
                steps.append(try readValue())
                atLineStart = false
            }
        }
        guard section == nil else { throw Beyond() }
        return steps
    }

    private mutating func readValue() throws(Beyond) -> TemplateCode.Step {
        switch bytes[position] {
        case UInt8(ascii: "{"):
            position += 1
            let name = try readName()
            guard take("}") else { throw Beyond() }
            return .value(name, isEscaped: false)
        case UInt8(ascii: "&"):
            position += 1
            return .value(try readName(), isEscaped: false)
        default: return .value(try readName(), isEscaped: true)
        }
    }

    /// Up to a line's end, which is part of it, or to a tag, whose braces are passed.
    private mutating func readText() throws(Beyond) -> (text: ArraySlice<UInt8>, end: End) {
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\n"):
                position += 1
                return (bytes[start..<position], .line)
            case UInt8(ascii: "{") where bytes[position...].starts(with: "{{".utf8):
                let text = bytes[start..<position]
                position += 2
                guard position < bytes.count, !"\r\n".utf8.contains(bytes[position]) else { throw Beyond() }
                return (text, .tag)
            default: position += 1
            }
        }
        return (bytes[start...], .text)
    }

    private mutating func readBlanks() -> [UInt8] {
        let start = position
        while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
        return Array(bytes[start..<position])
    }

    private mutating func skipComment() throws(Beyond) {
        while position < bytes.count {
            if take("}}") { return }
            position += 1
        }
        throw Beyond()
    }

    /// Whether a tag has a line for itself; then the line's end is passed.
    private mutating func isAlone(_ beganLine: Bool) -> Bool {
        guard beganLine, position < bytes.count else { return beganLine }
        var end = position
        while end < bytes.count, Self.isBlank(bytes[end]) { end += 1 }
        if bytes[end...].first == UInt8(ascii: "\r") { end += 1 }
        guard bytes[end...].first == UInt8(ascii: "\n") else { return false }
        position = end + 1
        return true
    }

    private mutating func readName() throws(Beyond) -> TemplateName {
        guard let name = TemplateName(try readWord()) else { throw Beyond() }
        return name
    }

    /// The word in a tag, with the tag's end.
    private mutating func readWord() throws(Beyond) -> String {
        skipSpace()
        let start = position
        while position < bytes.count, Self.isNamePart(bytes[position]) { position += 1 }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        skipSpace()
        guard take("}}") else { throw Beyond() }
        return word
    }

    private mutating func skipSpace() {
        while position < bytes.count, Self.isBlank(bytes[position]) || "\r\n".utf8.contains(bytes[position]) {
            position += 1
        }
    }

    private mutating func take(_ text: String) -> Bool {
        guard bytes[position...].starts(with: text.utf8) else { return false }
        position += text.utf8.count
        return true
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: ".-_?()*/".utf8.contains(byte)
        }
    }
}

extension TemplateName {
    /// Nil where it is more than one transform of one name.
    fileprivate init?(_ text: String) {
        let parts = text.split(separator: "(", omittingEmptySubsequences: false)
        switch parts.count {
        case 1:
            guard !text.isEmpty, let subject = Self.subject(parts[0]) else { return nil }
            self.init(subject: subject, transform: nil)
        case 2:
            guard parts[1].last == ")", let subject = Self.subject(parts[1].dropLast()) else { return nil }
            self.init(subject: subject, transform: String(parts[0]))
        default: return nil
        }
    }

    private static func subject(_ text: Substring) -> Subject? {
        if text.isEmpty { return .element }
        if text == "." { return .current }
        let parts = text.split(separator: ".").map(String.init)
        // The library would find `values` by reflection in an empty list.
        guard !parts.isEmpty, !parts.contains("values"), !text.contains(where: { ")/".contains($0) }) else {
            return nil
        }
        return text.hasPrefix(".") ? .own(parts) : .path(parts)
    }
}
