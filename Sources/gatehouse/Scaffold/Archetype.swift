import FoundationEssentials
import Ground

/// What new pages of a section begin as: a Markdown file with `{{title}}` and `{{date}}` in it.
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

    /// The page's text; a value stands quoted in the front matter, and as it is in the text.
    func filled(title: String, date: String) throws(Diagnostics) -> String {
        let values = ["title": title, "date": date]
        var problems: [Diagnostic] = []
        var fences = 0
        var lines: [String] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line == "---" { fences += 1 }
            var filled = ""
            var rest = line[...]
            while let start = rest.firstRange(of: "{{"),
                let end = rest[start.upperBound...].firstRange(of: "}}")
            {
                let name = rest[start.upperBound..<end.lowerBound].filter { !$0.isWhitespace }
                filled += rest[..<start.lowerBound]
                if let value = values[name] {
                    filled += fences == 1 && name == "title" ? PageTitle.quoted(value) : value
                } else {
                    problems.append(unknown(name, Place(file: file, line: number + 1), among: values.keys))
                }
                rest = rest[end.upperBound...]
            }
            lines.append(filled + rest)
        }
        guard problems.isEmpty else { throw Diagnostics(problems) }
        return lines.joined(separator: "\n")
    }

    private func unknown(_ name: String, _ place: Place, among known: some Sequence<String>) -> Diagnostic {
        Diagnostic(
            at: place,
            "there is nothing to fill '{{\(name)}}' with",
            advice: Suggestion.advice(for: name, among: known)
        )
    }
}
