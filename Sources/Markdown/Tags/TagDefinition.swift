/// What a tag of a theme is called, takes and may hold.
package struct TagDefinition: Sendable, Equatable {
    package enum Placement: String, Sendable, CaseIterable {
        /// On lines of its own, or alone in its paragraph.
        case block
        /// Within the words of a paragraph, heading or cell; alone on a line it is a paragraph of its own.
        case inline
        case both
    }

    package struct Attribute: Sendable, Equatable {
        package enum Kind: String, Sendable, CaseIterable {
            case text, number, flag, list, table
            /// The address of a page or file, which is checked and resolved like a link in the text.
            case link
            /// The same for what the page itself shows.
            case image
            case any
        }

        package var kind: Kind
        package var isRequired: Bool
        package var fallback: TagValue
        /// The only values it may have; empty where any of its kind will do.
        package var allowed: [TagValue]

        package init(
            _ kind: Kind = .any,
            isRequired: Bool = false,
            fallback: TagValue = .null,
            allowed: [TagValue] = []
        ) {
            self.kind = kind
            self.isRequired = isRequired
            self.fallback = fallback
            self.allowed = allowed
        }
    }

    package var placement: Placement
    /// Whether it holds nothing, and so is written `{% name /%}` only.
    package var isEmpty: Bool
    /// By name; `id` and `class` are taken by every tag.
    package var attributes: [String: Attribute]
    /// The tags of which one must be the nearest around it; empty where it may stand anywhere.
    package var parents: [String]
    /// The tags that may stand directly in it, and nothing else; empty where all may.
    ///
    /// `fence` is a block of code.
    package var children: [String]
    /// Named parts that `{% slot "name" %}` fills, and whether each must be.
    package var slots: [String: Bool]
    /// The level, 1 to 6, of the page's heading that its `title` is, with its `id`; nil where it is none.
    package var headingLevel: Int?

    package init(
        _ placement: Placement = .both,
        isEmpty: Bool = false,
        attributes: [String: Attribute] = [:],
        parents: [String] = [],
        children: [String] = [],
        slots: [String: Bool] = [:],
        headingLevel: Int? = nil
    ) {
        self.placement = placement
        self.isEmpty = isEmpty
        self.attributes = attributes
        self.parents = parents
        self.children = children
        self.slots = slots
        self.headingLevel = headingLevel
    }
}
