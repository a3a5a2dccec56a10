/// How the words of a file are to be read, by the ending of its name.
enum TextForm: Sendable {
    /// HTML.
    case markup
    /// XML, which may hold HTML with its `<` written as `&lt;`.
    case xml
    /// JSON, which may hold HTML in its strings.
    case json
    /// JSON of the site's search, whose strings are plain text with a line for each block.
    case index
    /// Anything else: plain text, and pictures, in which a camera or an editor may have left words.
    case plain

    init(file: some StringProtocol) {
        let name = file.lowercased()
        let ending = name.lastIndex(of: ".").map { name[name.index(after: $0)...] } ?? ""
        self =
            switch ending {
            case "html", "htm", "xhtml", "mustache": .markup
            case "xml", "svg", "atom", "rss", "xsl": .xml
            case "json" where Self.isIndex(file): .index
            case "json", "webmanifest", "map", "jsonld", "geojson": .json
            default: .plain
            }
    }

    /// Whether a file of a release belongs to an index of the site's search.
    static func isIndex(_ file: some StringProtocol) -> Bool {
        file.hasPrefix("public" + SearchPlan.root) || file.hasPrefix("private" + SearchPlan.root)
    }

    /// Tells all words to a listener.
    func read<Listener: WordListener>(_ bytes: [UInt8], into listener: inout Listener) {
        switch self {
        case .markup: Self.readMarkup(bytes, into: &listener)
        case .xml:
            Self.readMarkup(bytes, into: &listener)
            // Once more as a feed reader sees it.
            if let inner = EscapedMarkup.decoded(bytes) { Self.readMarkup(inner, into: &listener) }
        case .json: Self.readMarkup(JSONStrings.joined(bytes), into: &listener)
        case .index:
            for line in JSONStrings.joined(bytes, isPlain: true).split(separator: UInt8(ascii: "\n")) {
                line.withUnsafeBufferPointer { PlainReader.read($0, into: &listener) }
                listener.part(.block)
            }
        case .plain:
            bytes.withUnsafeBufferPointer { PlainReader.read($0, into: &listener) }
            listener.part(.block)
        }
    }

    private static func readMarkup<Listener: WordListener>(_ bytes: [UInt8], into listener: inout Listener) {
        bytes.withUnsafeBufferPointer { MarkupReader.read($0, into: &listener) }
        listener.part(.block)
    }
}
