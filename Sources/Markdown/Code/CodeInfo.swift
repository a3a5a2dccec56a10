/// What an author says behind an opening fence: ```` ```swift title="Gate.swift" {2,4-6} numbers ````.
///
/// Words that mean nothing here are passed over: other tools have their own.
struct CodeInfo: Equatable {
    private(set) var language = ""
    /// Stands above the code.
    private(set) var title = ""
    /// Lines that stand out, counted from 1.
    private(set) var marked: [ClosedRange<Int>] = []
    private(set) var isNumbered = false

    /// The class of numbered code.
    static let numbered = "code-numbered"

    init(_ info: some Sequence<UInt8>) {
        var rest = Substring(decoding: Array(info), as: UTF8.self)
        language = String(Self.word(&rest))
        while !rest.isEmpty {
            if rest.hasPrefix("title=\"") {
                rest = rest.dropFirst("title=\"".count)
                title = String(rest.prefix { $0 != "\"" })
                rest = rest.dropFirst(title.count + 1)
            } else if rest.hasPrefix("{") {
                marked += rest.dropFirst().prefix { $0 != "}" }.split(separator: ",").compactMap(Self.lines)
                rest = rest.drop { $0 != "}" }.dropFirst()
            } else {
                isNumbered = Self.word(&rest) == "numbers" || isNumbered
            }
            rest = rest.drop(while: \.isWhitespace)
        }
    }

    /// Whether lines must be told apart in the HTML.
    var hasLines: Bool { isNumbered || !marked.isEmpty }

    func isMarked(_ line: Int) -> Bool { marked.contains { $0.contains(line) } }

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
