package import Ground

/// A link or an image as the author wrote it.
package struct Reference: Sendable, Hashable {
    package enum Kind: Sendable {
        case link
        case image
    }

    package let kind: Kind
    /// Where it leads: escapes and entities are decoded, nothing is percent-encoded or percent-decoded.
    package let destination: String
    /// Where its `[`, `![`, `<` or first character stands in the author's file.
    package let place: Place

    package init(kind: Kind, destination: String, place: Place) {
        self.kind = kind
        self.destination = destination
        self.place = place
    }
}

/// What becomes of a reference.
package enum Resolution: Sendable, Hashable {
    /// It is written to the page as the author wrote it, percent-encoded where needed.
    case keep
    /// It leads elsewhere; the text is already percent-encoded and is escaped for HTML only.
    case replace(String)
    /// It is an image that is shown from elsewhere, or with a nil address from where the author wrote, loaded when it comes
    /// near, and in this size if that is known; the address is like that of `replace`.
    ///
    /// With sources a browser chooses among them by their widths, from the narrowest to the widest.
    case image(String?, ImageSize?, sources: [ImageSource] = [])
    /// It leads nowhere: an error at its place.
    case dead(problem: String, advice: String?)
}
