import Gate
import Ground

/// A page that the build makes itself: pages of one term, the terms of a taxonomy, or more of a long section.
struct ListPage: Sendable {
    enum Kind: Sendable {
        /// A position in the model, whose list goes on here.
        case section(Int)
        case term(Term, Edition, of: Taxonomy)
        case taxonomy(Taxonomy)
    }

    let kind: Kind
    let path: PagePath
    let access: Access
    /// The piece of the list that it shows; empty for a list of terms.
    let pages: [Int]
    let pager: Pager
    /// What asks for it: a line of `site.config`, or the section's file.
    let place: Place
}
