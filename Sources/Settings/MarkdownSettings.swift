/// `markdown`: the dialect that pages are written in.
package struct MarkdownSettings: Hashable, Sendable {
    /// `dialect: [gfm]`: GitHub's tables, strikethrough, task lists and bare URLs, on top of CommonMark.
    package var gfm: Bool
    /// `dialect: [markdoc]`: tags, values, conditions, partials and annotations in `{% … %}`.
    package var markdoc: Bool
    /// `raw_html`: HTML in pages goes through as it stands.
    ///
    /// Whoever may write pages may then run scripts in visitors' browsers; off where it is not said.
    package var rawHTML: Bool

    package init(gfm: Bool = true, markdoc: Bool = false, rawHTML: Bool = false) {
        self.gfm = gfm
        self.markdoc = markdoc
        self.rawHTML = rawHTML
    }
}
