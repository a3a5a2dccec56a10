import Ground

/// One `{{…}}` of a template, as far as the theme's checks need to know it.
struct TemplateTag: Hashable {
    enum Kind: Hashable {
        /// `{{x}}`, `{{{x}}}`, `{{&x}}`
        case variable
        /// `{{#x}}`, `{{^x}}`
        case section
        /// `{{$x}}`
        case block
        /// `{{>x}}`
        case partial
        /// `{{<x}}`
        case parent
        /// `{{/x}}`
        case end
        case comment
        /// `{{=` changes the delimiters, `{{%` switches escaping: no theme needs them, and the checks would not see
        /// through them.
        case refused
    }

    let kind: Kind
    /// Without blanks around it.
    let name: String
    let place: Place
    /// As written, for messages.
    let text: String
    /// In bytes of the template.
    let range: Range<Int>

    /// Whether an `{{/x}}` must follow.
    var opens: Bool { kind == .section || kind == .block || kind == .parent }
}
