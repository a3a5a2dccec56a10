package import Gate
package import Ground

/// What a member must be to read a part of a page, as `{% members %}` says it: nothing more where all is empty.
///
/// Within each list one is enough; all that is named must hold.
package struct PartAccess: Hashable, Sendable {
    package let labels: [String]
    /// Ids, and roles as `board/chair`.
    package let teams: [String]
    /// As `@example.org`.
    package let emails: [String]
    package let verified: Bool
    package let secondFactor: Bool
    /// Of any kind, as `Fact` writes them.
    package let any: [String]
    /// The same, as pages ask for it.
    package let requirements: [Requirement]
    /// Where the tag stands.
    package var place = Place(file: "")
}

/// What some readers get of a part.
package enum PartView: Sendable {
    /// The words of the part.
    case words
    /// What stands behind its `else`, or else the theme's invitation.
    case other
    /// Neither, as in what all readers have in common.
    case neither
}

extension PartAccess {
    private static let names = ["labels", "teams", "emails", "verified", "mfa", "any"]

    /// For every member, or for those with one of these labels.
    package init(labels: [String] = []) {
        let lists = labels.isEmpty ? [:] : ["labels": (labels, labels.map { Fact.label($0) })]
        self.init(lists, verified: false, secondFactor: false)
    }

    /// Reads a tag's attributes, which must be written out: what a variable is worth cannot decide who reads something.
    init(_ syntax: TagSyntax) throws(TagSyntaxError) {
        if syntax.primary != nil {
            throw TagSyntaxError(
                syntax.nameOffset,
                "'members' takes no value without a name",
                advice: "write labels=\"…\" or teams=\"…\""
            )
        }
        var given: [String: TagSyntax.Attribute] = [:]
        for attribute in syntax.attributes {
            guard Self.names.contains(attribute.name) else {
                throw TagSyntaxError(
                    attribute.offset,
                    "'members' has no attribute '\(attribute.name)'",
                    advice: Suggestion.advice(for: attribute.name, among: Self.names)
                )
            }
            guard given.updateValue(attribute, forKey: attribute.name) == nil else {
                throw TagSyntaxError(
                    attribute.offset,
                    "the attribute '\(attribute.name)' stands twice",
                    advice: "write a list, \(attribute.name)=[\"…\", \"…\"], where one of several is enough"
                )
            }
        }
        var lists: [String: Names] = [:]
        for attribute in syntax.attributes where !["verified", "mfa"].contains(attribute.name) {
            lists[attribute.name] = try Self.names(of: attribute)
        }
        self.init(
            lists,
            verified: try given["verified"].map(Self.flag(of:)) ?? false,
            secondFactor: try given["mfa"].map(Self.flag(of:)) ?? false
        )
    }

    private typealias Names = (texts: [String], facts: [Fact])

    private init(_ lists: [String: Names], verified: Bool, secondFactor: Bool) {
        labels = lists["labels"]?.texts ?? []
        teams = lists["teams"]?.texts ?? []
        emails = lists["emails"]?.texts ?? []
        any = lists["any"]?.texts ?? []
        self.verified = verified
        self.secondFactor = secondFactor
        requirements = [Requirement](
            all: lists.values.map { Requirement(oneOf: $0.facts) } + (verified ? [.verified] : [])
                + (secondFactor ? [.secondFactor] : [])
        )
    }

    private static func names(of attribute: TagSyntax.Attribute) throws(TagSyntaxError) -> Names {
        let values: [TagExpression]
        switch attribute.value {
        case .value(.list(let items)): values = items.map { .value($0) }
        case .list(let items): values = items
        case let value: values = [value]
        }
        var names: Names = ([], [])
        for value in values {
            guard case .value(.text(let name)) = value else {
                throw TagSyntaxError(
                    attribute.valueOffset,
                    "'\(attribute.name)' must be a name in quotes, or a list of such",
                    advice: "write \(attribute.name)=\(example(of: attribute.name))"
                )
            }
            do {
                names.facts.append(try fact(name, of: attribute.name))
            } catch {
                throw TagSyntaxError(attribute.valueOffset, error.problem, advice: error.advice)
            }
            names.texts.append(name)
        }
        guard !names.texts.isEmpty else {
            throw TagSyntaxError(
                attribute.valueOffset,
                "'\(attribute.name)' names nobody",
                advice: "remove it to let every member read this part"
            )
        }
        return names
    }

    private static func fact(_ name: String, of attribute: String) throws(FactMistake) -> Fact {
        switch attribute {
        case "labels": try Fact(label: name)
        case "teams": try Fact(team: name)
        case "emails": try Fact(domain: name)
        default: try Fact(name)
        }
    }

    private static func example(of attribute: String) -> String {
        switch attribute {
        case "labels": "\"pro\" or labels=[\"pro\", \"gold\"]"
        case "teams": "\"board\" or teams=[\"board\", \"staff/lead\"]"
        case "emails": "\"@example.org\""
        default: "[\"label:pro\", \"team:board\"]"
        }
    }

    private static func flag(of attribute: TagSyntax.Attribute) throws(TagSyntaxError) -> Bool {
        guard case .value(.flag(let flag)) = attribute.value else {
            throw TagSyntaxError(
                attribute.valueOffset,
                "'\(attribute.name)' must be true or false",
                advice: "write \(attribute.name)=true"
            )
        }
        return flag
    }
}
