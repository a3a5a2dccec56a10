/// One file of an index.
package struct SearchFile: Sendable {
    /// Below the index's folder, such as `words/ga.json`.
    package let path: String
    /// JSON in UTF-8.
    package let bytes: [UInt8]
}
