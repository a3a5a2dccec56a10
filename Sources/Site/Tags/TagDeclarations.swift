import FoundationEssentials
import Ground
import Markdown
import Settings
import Theme

/// What a theme says in its `theme.config`: the tags that it has templates for, and what they take.
struct TagDeclarations: Sendable {
    private(set) var definitions: [String: TagDefinition] = [:]
    private(set) var languages: [String: String] = [:]
    /// The language whose colours the code of another gets.
    private(set) var codeLanguages: [String: String] = [:]
    private(set) var problems: [Diagnostic] = []

    /// Reads `theme.config`, which need not be there, and compares it with the theme's templates.
    init(theme: Theme, folder: String, shownAs: String) {
        let file = "\(shownAs)/theme.config"
        var places: [String: Place] = [:]
        if FileManager.default.fileExists(atPath: "\(folder)/theme.config") {
            guard let bytes = FileManager.default.contents(atPath: "\(folder)/theme.config"),
                let text = String(validating: bytes, as: UTF8.self)
            else {
                problems = [Diagnostic(at: Place(file: file), "cannot be read as UTF-8 text")]
                return
            }
            read(text, file: file, &places)
        }
        let templates = theme.templates(in: "tags")
        for (name, place) in places where !templates.contains(name) {
            let advice = "write \(shownAs)/tags/\(name).mustache"
            problems.append(Diagnostic(at: place, "the tag '\(name)' has no template", advice: advice))
        }
        for name in templates where places[name] == nil {
            problems.append(
                Diagnostic(
                    at: Place(file: "\(shownAs)/tags/\(name).mustache"),
                    "the tag '\(name)' is not declared",
                    advice: "say in \(file) what it takes"
                )
            )
        }
    }
}

extension TagDeclarations {
    private mutating func read(_ text: String, file: String, _ places: inout [String: Place]) {
        let (root, found) = YAMLDocument.reading(text, file: file)
        let reading = YAMLReading()
        let table = YAMLTable(root, named: "theme.config", keys: ["tags", "languages"], reading: reading)
        let tags = table.entries(of: "tags", "a table of tags")
        for entry in tags {
            places[entry.key] = entry.place
            checkName(entry, reading)
            definitions[entry.key] = TagDefinition(entry, reading)
        }
        for entry in tags { checkNeighbours(entry, reading) }
        for entry in table.entries(of: "languages", "a table of languages and their names") {
            read(language: entry, reading)
        }
        problems += found + reading.diagnostics
    }

    /// A language is known by its name, or also by the language whose colours it has.
    private mutating func read(language entry: YAMLEntry, _ reading: YAMLReading) {
        switch entry.value.content {
        case .scalar(let name, _) where !name.isEmpty: languages[entry.key] = name
        case .table:
            let table = YAMLTable(entry.value, named: entry.key, keys: ["name", "colors"], reading: reading)
            languages[entry.key] = table.text("name")
            codeLanguages[entry.key] = table.text("colors")
        default:
            reading.report(at: entry.value.place, "\(entry.key) must be a text, found \(entry.value.found)")
        }
    }

    private func checkName(_ entry: YAMLEntry, _ reading: YAMLReading) {
        let isName = entry.key.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        if !isName || entry.key.isEmpty {
            reading.report(at: entry.place, "a tag's name has letters, digits, '-' and '_' only")
        }
        if Self.builtIn.contains(entry.key) {
            reading.report(
                at: entry.place,
                "every site has a tag '\(entry.key)' of its own",
                advice: "choose another name"
            )
        }
    }

    /// `members` is kept for parts of a page that only some may see.
    private static let builtIn = ["if", "else", "partial", "table", "slot", "comment", "members", "fence"]

    /// Tags that are named as parents or children must be there.
    private func checkNeighbours(_ entry: YAMLEntry, _ reading: YAMLReading) {
        guard case .table(let keys) = entry.value.content else { return }
        for key in keys where key.key == "parents" || key.key == "children" {
            guard case .list(let names) = key.value.content else { continue }
            for value in names {
                guard case .scalar(let name, _) = value.content, definitions[name] == nil,
                    !(key.key == "children" && name == "fence")
                else { continue }
                reading.report(
                    at: value.place,
                    "there is no tag '\(name)'",
                    advice: Suggestion.advice(for: name, among: definitions.keys)
                )
            }
        }
    }
}

extension YAMLTable {
    /// The entries of a table whose keys may be anything.
    func entries(of key: String, _ what: String) -> [YAMLEntry] {
        guard let value = entry(key)?.value else { return [] }
        switch value.content {
        case .nothing: return []
        case .table(let entries): return entries
        default:
            reading.report(at: value.place, "\(key) must be \(what), found \(value.found)")
            return []
        }
    }
}
