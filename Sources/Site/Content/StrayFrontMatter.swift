import Ground

/// Finds front matter that was not read, at the beginning of a page that has none.
///
/// It would be shown as text and not be obeyed: `visibility` above all.
enum StrayFrontMatter {
    /// Throws where the text's first words are no fence but look like one, or where one of its first lines is a key
    /// that says for whom the page is.
    ///
    /// `text` is the whole file, or what follows front matter in which nothing stands.
    static func refuse(in text: String, file: String, firstLine: Int) throws(Diagnostic) {
        var rest = text.unicodeScalars[...]
        var isFirst = firstLine == 1
        for number in firstLine..<(firstLine + depth) where !rest.isEmpty {
            let end = rest.firstIndex { $0 == "\n" || $0 == "\r" } ?? rest.endIndex
            let line = rest[..<end]
            // Some editors show these as ends of lines, too.
            for piece in line.split(whereSeparator: isBreak) {
                let words = piece.drop(while: isUnseen)
                if words.isEmpty { continue }
                let column = String(line[..<words.startIndex]).count + 1
                let place = Place(file: file, line: number, column: column)
                if isFirst { try refuseFence(words, of: line, at: place) }
                isFirst = false
                try refuseKey(words, at: place)
            }
            rest = rest[end...].dropFirst(rest[end...].starts(with: "\r\n".unicodeScalars) ? 2 : 1)
        }
    }
}

extension StrayFrontMatter {
    private typealias Words = Substring.UnicodeScalarView

    /// Lines that are looked at: a page may begin with a comment or a code fence before its keys.
    private static let depth = 30
    private static let keys = ["visibility", "allow", "draft"]

    private static func refuseFence(_ words: Words, of line: Words, at place: Place) throws(Diagnostic) {
        guard let fence = ["---", "+++", "{"].first(where: { words.starts(with: $0.unicodeScalars) }) else {
            return
        }
        let rest = words.dropFirst(fence.unicodeScalars.count)
        let otherwise = fence == "---" ? ", or write '***' where a line across the page is meant" : ""
        if rest.allSatisfy(isUnseen), place.line > 1 || words.startIndex != line.startIndex {
            throw Diagnostic(
                at: place,
                "front matter begins on the first line, without blanks before it",
                advice: "move the '\(fence)' there\(otherwise)"
            )
        }
        // In JSON a brace may begin anything; only with a key behind it does it look like front matter.
        if fence == "{", rest.first(where: { !isUnseen($0) }) != "\"" { return }
        throw Diagnostic(
            at: place,
            "this begins like front matter, but is no line of '\(fence)' and nothing else",
            advice: "write '\(fence)' alone on the line\(otherwise)"
        )
    }

    /// A key in YAML, TOML or JSON, in whatever case.
    private static func refuseKey(_ words: Words, at place: Place) throws(Diagnostic) {
        let words = words.drop { isUnseen($0) || "\"'{".unicodeScalars.contains($0) }
        let name = words.prefix { $0.properties.isAlphabetic }
        let after = words[name.endIndex...].drop { isUnseen($0) || "\"'".unicodeScalars.contains($0) }
        guard let sign = after.first, ":=\u{ff1a}".unicodeScalars.contains(sign),
            name.count <= 10, keys.contains(String(name).lowercased())
        else { return }
        throw Diagnostic(
            at: place,
            "'\(String(name))' stands here as text, since no front matter was read",
            advice:
                "put it between two lines '---', the first of them the file's first; if it is text, give the page front matter with a 'title'"
        )
    }

    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        ["\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
    }

    /// White space of any kind, byte order marks, and what has no width.
    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value > 0x20, scalar.value < 0x7f { return false }
        let properties = scalar.properties
        return properties.isWhitespace || properties.isDefaultIgnorableCodePoint
            || [.control, .format].contains(properties.generalCategory)
    }
}
