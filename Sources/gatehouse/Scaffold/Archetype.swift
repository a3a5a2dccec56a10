import FoundationEssentials
import Ground

/// What new pages of a section begin as: a Markdown file with `{{title}}` and `{{date}}` in it, whatever language its front
/// matter is in.
struct Archetype {
    /// As messages show it.
    let file: String
    let text: String

    /// Of a site that has none.
    static let usual = """
        ---
        title: {{title}}
        date: {{date}}
        draft: true
        ---

        """

    /// The archetype of the page's section, `archetypes/news.md`, else `archetypes/default.md`, else the usual one.
    init(for page: String, source: String) throws(Diagnostics) {
        let section = page.split(separator: "/").dropLast().first.map { "archetypes/\($0).md" }
        for file in [section, "archetypes/default.md"].compactMap(\.self) {
            guard let bytes = FileManager.default.contents(atPath: "\(source)/\(file)") else { continue }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw Diagnostics([
                    Diagnostic(at: Place(file: file), "this is not UTF-8", advice: "save it as UTF-8")
                ])
            }
            self.file = file
            self.text = text
            return
        }
        file = "archetypes/default.md"
        text = Self.usual
    }

    /// The page's text; a value is written as the language of the front matter has it, and in the text as it is.
    func filled(title: String, date: String) throws(Diagnostics) -> String {
        let values = ["title": title, "date": date]
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        var front = lines.first.flatMap(ArchetypeFront.init(firstLine:))
        var problems: [Diagnostic] = []
        var filled: [String] = []
        for (number, line) in lines.enumerated() {
            var writing = ArchetypeLine(front)
            var rest = line
            while let start = rest.firstRange(of: "{{"),
                let end = rest[start.upperBound...].firstRange(of: "}}")
            {
                let name = Self.name(rest[start.upperBound..<end.lowerBound])
                writing.add(rest[..<start.lowerBound])
                rest = rest[end.upperBound...]
                if let value = values[name] {
                    rest = writing.add(value, isText: name == "title", before: rest)
                } else {
                    problems.append(unknown(name, Place(file: file, line: number + 1), among: values.keys))
                }
            }
            writing.add(rest)
            filled.append(writing.text)
            if number > 0, let open = front, open.isEnd(line) { front = nil }
        }
        guard problems.isEmpty else { throw Diagnostics(problems) }
        return filled.joined(separator: text.contains("\r\n") ? "\r\n" : "\n")
    }

    /// What is asked for, which archetypes of Hugo say in its own words.
    private static func name(_ written: Substring) -> String {
        let name = written.filter { !$0.isWhitespace }
        switch name {
        case ".Date": return "date"
        case ".Title", #"replace.File.ContentBaseName"-"""|title"#, #"replace.Name"-"""|title"#,
            #"replace.TranslationBaseName"-"""|title"#:
            return "title"
        default: return name
        }
    }

    private func unknown(_ name: String, _ place: Place, among known: some Sequence<String>) -> Diagnostic {
        Diagnostic(
            at: place,
            "there is nothing to fill '{{\(name)}}' with",
            advice: Suggestion.advice(for: name, among: known)
        )
    }
}
