internal import Ground

/// What the attributes of a tag are worth, and what is wrong with them.
extension PageRendering {
    /// All attributes that the definition names, and `id` and `class` where they are given.
    mutating func attributes(of use: TagUse, _ definition: TagDefinition) -> [String: TagValue] {
        var given: [String: TagSyntax.Attribute] = [:]
        var values = definition.attributes.mapValues(\.fallback)
        if let primary = use.syntax.primary {
            let offset = use.syntax.nameOffset + use.name.utf8.count + 1
            given["primary"] = TagSyntax.Attribute(
                name: "primary",
                value: primary,
                offset: offset,
                valueOffset: offset
            )
        }
        for attribute in use.syntax.attributes {
            if attribute.name == "class", let first = given["class"] {
                given["class"] = first.joined(with: attribute)
            } else if given.updateValue(attribute, forKey: attribute.name) != nil {
                report(
                    at: places.place(ofOriginal: attribute.offset),
                    "the attribute '\(attribute.name)' stands twice",
                    "keep one of the two"
                )
            }
        }
        for attribute in given.values.sorted(by: { $0.offset < $1.offset }) {
            guard let declared = definition.attributes[attribute.name] ?? Self.common[attribute.name] else {
                reportUnknown(attribute, use, definition)
                continue
            }
            let found = value(of: attribute, declared)
            values[attribute.name] = found?.value ?? declared.fallback
            guard let image = found?.image else { continue }
            // An attribute of such a name, which the theme has declared, goes first.
            values.merge(Self.values(of: image, named: attribute.name)) { own, _ in own }
        }
        reportMissing(use, definition, given: given, values)
        return values
    }

    /// The value of an expression, unless something in it is not known; that is told.
    mutating func checked(_ expression: TagExpression) -> TagValue? {
        guard let evaluator = tags?.evaluator else { return nil }
        if reportMistake(in: expression) { return nil }
        if let unknown = evaluator.unknownVariable(in: expression) {
            report(unknown, among: evaluator.variables.keys)
            return nil
        }
        return evaluator.value(of: expression)
    }

    private mutating func report(_ unknown: TagVariable, among names: some Collection<String>) {
        let place = places.place(ofOriginal: unknown.offset)
        if let partial = tags?.including.last, let includer = tags?.includedAt {
            report(
                at: includer,
                "the partial '\(partial)' shows '$\(unknown.name)' at \(place), which is not passed to it",
                "pass it: {% partial file=\"\(partial)\" variables={\(unknown.name): …} /%}"
            )
            return
        }
        let advice = Suggestion.advice(for: "$" + unknown.name, among: names.map { "$" + $0 })
        report(at: place, "unknown variable '$\(unknown.name)'", names.isEmpty ? nil : advice)
    }

    /// Tells of a wrong call or key, wherever in an expression it stands.
    @discardableResult
    mutating func reportMistake(in expression: TagExpression?) -> Bool {
        guard let expression, let evaluator = tags?.evaluator else { return false }
        if let unknown = evaluator.unknownKey(in: expression) {
            report(
                at: places.place(ofOriginal: unknown.variable.offset),
                "unknown variable '$\(unknown.variable.name).\(unknown.key)'",
                Suggestion.advice(for: unknown.key, among: unknown.known)
            )
            return true
        }
        guard let wrong = evaluator.wrongCall(in: expression) else { return false }
        let isKnown = TagFunction(rawValue: wrong.name) != nil
        report(
            at: places.place(ofOriginal: wrong.offset),
            wrong.problem,
            isKnown ? nil : Suggestion.advice(for: wrong.name, among: TagFunction.allCases.map(\.rawValue))
        )
        return true
    }
}

extension PageRendering {
    private static let common: [String: TagDefinition.Attribute] = [
        "id": .init(.text), "class": .init(.any),
    ]

    /// The value, if it is of the declared kind and one of those that are allowed.
    private mutating func value(
        of attribute: TagSyntax.Attribute,
        _ declared: TagDefinition.Attribute
    ) -> (value: TagValue, image: KnownImage?)? {
        guard var value = checked(attribute.value), value != .null else { return nil }
        if attribute.name == "class" { value = .text(value.classNames) }
        let place = places.place(ofOriginal: attribute.valueOffset)
        guard value.isOf(declared.kind) else {
            report(
                at: place,
                "'\(attribute.name)' must be \(declared.kind.words), found \(value.kindName)",
                declared.kind == .text && value.isScalar ? "write \(attribute.name)=\"\(value.shown)\"" : nil
            )
            return nil
        }
        guard declared.allowed.isEmpty || declared.allowed.contains(value) else {
            report(
                at: place,
                "'\(attribute.name)' cannot be \(value.kindName)",
                Suggestion.advice(for: value.shown, among: declared.allowed.map(\.shown))
            )
            return nil
        }
        switch (declared.kind, value) {
        case (.link, .text(let address)): return (.text(resolved(address, .link, at: place).address), nil)
        case (.image, .text(let address)):
            let found = resolved(address, .image, at: place)
            return (.text(found.address), found.image)
        default: return (value, nil)
        }
    }

    private mutating func reportUnknown(
        _ attribute: TagSyntax.Attribute,
        _ use: TagUse,
        _ definition: TagDefinition
    ) {
        let place = places.place(ofOriginal: attribute.offset)
        if attribute.name == "primary" {
            report(at: place, "'\(use.name)' takes no value without a name", "write name=value")
            return
        }
        let known = Array(definition.attributes.keys) + ["id", "class"]
        report(
            at: place,
            "'\(use.name)' has no attribute '\(attribute.name)'",
            Suggestion.advice(for: attribute.name, among: known)
        )
    }

    private mutating func reportMissing(
        _ use: TagUse,
        _ definition: TagDefinition,
        given: [String: TagSyntax.Attribute],
        _ values: [String: TagValue]
    ) {
        for (name, attribute) in definition.attributes.sorted(by: { $0.key < $1.key })
        where attribute.isRequired && given[name] == nil && values[name] == .null {
            report(
                at: use.place,
                "'\(use.name)' lacks the attribute '\(name)'",
                "write \(name)=\(attribute.kind.example)"
            )
        }
    }
}

extension TagSyntax.Attribute {
    /// Several classes are one value.
    fileprivate func joined(with other: TagSyntax.Attribute) -> TagSyntax.Attribute {
        TagSyntax.Attribute(
            name: name,
            value: .list([value, other.value]),
            offset: offset,
            valueOffset: valueOffset
        )
    }
}

extension TagValue {
    /// As `class` wants them: a text, a list of texts, or a table of which the keys with true values count.
    var classNames: String {
        switch self {
        case .list(let values): values.map(\.classNames).filter { !$0.isEmpty }.joined(separator: " ")
        case .table(let values): values.filter(\.value.isTrue).keys.sorted().joined(separator: " ")
        default: shown
        }
    }

    fileprivate var isScalar: Bool {
        switch self {
        case .flag, .number, .text: true
        default: false
        }
    }

    fileprivate func isOf(_ kind: TagDefinition.Attribute.Kind) -> Bool {
        switch (kind, self) {
        case (.any, _), (.text, .text), (.link, .text), (.image, .text), (.number, .number), (.flag, .flag),
            (.list, .list), (.table, .table):
            true
        default: false
        }
    }
}

extension TagDefinition.Attribute.Kind {
    fileprivate var words: String {
        switch self {
        case .text: "a text"
        case .number: "a number"
        case .flag: "true or false"
        case .list: "a list"
        case .table: "a table"
        case .link, .image: "an address in quotes"
        case .any: "a value"
        }
    }

    fileprivate var example: String {
        switch self {
        case .text, .any: "\"…\""
        case .number: "1"
        case .flag: "true"
        case .list: "[…]"
        case .table: "{…}"
        case .link: "\"/page/\""
        case .image: "\"picture.png\""
        }
    }
}
