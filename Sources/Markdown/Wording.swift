/// The words and labels that rendering adds to an author's text.
///
/// All of them stand here, so that a language is one value.
package struct Wording: Sendable, Hashable {
    /// Names the section of footnotes to those who hear the page.
    package var footnotes: String
    /// Names a link from a footnote back to the text; the number of the reference follows.
    package var backToReference: String

    /// Names the link beside a heading; the heading's words follow.
    package var linkToHeading: String
    /// The titles of alerts.
    package var note: String
    package var tip: String
    package var important: String
    package var warning: String
    package var caution: String

    package static let english = Wording(
        footnotes: "Footnotes",
        backToReference: "Back to reference",
        linkToHeading: "Link to:",
        note: "Note",
        tip: "Tip",
        important: "Important",
        warning: "Warning",
        caution: "Caution"
    )
}
