internal import Ground

/// A tag as it stands in the tree: what is written in it, and where it ends.
struct TagUse {
    let syntax: TagSyntax
    let place: Place
    /// Whether it is a block of its own, not a part of a paragraph.
    let isBlock: Bool
    /// Where it stands in the author's text, with both braces.
    var range = 0..<0
    /// What closes it; nil where it holds nothing.
    var close: Node?
    var closeRange: Range<Int>?
    /// The `else` tags of an `if`, in their order.
    var alternatives: [Node] = []

    var name: String { syntax.name }
}

/// The tags that every site has, whatever its theme.
enum BuiltInTag: String, CaseIterable {
    case `if`
    case `else`
    case partial
    case table
    case slot
    case comment
    /// A part of the page for some of its readers.
    case members

    /// Those that only choose what they show, and are passed over where it counts what stands around.
    static let choosing = [BuiltInTag.if.rawValue, BuiltInTag.members.rawValue]
}

/// What `{% #id .class key=value %}` says of the block that it stands in.
struct BlockAnnotation {
    var attributes: [TagSyntax.Attribute] = []
}

/// The tags of one tree: which opens and closes where, and what is wrong with that.
struct TagUses {
    var byNode: [Node: TagUse] = [:]
    var annotations: [Node: BlockAnnotation] = [:]
    var diagnostics: [Diagnostic] = []
}
