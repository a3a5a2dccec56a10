import Ground
import Markdown

/// Texts rendered with a handful of tags, whose HTML shows what came in.
struct TagPage {
    static let definitions: [String: TagDefinition] = [
        "box": TagDefinition(attributes: [
            "title": .init(.text), "level": .init(.number, fallback: .number(1)), "wide": .init(.flag),
            "tone": .init(.text, allowed: [.text("calm"), .text("loud")]), "href": .init(.link),
            "src": .init(.image), "rows": .init(.list),
        ]),
        "block": TagDefinition(.block), "mark": TagDefinition(.inline),
        "dot": TagDefinition(isEmpty: true), "sign": TagDefinition(.inline, isEmpty: true),
        "deck": TagDefinition(.block, children: ["leaf", "fence"]),
        "leaf": TagDefinition(
            .block,
            attributes: ["name": .init(.text, isRequired: true)],
            parents: ["deck"]
        ),
        "frame": TagDefinition(slots: ["head": true, "foot": false]),
    ]

    let page: RenderedMarkdown

    init(
        _ text: String,
        firstLine: Int = 1,
        variables: [String: TagValue] = ["page": .table(["title": .text("Fees & Dues"), "n": .number(3)])],
        partials: [String: String] = [:],
        rawHTML: Bool = false,
        dialect: Set<MarkdownOptions.Extension> = [.gfm, .markdoc],
        isColored: Bool = false,
        resolve: (Reference) -> Resolution = { _ in .keep }
    ) {
        let tags = TagEnvironment(
            definitions: Self.definitions,
            variables: variables,
            partialNames: partials.keys.sorted(),
            partial: { name in
                partials[name].map { PartialText(name: name, file: "_partials/\(name)", text: $0) }
            },
            render: { .success(Self.html(of: $0)) }
        )
        let options = MarkdownOptions(dialect: dialect, rawHTML: rawHTML)
        page = MarkdownRenderer(options, coloring: isColored ? Self.coloring : nil).render(
            text,
            file: "page.md",
            firstLine: firstLine,
            tags: tags,
            resolve: resolve
        )
    }

    /// `let` is bold in every language.
    private static let coloring: CodeColoring = { code, _ in
        .html(Array(String(decoding: code, as: UTF8.self).replacing("let", with: "<b>let</b>").utf8))
    }

    var html: String { page.html }
    /// As an author reads them.
    var problems: [String] { Diagnostics(page.diagnostics).all.map(\.description) }

    /// `<box title="…">content</box>`, and behind the name of a deck how many items it has.
    private static func html(of call: TagCall) -> String {
        let attributes = call.attributes.filter { $0.value != .null }.sorted { $0.key < $1.key }
        let list = attributes.map { " \($0.key)=\"\($0.value.shown)\"" }.joined()
        let items = call.name == "deck" ? " items=\"\(call.items.map(\.name).joined(separator: ","))\"" : ""
        let slots = call.slots.sorted { $0.key < $1.key }.map { "[\($0.key): \($0.value)]" }.joined()
        return "<\(call.name)\(list)\(items)>\(slots)\(call.content)</\(call.name)>"
    }
}
