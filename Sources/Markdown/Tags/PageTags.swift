internal import Ground

/// The tags of the text that is being rendered, and where among them the rendering is.
struct PageTags {
    let text: TagText
    var environment: TagEnvironment
    var uses = TagUses()
    /// The theme's tags that are open, outermost first.
    var frames: [TagFrame] = []
    /// How many tags and partials are being written in one another.
    var depth = 0
    /// The partials that are being included, outermost first.
    var including: [String] = []
    /// Where the last of them is included.
    var includedAt: Place?
    /// Whether this text, a partial's, stands directly in the tag around it.
    var isDirect = false
    /// How many tags have been made so far, partials' included.
    var made = 0
    /// How many texts have been looked at for braces that begin no tag.
    var lookedAtStrays = 0
    /// A node whose place has been asked for ahead of its turn, since asking twice costs a walk.
    var lookedAhead: (node: Node, place: Place)?
    /// Whether no more of them will be told of.
    var isTiredOfStrays = false
    /// How many partials have been included so far.
    var included = 0
    /// How long they are together, in bytes.
    var includedBytes = 0

    /// Where the text is parsed only to learn of its parts for some.
    var survey: PartSurvey?
    /// What these readers get of those parts; nil where the text has none.
    var plan: PartPlan?
    /// The parts in whose words the rendering is, outermost first.
    var around: [PartAccess] = []
    /// Inline tags behind which these readers get nothing, up to a later sibling.
    var skips: [Node: Node] = [:]

    init(_ text: TagText, _ environment: TagEnvironment) {
        self.text = text
        self.environment = environment
    }

    var evaluator: TagEvaluator { TagEvaluator(variables: environment.variables, closed: environment.closed) }

    /// What a raw HTML node stands for; nil where the author wrote it.
    func mark(of node: Node) -> TagMark? {
        let number =
            node.kind == .htmlBlock
            ? text.mark(ofBlock: node)
            : text.code?.number(at: 0, in: node.literal)
        guard let number, number < text.marks.count else { return nil }
        return text.marks[number]
    }
}

/// An open tag of the theme.
struct TagFrame {
    let name: String
    /// The node whose children stand directly in the tag.
    var container: Node?
    var items: [TagCall.Item] = []
    var slots: [String: String] = [:]
}
