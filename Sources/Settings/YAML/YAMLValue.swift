package import Ground

/// One value of a YAML text, and where it stands.
package struct YAMLValue: Sendable {
    package enum Content: Sendable {
        /// `key:` with nothing behind it.
        case nothing
        /// A text, a number, a flag: what it is depends on who asks.
        case scalar(String, isQuoted: Bool)
        case list([YAMLValue])
        /// In the order of the file; keys are unique.
        case table([YAMLEntry])
    }

    package let content: Content
    package let place: Place

    package init(_ content: Content, at place: Place) {
        self.content = content
        self.place = place
    }

    /// How a diagnostic names what was found: `'abc'`, `a list`; long texts are cut.
    package var found: String {
        switch content {
        case .nothing: "nothing"
        case .scalar(let text, _):
            text.count > 40 ? "'\(text.prefix(40))…'" : "'\(text)'"
        case .list: "a list"
        case .table: "a table"
        }
    }
}

/// One key of a table with its value.
package struct YAMLEntry: Sendable {
    package let key: String
    /// Where the key stands; the value's place is its own.
    package let place: Place
    package let value: YAMLValue

    package init(key: String, place: Place, value: YAMLValue) {
        self.key = key
        self.place = place
        self.value = value
    }
}
