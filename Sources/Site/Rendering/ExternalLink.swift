package import Ground
import Markdown

/// A link or an image of another site, as a page's author wrote it.
package struct ExternalLink: Hashable, Sendable {
    /// Begins with `http://` or `https://`.
    package let url: String
    package let place: Place

    package init(url: String, place: Place) {
        self.url = url
        self.place = place
    }

    /// Nil for what is no address of the web: `mailto:`, `tel:`.
    ///
    /// An address that begins with `//` is taken for one of https.
    init?(_ reference: Reference) {
        let text = reference.destination
        let scheme = text.prefix { $0 != ":" }.lowercased()
        if text.hasPrefix("//") {
            self.init(url: "https:" + text, place: reference.place)
        } else if scheme == "http" || scheme == "https" {
            self.init(url: text, place: reference.place)
        } else {
            return nil
        }
    }
}
