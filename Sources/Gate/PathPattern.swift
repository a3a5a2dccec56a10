package import Ground

/// Which paths a rule of `site.config` speaks of.
///
/// `*` stands for any part of one segment, `**` as a whole segment for any number of segments, none included. So
/// `/members/**` names `/members/`, `/members` and all below, and `/*/draft-*/` names `/a/draft-1/`. Case counts; two
/// spellings of one accented letter do not, as they do not in a `PagePath`.
package struct PathPattern: Hashable, Sendable, CustomStringConvertible {
    /// As it was written.
    package let text: String
    private let segments: [[Character]]

    /// Returns nil where the text could name no path, since its author would believe that the rule holds: where it is
    /// no path itself, where `**` is part of a longer segment, and where it has the brackets of other pattern languages.
    package init?(_ text: String) {
        guard let path = PagePath(text), !text.contains(where: { "[]{}".contains($0) }) else { return nil }
        let segments = Self.segments(of: path)
        guard segments.allSatisfy({ $0 == Self.anySegments || !String($0).contains("**") }) else {
            return nil
        }
        self.text = text
        self.segments = segments
    }

    package var description: String { text }

    /// Whether the pattern names this path; a closing slash makes no difference.
    ///
    /// - Complexity: O(pattern segments × path segments).
    package func matches(_ path: PagePath) -> Bool {
        let path = Self.segments(of: path)
        // reached[p] tells whether the pattern read so far can have consumed p segments of the path.
        var reached = [true] + Array(repeating: false, count: path.count)
        for segment in segments {
            if segment == Self.anySegments {
                for position in 1..<reached.count where reached[position - 1] { reached[position] = true }
            } else {
                var next = Array(repeating: false, count: reached.count)
                for position in path.indices
                where reached[position] && Self.wild(segment, matches: path[position]) {
                    next[position + 1] = true
                }
                reached = next
            }
        }
        return reached[path.count]
    }
}

extension PathPattern {
    private static let anySegments: [Character] = ["*", "*"]

    /// Split at each `/` as `PagePath` does, also where a combining mark follows it and the two make one character.
    private static func segments(of path: PagePath) -> [[Character]] {
        path.text.unicodeScalars.split(separator: "/").map { Array(String($0)) }
    }

    /// One segment with `*` in it against one segment of a path, without backtracking over more than the last star.
    private static func wild(_ pattern: [Character], matches text: [Character]) -> Bool {
        var (atPattern, atText) = (0, 0)
        var star: (pattern: Int, text: Int)?
        while atText < text.count {
            if atPattern < pattern.count, pattern[atPattern] == "*" {
                star = (atPattern, atText)
                atPattern += 1
            } else if atPattern < pattern.count, pattern[atPattern] == text[atText] {
                atPattern += 1
                atText += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                (atPattern, atText) = (last.pattern + 1, last.text + 1)
            } else {
                return false
            }
        }
        return pattern[atPattern...].allSatisfy { $0 == "*" }
    }
}
