package import Ground
import Yams

/// A YAML text, read into values that know where they stand.
///
/// The reader takes the YAML that people write by hand: tables, lists and scalars. Anchors, aliases and merges are errors, as
/// is whatever is too large, too deep, or ambiguous (a key twice). Time and stack are bounded by the text's length.
package struct YAMLDocument: Sendable {
    /// `nothing` for a text without content.
    package let root: YAMLValue

    /// Reads one document.
    ///
    /// `file` is how diagnostics name the file, and `firstLine` the line of it in which the text begins, for front
    /// matter. Throws every mistake that can be seen without knowing which keys are expected.
    package init(parsing text: String, file: String, firstLine: Int = 1) throws(Diagnostics) {
        let source = YAMLSource(text, file: file, firstLine: firstLine)
        if let refusal = source.refusal { throw Diagnostics([refusal]) }
        // Yams looks at each tag with regular expressions unless it is told of none.
        let node: Node?
        let parser: Parser
        do {
            parser = try Parser(yaml: source.text, resolver: .basic, encoding: .utf8)
            node = try parser.singleRoot()
        } catch let error as YamlError {
            throw Diagnostics(source.diagnostics(for: error))
        } catch {
            throw Diagnostics([Diagnostic(at: source.place(), "the YAML cannot be read: \(error)")])
        }
        var reading = YAMLNodes(source: source)
        // A node's anchor is gone once its parser is.
        root = withExtendedLifetime(parser) {
            node.map { reading.value($0) } ?? YAMLValue(.nothing, at: source.place(line: 1, column: 1))
        }
        if !reading.problems.isEmpty { throw Diagnostics(reading.problems) }
    }
}
