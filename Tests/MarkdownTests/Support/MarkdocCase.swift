import Foundation
import Markdown
import Settings

/// One of the Markdoc project's own cases, read from outside this package since they are not ours to keep.
struct MarkdocCase: CustomStringConvertible {
    /// With a number where several share a name.
    let description: String
    let code: String
    let expected: [HTMLTree]?
    let expectedError: String?
    let isValidated: Bool
    let environment: TagEnvironment

    /// All cases in the order of the file.
    static func all() throws -> [MarkdocCase] {
        let file = Conformance.folder.appendingPathComponent("markdoc-tests.yaml")
        let document = try YAMLDocument(parsing: String(contentsOf: file, encoding: .utf8), file: file.path)
        guard case .list(let cases) = document.root.content else { return [] }
        var seen: [String: Int] = [:]
        return cases.map { value in
            let name = value["name"]?.text ?? ""
            seen[name, default: 0] += 1
            let number = seen[name] ?? 1
            return MarkdocCase(value, number == 1 ? name : "\(name) (\(number))")
        }
    }

    private init(_ value: YAMLValue, _ name: String) {
        description = name
        code = Self.withoutFrontMatter(value["code"]?.text ?? "")
        expectedError = value["expectedError"]?.text
        isValidated = value["validation"]?.text != "false"
        let config = value["config"]
        environment = Self.environment(config)
        switch value["expected"]?.content {
        case .list(let nodes): expected = nodes.compactMap { Self.tree($0) }
        case .scalar(let html, _):
            let tree = HTMLTree.parse(html.trimmingCharacters(in: .whitespacesAndNewlines))
            if case .element("article", _, let children)? = tree.first {
                expected = children
            } else {
                expected = tree
            }
        default: expected = nil
        }
    }

    /// Which is taken off before a text comes here.
    private static func withoutFrontMatter(_ text: String) -> String {
        guard text.hasPrefix("---\n"), let end = text.range(of: "\n---\n") else { return text }
        return String(text[end.upperBound...])
    }
}

extension MarkdocCase {
    private static func environment(_ config: YAMLValue?) -> TagEnvironment {
        let tags = config?["tags"]?.entries ?? []
        let names = Dictionary(
            uniqueKeysWithValues: tags.map { ($0.key, $0.value["render"]?.text ?? $0.key) }
        )
        let hidden = Set(
            tags.flatMap { $0.value["slots"]?.entries ?? [] }.filter { $0.value["render"]?.text == "false" }
                .map(\.key)
        )
        let partials = Dictionary(
            uniqueKeysWithValues: (config?["partials"]?.entries ?? []).map { ($0.key, $0.value.text ?? "") }
        )
        return TagEnvironment(
            definitions: Dictionary(uniqueKeysWithValues: tags.map { ($0.key, definition($0.value)) }),
            variables: (config?["variables"]?.entries ?? []).reduce(into: [:]) {
                $0[$1.key] = $1.value.tagValue
            },
            partial: { name in partials[name].map { PartialText(name: name, file: name, text: $0) } },
            render: { .success(html(of: $0, names[$0.name] ?? $0.name, hiding: hidden)) }
        )
    }

    private static func definition(_ value: YAMLValue) -> TagDefinition {
        TagDefinition(
            attributes: (value["attributes"]?.entries ?? []).reduce(into: [:]) { attributes, entry in
                attributes[entry.key] = .init(kind(entry.value["type"]?.text))
            },
            slots: (value["slots"]?.entries ?? []).reduce(into: [:]) { slots, entry in
                slots[entry.key] = entry.value["required"]?.text == "true"
            }
        )
    }

    /// `Object` takes anything, since a case gives a flag to an attribute of that type.
    private static func kind(_ type: String?) -> TagDefinition.Attribute.Kind {
        switch type {
        case "String": .text
        case "Array": .list
        default: .any
        }
    }

    /// A slot is an element within.
    private static func html(of call: TagCall, _ name: String, hiding hidden: Set<String>) -> String {
        let slots = call.slots.filter { !hidden.contains($0.key) }
        let attributes = call.attributes.filter { $0.value != .null && slots[$0.key] == nil }
            .sorted { $0.key < $1.key }
        let list = attributes.map { " \($0.key)=\"\(escaped($0.value.inOneWord))\"" }.joined()
        let parts = slots.sorted { $0.key < $1.key }.map { "<slot-\($0.key)>\($0.value)</slot-\($0.key)>" }
        return "<\(name)\(list)>\(parts.joined())\(call.content)</\(name)>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("\"", with: "&quot;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;")
    }

    private static func tree(_ node: YAMLValue) -> HTMLTree? {
        switch node.content {
        case .scalar(let text, _): return .text(text)
        case .table:
            var attributes: [String: String] = [:]
            var slots: [HTMLTree] = []
            for entry in node["attributes"]?.entries ?? [] {
                if case .list(let nodes) = entry.value.content, nodes.contains(where: { $0["tag"] != nil }) {
                    slots.append(.element("slot-\(entry.key)", [:], nodes.compactMap(tree)))
                } else {
                    let name = ["className": "class", "colSpan": "colspan"][entry.key] ?? entry.key
                    attributes[name] = entry.value.tagValue.inOneWord
                }
            }
            guard case .list(let children)? = node["children"]?.content else {
                return .element(node["tag"]?.text ?? "", attributes, slots)
            }
            return .element(node["tag"]?.text ?? "", attributes, slots + children.compactMap(tree))
        default: return nil
        }
    }
}

extension YAMLValue {
    subscript(_ key: String) -> YAMLValue? { entries.first { $0.key == key }?.value }

    var entries: [YAMLEntry] { if case .table(let entries) = content { entries } else { [] } }

    var text: String? { if case .scalar(let text, _) = content { text } else { nil } }

    var tagValue: TagValue {
        switch content {
        case .nothing: .null
        case .scalar("true", false): .flag(true)
        case .scalar("false", false): .flag(false)
        case .scalar(let text, false): Double(text).map(TagValue.number) ?? .text(text)
        case .scalar(let text, true): .text(text)
        case .list(let values): .list(values.map(\.tagValue))
        case .table(let entries): .table(entries.reduce(into: [:]) { $0[$1.key] = $1.value.tagValue })
        }
    }
}

extension TagValue {
    /// As both sides of a comparison write it into an attribute.
    fileprivate var inOneWord: String {
        switch self {
        case .list(let values) where values.allSatisfy { if case .number = $0 { true } else { false } }:
            values.map(\.shown).joined(separator: ",")
        case .list(let values): "[" + values.map(\.inOneWord).joined(separator: "; ") + "]"
        case .table(let values):
            "{"
                + values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.inOneWord)" }
                .joined(separator: "; ") + "}"
        default: shown
        }
    }
}
