import Ground
import Yams

/// The text that a document is read from, with the rules that hold before a parser sees it.
struct YAMLSource {
    /// Without a byte order mark, which would shift the columns of the first line.
    let text: String
    private let file: String
    private let firstLine: Int

    init(_ text: String, file: String, firstLine: Int) {
        self.text =
            text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
        self.file = file
        self.firstLine = firstLine
    }

    /// A place in the file; line and column count from 1 in the text, and 0 is none.
    func place(line: Int = 0, column: Int = 0) -> Place {
        Place(file: file, line: line == 0 ? 0 : line + firstLine - 1, column: column)
    }

    func place(_ mark: Mark?) -> Place {
        place(line: mark?.line ?? 0, column: mark?.column ?? 0)
    }

    /// What Yams complains of, in our words and with our places.
    func diagnostics(for error: YamlError) -> [Diagnostic] {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            [Diagnostic(at: place(mark), problem, advice: Self.advice(for: problem))]
        case .duplicatedKeysInMapping(let keys, let context):
            keys.map { Diagnostic(at: place(context.mark), "the key '\($0)' stands twice") }
        default:
            [Diagnostic(at: place(), "this is not YAML")]
        }
    }

    private static func advice(for problem: String) -> String? { nil }

    var refusal: Diagnostic? { nil }
}
