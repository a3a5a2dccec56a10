package import Ground

/// A pattern for the addresses of the pages below one folder, such as `/:year/:month/:slug/`.
package struct Permalink: Hashable, Sendable {
    package enum Part: Hashable, Sendable {
        case text(String)
        case year, month, day, slug, section
    }

    /// Below `content`, such as `news`.
    package let folder: String
    package let parts: [Part]
    /// Where it is written.
    package let place: Place

    /// Nil where the pattern is no path, or has a part that is not known, or names no page.
    init?(_ pattern: String, folder: String, place: Place) {
        // Everything but the parts stays as it is, so what is a path with words in their places is one with them.
        guard PagePath(pattern.replacing(":", with: "")) != nil, pattern.hasSuffix("/") else { return nil }
        var parts: [Part] = []
        var rest = pattern[...]
        while let colon = rest.firstIndex(of: ":") {
            if colon > rest.startIndex { parts.append(.text(String(rest[..<colon]))) }
            let name = rest[rest.index(after: colon)...].prefix { $0.isLetter }
            guard let part = Self.words[String(name)] else { return nil }
            parts.append(part)
            rest = rest[name.endIndex...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        guard parts.contains(.slug) else { return nil }
        self.folder = folder
        self.parts = parts
        self.place = place
    }

    private static let words: [String: Part] = [
        "year": .year, "month": .month, "day": .day, "slug": .slug, "section": .section,
    ]
}
