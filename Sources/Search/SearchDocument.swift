/// One page as a search finds it.
package struct SearchDocument: Sendable {
    /// A heading and the text below it, up to the next heading.
    package struct Part: Sendable {
        /// The heading's id, to be linked to; empty for the text above the first heading.
        package let anchor: String
        package let heading: String
        /// Plain text.
        package let text: String

        package init(anchor: String, heading: String, text: String) {
            self.anchor = anchor
            self.heading = heading
            self.text = text
        }
    }

    /// The page's address, percent-encoded.
    package let address: String
    package let title: String
    package let parts: [Part]

    package init(address: String, title: String, parts: [Part]) {
        self.address = address
        self.title = title
        self.parts = parts
    }
}
