/// One `{% … %}` as it is written, before anyone asks what its name means.
struct TagSyntax {
    enum Kind {
        /// `{% name … %}`
        case open
        /// `{% name … /%}`
        case selfClosing
        /// `{% /name %}`
        case close
        /// `{% $variable %}`, `{% function() %}`
        case interpolation(TagExpression)
        /// `{% #id .class key=value %}`
        case annotation
    }

    struct Attribute {
        let name: String
        let value: TagExpression
        /// Where its name, `#` or `.` stands, in bytes of the author's text.
        let offset: Int
        let valueOffset: Int
    }

    let kind: Kind
    /// Empty where the kind has none.
    let name: String
    /// The value right behind the name, as in `{% if $x %}`.
    let primary: TagExpression?
    let attributes: [Attribute]
    let nameOffset: Int
}

/// What is wrong inside a tag, and at which byte of the author's text.
struct TagSyntaxError: Error {
    let offset: Int
    let problem: String
    let advice: String?

    init(_ offset: Int, _ problem: String, advice: String? = nil) {
        self.offset = offset
        self.problem = problem
        self.advice = advice
    }
}
