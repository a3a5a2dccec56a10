/// How a site wants its Markdown read.
package struct MarkdownOptions: Sendable, Equatable {
    /// A set of constructs beyond CommonMark.
    package enum Extension: String, Sendable, CaseIterable {
        /// GitHub Flavored Markdown 0.29: tables, strikethrough, task lists, bare addresses, disallowed raw HTML; and
        /// what GitHub reads beyond it: footnotes and alerts.
        case gfm
        /// Formulas in TeX: `$…$`, `$$…$$` and fenced blocks of the language `math`.
        case math
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
    /// Whether each heading that has an id ends with a link to itself.
    package var headingAnchors: Bool
    /// The marks that straight quotes become, and with them hyphens dashes and dots ellipses; nil leaves all as it is
    /// written.
    package var quotationMarks: QuotationMarks?
    /// The words in which what the author did not write is named to readers; nil leaves such names out where that can
    /// be, as in the examples of other implementations.
    package var wording: Wording?

    package init(
        dialect: Set<Extension> = [],
        rawHTML: Bool = false,
        headingIDs: Bool = true,
        headingAnchors: Bool = false,
        quotationMarks: QuotationMarks? = nil,
        wording: Wording? = nil
    ) {
        self.dialect = dialect
        self.rawHTML = rawHTML
        self.headingIDs = headingIDs
        self.headingAnchors = headingAnchors
        self.quotationMarks = quotationMarks
        self.wording = wording
    }
}
