/// One use of a theme's tag, checked and evaluated, for the theme to make HTML of.
package struct TagCall: Sendable {
    package let name: String
    /// All that the definition names, each with its value or what stands in for it, and `id` and `class` where given.
    ///
    /// Links are resolved, and percent-encoded where they must be; nothing is escaped for HTML.
    package let attributes: [String: TagValue]
    /// What the tag holds, as HTML.
    package let content: String
    /// The tags and blocks of code that stand directly in it, in their order; also in `content`.
    package let items: [Item]
    /// By their names, as HTML.
    package let slots: [String: String]
    /// Whether it stands on lines of its own.
    package let isBlock: Bool
    /// Unique on the page, and no heading's id: `tag~3`.
    package let key: String

    package struct Item: Sendable {
        /// A tag's name, or `fence`.
        package let name: String
        /// Those of the tag, or the `language` of the code and what its annotation says.
        package let attributes: [String: TagValue]
        /// What the tag holds, or the finished block of code, as HTML.
        package let content: String
        /// The tag itself as the theme has made it.
        package let html: String
    }
}
