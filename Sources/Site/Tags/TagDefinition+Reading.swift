import Ground
import Markdown
import Settings

extension TagDefinition {
    /// Every key that works below a tag's name.
    static let keys = [
        "place", "empty", "attributes", "parents", "children", "slots", "required_slots", "heading",
    ]

    /// Reads what a theme declares of one tag.
    init(_ entry: YAMLEntry, _ reading: YAMLReading) {
        let table = YAMLTable(entry.value, named: entry.key, keys: Self.keys, reading: reading)
        let optional = table.texts("slots")?.map { ($0.text, false) } ?? []
        let required = table.texts("required_slots")?.map { ($0.text, true) } ?? []
        self.init(
            table.choice("place", of: Placement.self) ?? .both,
            isEmpty: table.flag("empty") ?? false,
            parents: table.texts("parents")?.map(\.text) ?? [],
            children: table.texts("children")?.map(\.text) ?? [],
            slots: Dictionary(optional + required) { $0 || $1 },
            headingLevel: table.number("heading", in: 1...6)
        )
        for attribute in table.entries(of: "attributes", "a table of attributes") {
            if TagTemplate.reserved.contains(attribute.key) {
                reading.report(
                    at: attribute.place,
                    "every template is given a '\(attribute.key)' of another meaning",
                    advice: "choose another name"
                )
            }
            attributes[attribute.key] = Attribute(attribute, reading)
        }
        if let heading = table.entry("heading"), attributes["title"]?.kind != .text {
            reading.report(
                at: heading.place,
                "a heading's words are the attribute 'title', which must be a text"
            )
        }
    }
}

extension TagDefinition.Attribute {
    /// A kind alone, or a table of what is to be known.
    fileprivate init(_ entry: YAMLEntry, _ reading: YAMLReading) {
        if case .scalar = entry.value.content {
            let whole = YAMLValue(
                .table([YAMLEntry(key: "kind", place: entry.place, value: entry.value)]),
                at: entry.value.place
            )
            let table = YAMLTable(whole, named: entry.key, keys: ["kind"], reading: reading)
            self.init(table.choice("kind", of: Kind.self) ?? .any)
            return
        }
        let keys = ["kind", "required", "default", "values"]
        let table = YAMLTable(entry.value, named: entry.key, keys: keys, reading: reading)
        let kind = table.choice("kind", of: Kind.self) ?? .any
        self.init(kind, isRequired: table.flag("required") ?? false)
        if let value = table.entry("default")?.value {
            fallback = Self.value(value, "default", kind, reading) ?? .null
        }
        switch table.entry("values")?.value.content {
        case .list(let values): allowed = values.compactMap { Self.value($0, "values", kind, reading) }
        case nil: break
        default: reading.report(at: table.place(of: "values"), "values must be a list, such as [one, two]")
        }
        if isRequired, let entry = table.entry("default") {
            reading.report(
                at: entry.place,
                "what is required needs no default",
                advice: "keep one of the two"
            )
        }
    }

    private static func value(
        _ value: YAMLValue,
        _ key: String,
        _ kind: Kind,
        _ reading: YAMLReading
    ) -> TagValue? {
        let read: TagValue? =
            switch (kind, value.content) {
            case (.text, .scalar(let text, _)), (.any, .scalar(let text, _)), (.link, .scalar(let text, _)),
                (.image, .scalar(let text, _)):
                .text(text)
            case (.number, .scalar(let text, false)): Double(text).map(TagValue.number)
            case (.flag, .scalar("true", false)): .flag(true)
            case (.flag, .scalar("false", false)): .flag(false)
            default: nil
            }
        if read == nil {
            reading.report(
                at: value.place,
                "\(key) must fit the kind '\(kind.rawValue)', found \(value.found)"
            )
        }
        return read
    }
}
