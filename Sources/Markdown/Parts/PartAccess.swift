package import Ground

/// What a member must be to read a part of a page, as `{% members %}` says it: nothing more where all is empty.
///
/// Within `labels` and `teams` one of the names is enough; all that is named must hold.
package struct PartAccess: Hashable, Sendable {
    package let labels: [String]
    package let teams: [String]
    package let verified: Bool
    /// Where the tag stands.
    package var place = Place(file: "")

    package init(labels: [String] = [], teams: [String] = [], verified: Bool = false) {
        self.labels = labels
        self.teams = teams
        self.verified = verified
    }
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
    private static let names = ["labels", "teams", "verified"]

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
        self.init(
            labels: try given["labels"].map(Self.names(of:)) ?? [],
            teams: try given["teams"].map(Self.names(of:)) ?? [],
            verified: try given["verified"].map(Self.flag(of:)) ?? false
        )
    }

    private static func names(of attribute: TagSyntax.Attribute) throws(TagSyntaxError) -> [String] {
        let values: [TagExpression]
        switch attribute.value {
        case .value(.list(let items)): values = items.map { .value($0) }
        case .list(let items): values = items
        case let value: values = [value]
        }
        var names: [String] = []
        for value in values {
            guard case .value(.text(let name)) = value, isName(name) else {
                throw TagSyntaxError(
                    attribute.valueOffset,
                    "'\(attribute.name)' must be a name in quotes, or a list of such",
                    advice: "write \(attribute.name)=\"pro\" or \(attribute.name)=[\"pro\", \"gold\"]"
                )
            }
            names.append(name)
        }
        guard !names.isEmpty else {
            throw TagSyntaxError(
                attribute.valueOffset,
                "'\(attribute.name)' names nobody",
                advice: "remove it to let every member read this part"
            )
        }
        return names
    }

    private static func flag(of attribute: TagSyntax.Attribute) throws(TagSyntaxError) -> Bool {
        guard case .value(.flag(let flag)) = attribute.value else {
            throw TagSyntaxError(
                attribute.valueOffset,
                "'verified' must be true or false",
                advice: "write verified=true"
            )
        }
        return flag
    }

    /// Labels and ids of teams have letters, digits, `.`, `_` and `-` only: a list in one text would be nobody's name.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) }
    }
}
