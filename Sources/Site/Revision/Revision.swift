package import Gate

/// What became of the current release where only the words of some pages changed.
package struct Revision: Sendable {
    /// A file that differs now.
    package struct File: Sendable {
        /// What the gate table says of it now.
        package let route: Route
        package let bytes: [UInt8]
    }

    /// The whole table as it is now.
    package let table: GateTable
    package let files: [File]
    /// The pages whose words changed.
    package let pages: Int
}
