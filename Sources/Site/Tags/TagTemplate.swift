import Ground
import Markdown
import Theme

/// Makes HTML of a tag with the theme's template of its name.
struct TagTemplate: Sendable {
    let theme: Theme
    let languages: [String: String]

    /// Names that a template is given with every tag, and that no attribute may have.
    static let reserved = ["content", "html", "items", "slots", "key", "block", "name"]

    func html(of call: TagCall) throws(Diagnostic) -> String {
        try theme.render("tags/\(call.name)", context(of: call))
    }
}

extension TagTemplate {
    private func context(of call: TagCall) -> [String: TemplateValue] {
        var context = call.attributes.mapValues(\.templateValue)
        context["id"] = context["id"] ?? ""
        context["class"] = context["class"] ?? ""
        context["name"] = .text(call.name)
        context["content"] = .html(call.content)
        context["slots"] = .table(call.slots.mapValues(TemplateValue.html))
        context["key"] = .text(call.key)
        context["block"] = .flag(call.isBlock)
        context["items"] = .list(
            call.items.enumerated().map { .table(item($1, number: $0 + 1, of: call)) }
        )
        return context
    }

    /// Every key is there, so that a template never finds that of the tag around in its place.
    private func item(_ item: TagCall.Item, number: Int, of call: TagCall) -> [String: TemplateValue] {
        var context = call.attributes.mapValues { _ in TemplateValue.text("") }
        context["id"] = ""
        context["class"] = ""
        context.merge(item.attributes.mapValues(\.templateValue)) { _, own in own }
        context["name"] = .text(item.name)
        context["content"] = .html(item.content)
        context["html"] = .html(item.html)
        context["number"] = .number(number)
        context["first"] = .flag(number == 1)
        context["key"] = .text("\(call.key)-\(number)")
        context["group"] = .text(call.key)
        context["label"] = .text(label(of: item))
        return context
    }

    /// The label or title, else what readers call the language of the code.
    private func label(of item: TagCall.Item) -> String {
        for name in ["label", "title"] {
            if case .text(let label)? = item.attributes[name], !label.isEmpty { return label }
        }
        guard case .text(let language)? = item.attributes["language"], !language.isEmpty else {
            return item.name
        }
        return languages[language] ?? language
    }
}

extension TagValue {
    var templateValue: TemplateValue {
        switch self {
        case .null: .text("")
        case .text(let text): .text(text)
        case .flag(let flag): .flag(flag)
        case .number: .text(shown)
        case .list(let values): .list(values.map(\.templateValue))
        case .table(let values): .table(values.mapValues(\.templateValue))
        }
    }
}
