import Ground

/// Reads a gate table exactly as `GateTableWriter` writes it, so that a server with many pages is ready at once.
///
/// Gives up at the first byte that is otherwise: `JSONDecoder` then says what it is.
struct GateTableReader {
    /// The bytes are not as they are written here.
    private struct Beyond: Error {}

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    /// Most routes have the media type of the one before, and share its text.
    private var mediaType = ""

    private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The routes as they stand there, not yet checked against each other; nil where the bytes must be decoded.
    static func routes(_ bytes: UnsafeBufferPointer<UInt8>) -> [Route]? {
        var reader = GateTableReader(bytes)
        do throws(Beyond) {
            try reader.take("{\"format\":")
            let format = try reader.number()
            try reader.take(",\"routes\":")
            let routes = try reader.list { reader throws(Beyond) in try reader.route() }
            try reader.take("}")
            return reader.position == bytes.count && format == GateTable.format(of: routes) ? routes : nil
        } catch {
            return nil
        }
    }
}

extension GateTableReader {
    private mutating func route() throws(Beyond) -> Route {
        try take("{\"digest\":")
        let digest = try text()
        let expires = takes(",\"expires\":") ? try number() : nil
        try take(",\"file\":")
        let file = try text()
        var isFingerprinted: Bool?
        if takes(",\"isFingerprinted\":") { isFingerprinted = try flag() }
        try take(",\"kind\":")
        let kind = try word(Route.Kind.self)
        try take(",\"length\":")
        let length = try number()
        try take(",\"mediaType\":")
        let mediaType = try readMediaType()
        try take(",\"path\":")
        guard let path = PagePath(try text()) else { throw Beyond() }
        var renderings: [Rendering]?
        if takes(",\"renderings\":") {
            renderings = try list { reader throws(Beyond) in try reader.rendering() }
        }
        try take(",\"requirements\":")
        let requirements = try list { reader throws(Beyond) in try reader.requirement() }
        try take(",\"source\":")
        let source = try text()
        var target: PagePath?
        if takes(",\"target\":") {
            guard let path = PagePath(try text()) else { throw Beyond() }
            target = path
        }
        var twins: [Twin]?
        if takes(",\"twins\":") { twins = try list { reader throws(Beyond) in try reader.twin() } }
        try take(",\"visibility\":")
        let visibility = try word(Visibility.self)
        try take("}")
        let access = Access(
            visibility: visibility,
            requirements: requirements,
            place: Place(file: source)
        )
        if let target {
            // A redirect is bare; what has more is for `JSONDecoder`, and then for the checks of a table, to refuse.
            let isBare = file.isEmpty && mediaType.isEmpty && digest.isEmpty && length == 0 && twins == nil
            guard kind == .redirect, isBare, isFingerprinted == nil, renderings == nil else { throw Beyond() }
            return Route(path: path, access: access, target: target, source: source, expires: expires)
        }
        var route = Route(
            path: path,
            kind: kind,
            access: access,
            file: file,
            mediaType: mediaType,
            length: length,
            digest: digest,
            source: source,
            expires: expires
        )
        route.isFingerprinted = isFingerprinted
        route.twins = twins
        route.renderings = renderings
        return route
    }

    private mutating func rendering() throws(Beyond) -> Rendering {
        try take("{\"digest\":")
        let digest = try text()
        try take(",\"file\":")
        let file = try text()
        try take(",\"length\":")
        let length = try number()
        try take(",\"requirements\":")
        let requirements = try list { reader throws(Beyond) in try reader.requirement() }
        var rendering = Rendering(requirements: requirements, file: file, length: length, digest: digest)
        if takes(",\"twins\":") { rendering.twins = try list { reader throws(Beyond) in try reader.twin() } }
        try take("}")
        return rendering
    }

    private mutating func twin() throws(Beyond) -> Twin {
        try take("{\"coding\":")
        let coding = try word(ContentCoding.self)
        try take(",\"digest\":")
        let digest = try text()
        try take(",\"file\":")
        let file = try text()
        try take(",\"length\":")
        let length = try number()
        try take("}")
        return Twin(coding: coding, file: file, length: length, digest: digest)
    }

    private mutating func requirement() throws(Beyond) -> Requirement {
        if takes("{\"any\":") { return try combined() }
        try take("{\"labels\":")
        let labels = try list { reader throws(Beyond) in try reader.text() }
        try take(",\"teams\":")
        let teams = try list { reader throws(Beyond) in try reader.text() }
        try take(",\"verified\":")
        let verified = try flag()
        try take("}")
        let facts = labels.map { Fact.label($0) } + teams.map { .team($0) } + (verified ? [.verified] : [])
        let requirement = Requirement(oneOf: facts)
        // Names that are not sorted were not written here, and several kinds at once are another format's.
        guard requirement.oneOf == facts, requirement.isPlain, !facts.isEmpty else { throw Beyond() }
        return requirement
    }

    private mutating func combined() throws(Beyond) -> Requirement {
        let facts = try list { reader throws(Beyond) in
            // Why it is none is for `JSONDecoder` to say.
            guard let fact = try? Fact(try reader.text()) else { throw Beyond() }
            return fact
        }
        try take(",\"labels\":[],\"teams\":[],\"verified\":false}")
        let requirement = Requirement(oneOf: facts)
        guard requirement.oneOf == facts, !requirement.isPlain, !facts.isEmpty else { throw Beyond() }
        return requirement
    }

    private mutating func list<Element>(
        _ read: (inout Self) throws(Beyond) -> Element
    ) throws(Beyond) -> [Element] {
        try take("[")
        var elements: [Element] = []
        guard !takes(UInt8(ascii: "]")) else { return elements }
        repeat { elements.append(try read(&self)) } while takes(UInt8(ascii: ","))
        try take("]")
        return elements
    }

    private mutating func word<Word: RawRepresentable<String>>(_: Word.Type) throws(Beyond) -> Word {
        guard let word = Word(rawValue: try text()) else { throw Beyond() }
        return word
    }

    private mutating func readMediaType() throws(Beyond) -> String {
        let found = try textBytes()
        if !found.elementsEqual(mediaType.utf8) { mediaType = try Self.text(found) }
        return mediaType
    }

    private mutating func text() throws(Beyond) -> String { try Self.text(try textBytes()) }

    private static func text(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) throws(Beyond) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Beyond() }
        return text
    }

    /// A text without anything that is escaped.
    private mutating func textBytes() throws(Beyond) -> Slice<UnsafeBufferPointer<UInt8>> {
        try take("\"")
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            guard bytes[position] >= 0x20, bytes[position] != UInt8(ascii: "\\") else { throw Beyond() }
            position += 1
        }
        try take("\"")
        return bytes[start..<position - 1]
    }

    private mutating func number() throws(Beyond) -> Int {
        let start = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
        let digits = bytes[start..<position]
        guard (1...15).contains(digits.count), digits.count == 1 || digits.first != UInt8(ascii: "0") else {
            throw Beyond()
        }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private mutating func flag() throws(Beyond) -> Bool {
        if takes("true") { return true }
        try take("false")
        return false
    }

    private mutating func take(_ literal: StaticString) throws(Beyond) {
        guard takes(literal) else { throw Beyond() }
    }

    private mutating func takes(_ literal: StaticString) -> Bool {
        let isThere = literal.withUTF8Buffer { literal in
            position + literal.count <= bytes.count
                && bytes[position..<position + literal.count].elementsEqual(literal)
        }
        if isThere { position += literal.utf8CodeUnitCount }
        return isThere
    }

    private mutating func takes(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }
}
