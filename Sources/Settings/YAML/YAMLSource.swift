import Ground

/// The text that a document is read from, and where its lines stand in the author's file.
struct YAMLSource {
    /// In bytes, of what is written by hand.
    static let longest = 1 << 18

    /// Without a byte order mark, which would shift the columns of the first line.
    let text: String
    private let file: String
    private let firstLine: Int
    /// How many bytes it may have; larger texts are refused before they are read.
    let limit: Int

    init(_ text: String, file: String, firstLine: Int, longest: Int? = nil) {
        self.text =
            text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
        self.file = file
        self.firstLine = firstLine
        limit = longest ?? Self.longest
    }

    /// A place in the file; line and column count from 1 in the text, and 0 is none.
    func place(line: Int = 0, column: Int = 0) -> Place {
        Place(file: file, line: line == 0 ? 0 : line + firstLine - 1, column: column)
    }

    /// The same source with another text of the same lines.
    func replacing(text: String) -> YAMLSource {
        YAMLSource(text, file: file, firstLine: firstLine, longest: limit)
    }

    /// The lines without their breaks.
    var lines: [Substring] {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    }
}
