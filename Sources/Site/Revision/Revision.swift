package import Gate

/// What became of the current release where something was edited that can be looked at alone.
package struct Revision: Sendable {
    /// A file that differs now.
    package struct File: Sendable {
        /// Where it lies: what the gate table says of it now, or of the page for some of its readers.
        package let route: Route
        package let bytes: [UInt8]
    }

    /// The whole table as it is now.
    package let table: GateTable
    package let files: [File]
    /// How many pages were rendered anew.
    package let pages: Int
    /// Whether what the server fills its own pages with is new, too: the theme, the menu, the words around them.
    package let changesServerPages: Bool

    /// In bytes: more than this is not handed over at once, and is better built.
    static let limit = 24 << 20
}
