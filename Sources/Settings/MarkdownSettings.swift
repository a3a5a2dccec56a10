/// `markdown`: the dialect that pages are written in.
package struct MarkdownSettings: Hashable, Sendable {
    /// `dialect: [gfm]`: GitHub's tables, strikethrough, task lists, bare URLs, footnotes and alerts, on top of CommonMark.
    package var gfm: Bool
    /// `dialect: [math]`: formulas in TeX between dollar signs.
    package var math: Bool
    /// `dialect: [markdoc]`: tags, values, conditions, partials and annotations in `{% … %}`.
    package var markdoc: Bool
    /// `raw_html`: HTML in pages goes through as it stands.
    ///
    /// Whoever may write pages may then run scripts in visitors' browsers; off where it is not said.
    package var rawHTML: Bool

    /// `heading_anchors`: each heading of a page ends with a link to itself, which a theme may show or hide.
    package var headingAnchors: Bool

    /// `smart`: quotes, dashes and ellipses are set as a printer would, in the manner of the site's language.
    package var smart: Bool

    /// `highlight`: code whose language is known gets classes, by which the theme colours it.
    package var highlight: Bool

    package init(
        gfm: Bool = true,
        math: Bool = false,
        markdoc: Bool = false,
        rawHTML: Bool = false,
        headingAnchors: Bool = false,
        smart: Bool = false,
        highlight: Bool = true
    ) {
        self.gfm = gfm
        self.math = math
        self.markdoc = markdoc
        self.rawHTML = rawHTML
        self.headingAnchors = headingAnchors
        self.smart = smart
        self.highlight = highlight
    }
}
