/// What a template can be given.
package enum TemplateValue: Equatable, Sendable {
    /// Escaped by `{{ }}`. As a section, an empty text counts as absent.
    case text(String)
    /// Finished HTML, which the template must ask for with `{{{ }}}`; `{{ }}` escapes it like any text.
    case html(String)
    /// The same as UTF-8, for what is long and would be copied.
    case markup([UInt8])
    case flag(Bool)
    case number(Int)
    case list([TemplateValue])
    case table([String: TemplateValue])
}

extension TemplateValue {
    /// A text as `{{ }}` shows it, in UTF-8, for HTML that a template is given as it is.
    package static func escaped(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        HTMLEscaping.append(text, to: &bytes)
        return bytes
    }
}

extension TemplateValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
    package init(stringLiteral text: String) { self = .text(text) }
    package init(booleanLiteral flag: Bool) { self = .flag(flag) }
}
