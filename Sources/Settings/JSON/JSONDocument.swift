package import Ground

/// A JSON text (RFC 8259), read into the same values as YAML, which know where they stand.
///
/// Numbers and flags become scalars as they are written: what they are depends on who asks. `null` is nothing.
package struct JSONDocument: Sendable {
    package let root: YAMLValue

    /// Reads one document; `firstLine` is the line of the file in which it begins.
    ///
    /// Throws the first mistake. Costs time in proportion to the text; tables and lists may be 100 deep.
    package init(parsing text: String, file: String, firstLine: Int = 1) throws(Diagnostics) {
        var text = text
        let outcome = text.withUTF8 { bytes in
            var reader = JSONReader(bytes, file: file, firstLine: firstLine)
            return Result { () throws(Diagnostic) in try reader.document() }
        }
        do throws(Diagnostic) {
            root = try outcome.get()
        } catch {
            throw Diagnostics([error])
        }
    }
}
