import Markdown

/// What the tags of all pages may use: those that the theme declares, and the partials.
struct SiteTags: Sendable {
    /// By name.
    let definitions: [String: TagDefinition]
    /// What readers call the languages of code.
    let languages: [String: String]
    /// The language whose colours the code of another gets.
    let codeLanguages: [String: String]
    /// By name.
    let partials: [String: PartialFile]

    init(declarations: TagDeclarations, partials: PartialFiles) {
        definitions = declarations.definitions
        languages = declarations.languages
        codeLanguages = declarations.codeLanguages
        self.partials = Dictionary(partials.files.map { ($0.text.name, $0) }) { first, _ in first }
    }
}
