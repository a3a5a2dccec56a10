package import Ground
import Yams

/// A YAML text, read into values that know where they stand.
///
/// The reader takes the YAML that people write by hand: tables, lists and scalars. Anchors, aliases and merges are
/// errors, as is whatever is too large, too deep, or ambiguous (a key twice). Time and stack are bounded by the text's
/// length.
package struct YAMLDocument: Sendable {
    /// `nothing` for a text without content.
    package let root: YAMLValue

    /// Reads one document.
    ///
    /// `file` is how diagnostics name the file, and `firstLine` the line of it in which the text begins, for front
    /// matter. `longest` is how many bytes the text may have, where that is not what people write by hand. Throws every
    /// mistake that can be seen without knowing which keys are expected.
    package init(parsing text: String, file: String, firstLine: Int = 1, longest: Int? = nil)
        throws(Diagnostics)
    {
        let document = YAMLDocument.reading(text, file: file, firstLine: firstLine, longest: longest)
        guard document.problems.isEmpty else { throw Diagnostics(document.problems) }
        root = document.root
    }

    /// Reads what can be read, and notes what is wrong with the rest.
    ///
    /// For callers that go on to ask for keys, so that one run shows the mistakes of both kinds.
    package static func reading(
        _ text: String,
        file: String,
        firstLine: Int = 1,
        longest: Int? = nil
    ) -> (root: YAMLValue, problems: [Diagnostic]) {
        let source = YAMLSource(text, file: file, firstLine: firstLine, longest: longest)
        if let root = PlainYAML.root(of: source) { return (root, []) }
        return readingAll(source)
    }

    /// Reads whatever YAML it is.
    static func readingAll(_ source: YAMLSource) -> (root: YAMLValue, problems: [Diagnostic]) {
        var source = source
        let nothing = YAMLValue(.nothing, at: source.place(line: 1, column: 1))
        if let refusal = source.refusal { return (nothing, [refusal]) }
        var problems: [Diagnostic] = []
        while true {
            do {
                var nodes = YAMLNodes(source: source)
                let root = try nodes.root() ?? nothing
                return (root, problems + nodes.problems)
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                guard problems.count < mostRepetitions, let key = keys.first,
                    let masked = source.maskingRepetition(
                        of: key,
                        line: context.mark.line,
                        column: context.mark.column,
                        number: problems.count
                    )
                else {
                    return (
                        nothing,
                        problems + [source.repetition(of: keys.first ?? "", at: source.place(context.mark))]
                    )
                }
                problems.append(
                    source.repetition(
                        of: key,
                        at: source.place(line: masked.line, column: context.mark.column)
                    )
                )
                source = masked.source
            } catch let error as YamlError {
                return (nothing, problems + [source.diagnostic(for: error)])
            } catch {
                return (
                    nothing, problems + [Diagnostic(at: source.place(), "the text cannot be read as YAML")]
                )
            }
        }
    }

    /// Each costs one more reading of the text.
    private static let mostRepetitions = 20
}
