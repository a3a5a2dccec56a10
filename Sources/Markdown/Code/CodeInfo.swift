internal import Ground

/// What an author says behind an opening fence: ```` ```swift title="Gate.swift" {2,4-6} numbers ````.
struct CodeInfo: Equatable {
    /// Words that mean nothing here: other tools have their own, and who comes from there would wait for what they do.
    struct Problem: Equatable {
        let problem: String
        let advice: String
    }

    private(set) var language = ""
    /// Stands above the code.
    private(set) var title = ""
    /// Lines that stand out, counted from 1.
    private(set) var marked: [ClosedRange<Int>] = []
    private(set) var isNumbered = false
    private(set) var problems: [Problem] = []

    /// The class of numbered code.
    static let numbered = "code-numbered"

    init(_ info: some Sequence<UInt8>) {
        var rest = Substring(decoding: Array(info), as: UTF8.self)
        language = String(Self.word(&rest))
        while !rest.isEmpty {
            if rest.hasPrefix("title=\"") {
                readTitle(&rest)
            } else if rest.hasPrefix("{") {
                readLines(&rest)
            } else if rest.hasPrefix("title=") {
                refuseTitle(&rest)
            } else {
                let word = Self.word(&rest)
                if word == "numbers" { isNumbered = true } else { refuse(word) }
            }
            rest = rest.drop(while: \.isWhitespace)
        }
    }

    /// Whether lines must be told apart in the HTML.
    var hasLines: Bool { isNumbered || !marked.isEmpty }

    func isMarked(_ line: Int) -> Bool { marked.contains { $0.contains(line) } }

    /// The marked lines that code of so many lines does not have.
    func problems(inLines count: Int) -> [Problem] {
        marked.filter { $0.upperBound > count }.map {
            let line = max($0.lowerBound, count + 1)
            let lines = count == 1 ? "1 line" : "\(count) lines"
            return Problem(problem: "the code has no line \(line)", advice: "it has \(lines), counted from 1")
        }
    }
}

extension CodeInfo {
    private static let options = ["title=\"…\"", "{2,4-6}", "numbers"]
    private static let known = "known here: " + options.joined(separator: ", ")

    private mutating func readTitle(_ rest: inout Substring) {
        rest = rest.dropFirst("title=\"".count)
        title = String(rest.prefix { $0 != "\"" })
        rest = rest.dropFirst(title.count)
        if rest.isEmpty {
            problems.append(Problem(problem: "the title is never closed", advice: "close it with '\"'"))
        }
        rest = rest.dropFirst()
    }

    private mutating func refuseTitle(_ rest: inout Substring) {
        let text = rest.dropFirst("title=".count)
        let quote = text.first == "'" ? text.dropFirst().firstIndex(of: "'") : nil
        let title = quote.map { text[..<$0].dropFirst() } ?? text.prefix { !$0.isWhitespace }
        rest = quote.map { text[$0...].dropFirst() } ?? text[title.endIndex...]
        problems.append(
            Problem(problem: "a title stands in double quotes", advice: "write title=\"\(title)\"")
        )
    }

    private mutating func readLines(_ rest: inout Substring) {
        let text = rest.dropFirst().prefix { $0 != "}" }
        rest = rest[text.endIndex...]
        if rest.isEmpty {
            problems.append(Problem(problem: "'{\(text)' is never closed", advice: "close it with '}'"))
        }
        rest = rest.dropFirst()
        if text.isEmpty { refuse(lines: "{}") }
        for part in text.split(separator: ",") {
            if let lines = Self.lines(part) { marked.append(lines) } else { refuse(lines: part) }
        }
    }

    private mutating func refuse(lines text: Substring) {
        let text = text.drop(while: \.isWhitespace)
        problems.append(
            Problem(
                problem: "'\(text)' names no lines",
                advice: "lines that stand out are written as {2,4-6}; 'numbers' numbers them all"
            )
        )
    }

    private mutating func refuse(_ word: Substring) {
        let isNear = Suggestion.nearest(to: String(word), in: ["numbers"]) != nil
        problems.append(
            Problem(
                problem: "'\(word)' means nothing here",
                advice: isNear ? "did you mean 'numbers'?" : Self.known
            )
        )
    }

    private static func word(_ rest: inout Substring) -> Substring {
        let word = rest.prefix { !$0.isWhitespace }
        rest = rest[word.endIndex...].drop(while: \.isWhitespace)
        return word
    }

    /// `3` or `4-6`.
    private static func lines(_ text: Substring) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
            .map { Int($0.filter { !$0.isWhitespace }) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first > 0,
            first <= last
        else { return nil }
        return first...last
    }
}
