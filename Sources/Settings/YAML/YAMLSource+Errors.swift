import Ground
import Yams

extension YAMLSource {
    func place(_ mark: Mark?) -> Place {
        place(line: mark?.line ?? 0, column: mark?.column ?? 0)
    }

    /// What Yams complains of, with our places and, where we know one, an advice.
    func diagnostic(for error: YamlError) -> Diagnostic {
        switch error {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let complaint = Self.complaint(problem, character: character(at: mark))
            // What does not end is best looked for where it began.
            let place = complaint.isAtStart ? place(context?.mark ?? mark) : place(mark)
            return Diagnostic(at: place, complaint.problem, advice: complaint.advice)
        case .duplicatedKeysInMapping(let keys, let context):
            return repetition(of: keys.first ?? "", at: place(context.mark))
        default:
            return Diagnostic(at: place(), "the text cannot be read as YAML")
        }
    }

    func repetition(of key: String, at place: Place) -> Diagnostic {
        Diagnostic(at: place, "the key '\(key)' stands twice", advice: "keep one of the two")
    }

    private func character(at mark: Mark) -> Unicode.Scalar? {
        let lines = lines
        guard lines.indices.contains(mark.line - 1) else { return nil }
        return lines[mark.line - 1].unicodeScalars.dropFirst(mark.column - 1).first
    }

    /// libyaml's words are kept where they are plain.
    private static func complaint(_ problem: String, character: Unicode.Scalar?) -> Complaint {
        switch problem {
        case "mapping values are not allowed in this context":
            Complaint(
                "a second ': ' on one line",
                advice: "put a text that holds ': ' in quotes, or check the indentation"
            )
        case "found character that cannot start any token" where character == "\t":
            Complaint("a tab in the indentation", advice: "indent with spaces")
        case "found character that cannot start any token":
            Complaint(
                "a value cannot begin with '\(character.map(String.init) ?? "")'",
                advice: "put the text in quotes"
            )
        case "could not find expected ':'":
            Complaint("a key without ':'", advice: "a key is written 'name: value'", isAtStart: true)
        case "found unexpected end of stream":
            Complaint(
                "a quoted text that does not end",
                advice: "close it with the same quote",
                isAtStart: true
            )
        case "did not find expected key", "did not find expected '-' indicator",
            "did not find expected <document start>":
            Complaint(
                "this line does not fit those before it",
                advice: "check its indentation, and the quotes before it"
            )
        case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
            Complaint(
                "\(problem.dropFirst("did not find expected ".count)) is missing",
                advice: "close the list or table that was opened"
            )
        case "found undefined alias", "did not find expected alphabetic or numeric character":
            Complaint("'*' or '&' at the start of a value", advice: "put the text in quotes", isAtStart: true)
        case "but found another document":
            Complaint("a second document begins here", advice: "remove the line '---'")
        case let problem where problem.hasPrefix("Maximum nesting level"):
            Complaint("lists and tables are nested too deeply", advice: "at most 100 deep")
        default: Complaint(problem)
        }
    }
}

private struct Complaint {
    let problem: String
    let advice: String?
    let isAtStart: Bool

    init(_ problem: String, advice: String? = nil, isAtStart: Bool = false) {
        self.problem = problem
        self.advice = advice
        self.isAtStart = isAtStart
    }
}
