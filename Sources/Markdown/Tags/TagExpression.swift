/// A value as it is written in a tag; offsets are bytes of the author's text.
indirect enum TagExpression {
    case value(TagValue)
    case list([TagExpression])
    case table([(key: String, value: TagExpression)])
    /// `$page.params["x"][0]`
    case variable(TagVariable)
    /// `equals($x, 1)`
    case call(name: String, arguments: [TagExpression], offset: Int)
}

struct TagVariable {
    /// Without its `$`.
    let name: String
    let path: [Step]
    let offset: Int

    enum Step {
        case key(String)
        case index(Int)
    }

    /// As the author wrote it, or nearly so.
    var shown: String {
        "$" + name
            + path.map { step in
                switch step {
                case .key(let key): "." + key
                case .index(let index): "[\(index)]"
                }
            }.joined()
    }
}
