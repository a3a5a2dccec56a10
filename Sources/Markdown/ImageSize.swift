/// How large an image is shown, in CSS pixels, so that the page keeps the room for it before it has come.
package struct ImageSize: Sendable, Hashable {
    package let width: Int
    package let height: Int

    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }
}
