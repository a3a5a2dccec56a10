/// The text of a page whose formulas are hidden from libcmark, as it is to read it.
///
/// What TeX writes means something else in Markdown: `_`, `*`, `\\`, and `- b` at a line's beginning. So each byte of a
/// formula is replaced by a control character that is no markup and no blank; lines and bytes stay where they were.
struct MathText {
    let bytes: [UInt8]
    /// In the order of the text.
    let spans: [MathSpan]

    /// Stands for the first byte of a formula.
    static let first: UInt8 = 0x1a
    /// Stands for each other byte.
    static let other: UInt8 = 0x1b

    /// Returns nil for a text without formulas.
    ///
    /// Costs a parse of the whole text, so it is asked for only where a hint tells of dollar signs.
    init?(_ source: SourceText) {
        // What is refused is not parsed; a text that holds these characters itself could not be told from ours.
        var places = Places(file: "", firstLine: 1, source: source)
        guard TextLimits.refusal(of: source, &places) == nil,
            !source.bytes.contains(where: { $0 == Self.first || $0 == Self.other }),
            let tree = DocumentTree(source.bytes)
        else { return nil }
        spans = MathFinder(source, root: tree.root).found
        guard !spans.isEmpty else { return nil }
        var bytes = Array(source.bytes)
        for span in spans {
            for range in span.whole {
                for position in range { bytes[position] = Self.other }
            }
            bytes[span.start] = Self.first
        }
        self.bytes = bytes
    }

    /// The first formula that does not begin before a byte.
    func index(from byte: Int) -> Int { spans.firstIndex(behind: { $0.start < byte }) }
}
