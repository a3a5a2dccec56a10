import FoundationEssentials
import Gate

/// What a feed calls itself, for its readers.
enum FeedTitle {
    /// Nil where its bytes do not say.
    static func of(_ bytes: some Collection<UInt8>, _ format: FeedFormat) -> String? {
        let title = format == .json ? inJSON(bytes) : inXML(bytes)
        return title.flatMap { $0.isEmpty ? nil : $0 }
    }

    private struct Head: Decodable {
        let title: String
    }

    private static func inJSON(_ bytes: some Collection<UInt8>) -> String? {
        // One that is no JSON Feed has no title.
        try? JSONDecoder().decode(Head.self, from: Data(bytes)).title
    }

    /// The first title is the feed's own (RFC 4287 §4.2.14; RSS 2.0, "Required channel elements").
    private static func inXML(_ bytes: some Collection<UInt8>) -> String? {
        let head = String(decoding: bytes.prefix(4096), as: UTF8.self)
        guard let start = head.firstRange(of: "<title>"),
            let end = head[start.upperBound...].firstRange(of: "</title>")
        else { return nil }
        let text = head[start.upperBound..<end.lowerBound]
        guard !text.contains("<") else { return nil }
        return [
            ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&amp;", "&"),
        ]
        .reduce(String(text)) { $0.replacing($1.0, with: $1.1) }
    }
}

/// What a feed is written in.
enum FeedFormat: String, Sendable {
    case atom = "Atom"
    case json = "JSON Feed"
    case rss = "RSS"

    init(_ feed: Route) {
        self =
            switch feed.mediaType.prefix(while: { $0 != ";" }) {
            case "application/feed+json": .json
            case "application/rss+xml": .rss
            default: .atom
            }
    }
}
