import Mustache

extension TemplateValue {
    /// The value in a form that swift-mustache asks by protocol, and never by reflection.
    var forMustache: Any {
        switch self {
        case .text(let text), .html(let text): TextNode(text: text)
        case .markup(let bytes): TextNode(text: String(decoding: bytes, as: UTF8.self))
        case .number(let number): NumberNode(number: number)
        case .flag(let flag): flag
        case .list(let values): ListNode(values: values)
        case .table(let values): TableNode(values: values)
        }
    }
}

/// A table, whose keys are looked up; a missing one is looked for further out, and else renders as nothing.
struct TableNode: MustacheParent, MustacheCustomRenderable {
    let values: [String: TemplateValue]

    var renderText: String { TemplateValue.table(values).json }
    var isNull: Bool { false }

    func child(named name: String) -> Any? { values[name]?.forMustache }
}

/// A text, which has no children: without saying so it would be searched by reflection.
private struct TextNode: MustacheParent, MustacheCustomRenderable {
    let text: String

    var renderText: String { text }
    var isNull: Bool { text.isEmpty }

    func child(named name: String) -> Any? { nil }
}

/// A number, of which a template may ask which form of a word goes with it.
private struct NumberNode: MustacheParent, MustacheCustomRenderable, MustacheTransformable {
    let number: Int

    var renderText: String { String(number) }
    var isNull: Bool { false }

    func child(named name: String) -> Any? { nil }

    func transform(_ name: String) -> Any? { PluralRule.answer(to: name, for: number) }
}

private struct ListNode: MustacheSequence, MustacheTransformable, MustacheCustomRenderable {
    let values: [TemplateValue]

    var renderText: String { TemplateValue.list(values).json }
    var isNull: Bool { false }

    func makeIterator() -> some IteratorProtocol<Any> {
        values.lazy.map(\.forMustache).makeIterator()
    }

    /// `{{#empty(pages)}}`, `{{count(pages)}}`.
    func transform(_ name: String) -> Any? {
        switch name {
        case "empty": values.isEmpty
        case "count": TextNode(text: String(values.count))
        default: nil
        }
    }
}
