/// How a site wants its Markdown read.
package struct MarkdownOptions: Sendable, Equatable {
    /// A set of constructs beyond CommonMark.
    package enum Extension: String, Sendable, CaseIterable {
        /// GitHub Flavored Markdown 0.29: tables, strikethrough, task lists, bare addresses, disallowed raw HTML.
        case gfm
        /// Markdoc's `{% … %}`: tags, values, conditions, partials and annotations.
        case markdoc
    }

    /// What is read beyond CommonMark 0.30; empty for CommonMark alone.
    ///
    /// With any extension, `{% #my-id %}` at a heading's end sets the heading's id; with `markdoc` annotations say more.
    package var dialect: Set<Extension>
    /// Whether raw HTML goes to the page as it is, and links may have any scheme.
    ///
    /// When off (the default) raw HTML is left out with a warning (comments silently), and links to `javascript:`,
    /// `vbscript:`, `file:` and `data:` (except for PNG, GIF, JPEG and WebP images) lose their destination, with a
    /// warning too.
    package var rawHTML: Bool
    /// Whether headings get an `id`; on for pages, off for comparing with other implementations.
    package var headingIDs: Bool

    package init(dialect: Set<Extension> = [], rawHTML: Bool = false, headingIDs: Bool = true) {
        self.dialect = dialect
        self.rawHTML = rawHTML
        self.headingIDs = headingIDs
    }
}
