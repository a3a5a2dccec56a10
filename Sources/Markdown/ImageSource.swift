/// An image that a browser may load in place of another, where the room on the page is narrower.
package struct ImageSource: Sendable, Hashable {
    /// Percent-encoded where needed, and escaped for HTML when it is written.
    package let address: String
    /// In pixels.
    package let width: Int

    package init(address: String, width: Int) {
        self.address = address
        self.width = width
    }
}
