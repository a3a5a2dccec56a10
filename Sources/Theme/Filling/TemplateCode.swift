/// A template as steps that are filled without the library, which is many times as fast.
///
/// What the steps give is byte for byte what swift-mustache 2.1 would give; a test holds the two together.
struct TemplateCode: Sendable {
    enum Step: Sendable {
        case text([UInt8])
        /// `{{x}}`, or `{{{x}}}` where it is not escaped.
        case value(TemplateName, isEscaped: Bool)
        /// `{{#x}}`
        case section(TemplateName, TemplateCode)
        /// `{{^x}}`
        case inverted(TemplateName, TemplateCode)
        /// `{{> x}}`, with the blanks before it where it has a line for itself.
        case partial(String, indentation: [UInt8])
    }

    let steps: [Step]

    /// The partials that it includes, in sections, too.
    var partials: [String] {
        steps.flatMap { step in
            switch step {
            case .text, .value: [String]()
            case .section(_, let code), .inverted(_, let code): code.partials
            case .partial(let name, _): [name]
            }
        }
    }
}

/// What a tag names: `page.title`, `.`, `first()`, `count(pages)`.
struct TemplateName: Hashable, Sendable {
    enum Subject: Hashable, Sendable {
        /// `.`
        case current
        /// `.a.b`, looked up in the current value only.
        case own([String])
        /// `a.b`: the first part is looked up in the current value and those around it.
        case path([String])
        /// `first()`: the place in the list that is being gone through.
        case element
    }

    let subject: Subject
    /// `count` in `count(pages)`.
    let transform: String?
}
