internal import Ground

/// What an annotation stands in, and so which attributes it may set.
enum AnnotatedBlock {
    case heading
    case paragraph
    case item
    case cell
    case fence
    case table

    var attributes: [String] {
        switch self {
        case .heading, .paragraph, .item, .table: ["id", "class"]
        case .cell: ["id", "class", "width", "align", "colspan", "rowspan", "scope"]
        case .fence: ["id", "class", "title", "process"]
        }
    }

    var name: String {
        switch self {
        case .heading: "a heading"
        case .paragraph: "a paragraph"
        case .item: "a list item"
        case .cell: "a cell"
        case .fence: "code"
        case .table: "a table"
        }
    }
}

/// Attributes on their way into an HTML tag, in a fixed order.
struct HTMLAttributes {
    private(set) var values: [String: String] = [:]

    mutating func set(_ name: String, _ value: String) {
        if name == "class", let first = values["class"] {
            values["class"] = first + " " + value
        } else {
            values[name] = value
        }
    }

    /// Takes one out, which is no attribute of HTML.
    mutating func take(_ name: String) -> String? { values.removeValue(forKey: name) }

    var sorted: [(key: String, value: String)] { values.sorted { $0.key < $1.key } }
}

extension PageRendering {
    /// Writes what an annotation says of a block into its opening tag.
    mutating func write(annotationOf block: Node, as kind: AnnotatedBlock) {
        guard let annotation = tags?.uses.annotations[block] else { return }
        var attributes = HTMLAttributes()
        for attribute in annotation.attributes {
            // A heading's id is written, and remembered, with its words.
            if kind == .heading, attribute.name == "id" { continue }
            add(attribute, of: kind, to: &attributes)
        }
        write(attributes)
    }

    /// Writes what an annotation says of a cell between pipes into its opening tag; returns whether that says how it is aligned.
    mutating func write(annotationOfCell index: Int) -> Bool {
        guard let block = tables.cells?.piece(index).block else { return false }
        write(annotationOf: block, as: .cell)
        return tags?.uses.annotations[block]?.attributes.contains { $0.name == "align" } ?? false
    }

    mutating func write(_ attributes: HTMLAttributes) {
        for (name, value) in attributes.sorted {
            html.byte(UInt8(ascii: " "))
            html.text(name)
            html.markup("=\"")
            html.text(value)
            html.markup("\"")
        }
    }

    /// Adds an attribute that such a block may have, if its value is right.
    mutating func add(
        _ attribute: TagSyntax.Attribute,
        of kind: AnnotatedBlock,
        to attributes: inout HTMLAttributes
    ) {
        let place = places.place(ofOriginal: attribute.offset)
        guard kind.attributes.contains(attribute.name) else {
            report(
                at: place,
                "an annotation cannot set '\(attribute.name)' on \(kind.name)",
                Suggestion.advice(for: attribute.name, among: kind.attributes)
            )
            return
        }
        guard let value = accepted(attribute) else { return }
        if attribute.name == "id" { take(value.shown, at: place) }
        attributes.set(attribute.name, attribute.name == "class" ? value.classNames : value.shown)
    }

    /// The id that a heading's annotation sets, and where.
    mutating func annotatedID(of heading: Node) -> (id: String, place: Place)? {
        guard let annotation = tags?.uses.annotations[heading],
            let attribute = annotation.attributes.last(where: { $0.name == "id" }),
            let value = accepted(attribute)
        else { return nil }
        return (value.shown, places.place(ofOriginal: attribute.offset))
    }

    /// An attribute's value, if it is one that the attribute may have.
    private mutating func accepted(_ attribute: TagSyntax.Attribute) -> TagValue? {
        guard let value = checked(attribute.value), value != .null else { return nil }
        if let problem = Self.refusal(of: value, for: attribute.name) {
            report(at: places.place(ofOriginal: attribute.valueOffset), problem)
            return nil
        }
        return value
    }

    private static func refusal(of value: TagValue, for name: String) -> String? {
        switch (name, value) {
        case ("class", _), ("id", .text), ("title", .text), ("process", .flag): nil
        case ("colspan", .number(let number)), ("rowspan", .number(let number)):
            number >= 1 && number <= 1000 && number == number.rounded()
                ? nil : "'\(name)' must be a whole number from 1 to 1000, found \(value.kindName)"
        case ("width", .number(let number)): number > 0 ? nil : "'width' must be more than 0"
        case ("width", .text(let text)):
            text.isLength ? nil : "'width' must be a number or a percentage, found \(value.kindName)"
        case ("align", .text(let text)):
            ["left", "center", "right"].contains(text)
                ? nil : "'align' must be left, center or right, found \(value.kindName)"
        case ("scope", .text(let text)):
            ["row", "col", "rowgroup", "colgroup"].contains(text)
                ? nil : "'scope' must be row, col, rowgroup or colgroup, found \(value.kindName)"
        default: "'\(name)' cannot be \(value.kindName)"
        }
    }
}

extension String {
    /// Whether it is a number such as `120`, or a percentage such as `20%`.
    fileprivate var isLength: Bool {
        let digits = hasSuffix("%") ? dropLast() : self[...]
        return !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
