package import Ground

/// What the tags of one page may use.
package struct TagEnvironment {
    /// The tags of the theme, by name.
    package var definitions: [String: TagDefinition]
    /// What `$name` stands for.
    package var variables: [String: TagValue]
    /// Those of them that are tables with all the keys there can be, so that another key is a mistake.
    package var closed: Set<String>
    /// The text that `{% partial file="…" %}` asks for; nil where there is none.
    package var partial: (String) -> PartialText?
    /// The names of all partials, for suggestions.
    package var partialNames: [String]
    /// Why this page must not include a partial; nil where it may.
    package var refusal: (PartialText) -> (problem: String, advice: String?)?
    /// What readers get of a part for some: of the last of these, in whose words the others hold it, outermost first.
    package var part: ([PartAccess]) -> PartView
    /// HTML for those who do not get a part that says nothing to them; the flag says whether it stands on lines of its own.
    package var invitation: (PartAccess, Bool) -> Result<String, Diagnostic>
    /// The ids of headings that all readers of the page see, which no other heading may have.
    package var sharedIDs: Set<String>
    /// Makes HTML of a tag.
    package var render: (TagCall) -> Result<String, Diagnostic>

    package init(
        definitions: [String: TagDefinition] = [:],
        variables: [String: TagValue] = [:],
        closed: Set<String> = [],
        partialNames: [String] = [],
        partial: @escaping (String) -> PartialText? = { _ in nil },
        refusal: @escaping (PartialText) -> (problem: String, advice: String?)? = { _ in nil },
        part: @escaping ([PartAccess]) -> PartView = { _ in .other },
        invitation: @escaping (PartAccess, Bool) -> Result<String, Diagnostic> = { _, _ in .success("") },
        sharedIDs: Set<String> = [],
        render: @escaping (TagCall) -> Result<String, Diagnostic> = { .success($0.content) }
    ) {
        self.definitions = definitions
        self.variables = variables
        self.closed = closed
        self.partialNames = partialNames
        self.partial = partial
        self.refusal = refusal
        self.part = part
        self.invitation = invitation
        self.sharedIDs = sharedIDs
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
