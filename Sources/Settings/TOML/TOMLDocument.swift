package import Ground

/// A TOML text (toml.io, version 1.0), read into the same values as YAML, which know where they stand.
///
/// Numbers, dates and flags become scalars as they are written: what they are depends on who asks. A date with a time may
/// have a space in it.
package struct TOMLDocument: Sendable {
    package let root: YAMLValue

    /// Reads one document; `firstLine` is the line of the file in which it begins.
    ///
    /// Throws the first mistake. Costs time in proportion to the text; tables may be 100 deep.
    package init(parsing text: String, file: String, firstLine: Int = 1) throws(Diagnostics) {
        var reader = TOMLReader(text, file: file, firstLine: firstLine)
        do throws(Diagnostic) {
            root = try reader.document()
        } catch {
            throw Diagnostics([error])
        }
    }
}
