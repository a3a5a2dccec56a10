extension PageRendering {
    /// Lays out what libcmark cannot read as it stands, where there is any, and lends the rendering of that.
    ///
    /// `write` is to hand the footnotes and formulas on to `writePage`.
    static func withLayout<Result>(
        of source: SourceText,
        _ places: Places,
        _ options: MarkdownOptions,
        _ resolve: @escaping (Reference) -> Resolution,
        _ write: (inout PageRendering, FootnoteText?, (text: MathText, original: SourceText)?) -> Result
    ) -> Result {
        guard options.dialect.contains(.gfm), source.hints.isSuperset(of: [.footnote, .definition]),
            let notes = FootnoteText(source)
        else { return withFormulas(of: source, places, options, resolve) { write(&$0, nil, $1) } }
        return notes.bytes.withUnsafeBufferPointer { bytes in
            let text = SourceText(bytes)
            return withFormulas(of: text, places.laidOut(as: text, notes.layout), options, resolve) {
                write(&$0, notes, $1)
            }
        }
    }

    private static func withFormulas<Result>(
        of source: SourceText,
        _ places: Places,
        _ options: MarkdownOptions,
        _ resolve: @escaping (Reference) -> Resolution,
        _ write: (inout PageRendering, (text: MathText, original: SourceText)?) -> Result
    ) -> Result {
        guard options.dialect.contains(.math), source.hints.contains(.dollar), let formulas = MathText(source)
        else {
            var page = PageRendering(source, options, places: places, resolve: resolve)
            return write(&page, nil)
        }
        return formulas.bytes.withUnsafeBufferPointer { bytes in
            var page = PageRendering(SourceText(bytes), options, places: places, resolve: resolve)
            return write(&page, (formulas, source))
        }
    }
}
