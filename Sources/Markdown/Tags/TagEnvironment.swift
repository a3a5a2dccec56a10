package import Ground

/// What the tags of one page may use.
package struct TagEnvironment {
    /// The tags of the theme, by name.
    package var definitions: [String: TagDefinition]
    /// What `$name` stands for.
    package var variables: [String: TagValue]
    /// The text that `{% partial file="…" %}` asks for; nil where there is none.
    package var partial: (String) -> PartialText?
    /// The names of all partials, for suggestions.
    package var partialNames: [String]
    /// Why this page must not include a partial; nil where it may.
    package var refusal: (PartialText) -> (problem: String, advice: String?)?
    /// Makes HTML of a tag.
    package var render: (TagCall) -> Result<String, Diagnostic>

    package init(
        definitions: [String: TagDefinition] = [:],
        variables: [String: TagValue] = [:],
        partialNames: [String] = [],
        partial: @escaping (String) -> PartialText? = { _ in nil },
        refusal: @escaping (PartialText) -> (problem: String, advice: String?)? = { _ in nil },
        render: @escaping (TagCall) -> Result<String, Diagnostic> = { .success($0.content) }
    ) {
        self.definitions = definitions
        self.variables = variables
        self.partialNames = partialNames
        self.partial = partial
        self.refusal = refusal
        self.render = render
    }
}

/// A text that pages include.
package struct PartialText: Sendable {
    /// As tags name it.
    package let name: String
    /// The author's file, for places.
    package let file: String
    package let text: String

    package init(name: String, file: String, text: String) {
        self.name = name
        self.file = file
        self.text = text
    }
}
