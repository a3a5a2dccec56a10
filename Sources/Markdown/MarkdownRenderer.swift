/// Renders Markdown texts; a value without state, to be shared by any number of tasks.
package struct MarkdownRenderer: Sendable {
    /// In bytes; a longer text is refused, so its file need not be read.
    package static let longestText = TextLimits.longest

    private let options: MarkdownOptions

    package init(_ options: MarkdownOptions) {
        self.options = options
    }

    /// Renders one text.
    ///
    /// Never fails: what is wrong comes back as diagnostics with places of `file`, and where one of them is an error,
    /// the HTML is not to be published. Costs time and memory in proportion to the text.
    ///
    /// `firstLine` is the line of the file on which `text` begins, counted from 1, since front matter stands above it.
    /// `resolve` is asked once for each link and image that reaches the page, in the order of the text.
    package func render(
        _ text: String,
        file: String,
        firstLine: Int = 1,
        resolve: (Reference) -> Resolution = { _ in .keep }
    ) -> RenderedMarkdown {
        var text = text
        return withoutActuallyEscaping(resolve) { resolve in
            text.withUTF8 { bytes in
                let source = SourceText(bytes)
                guard let notes = footnotes(of: source) else {
                    let places = Places(file: file, firstLine: firstLine, source: source)
                    return render(source, places, resolve)
                }
                return notes.bytes.withUnsafeBufferPointer { bytes in
                    let text = SourceText(bytes)
                    let places = Places(
                        file: file,
                        firstLine: firstLine,
                        source: source,
                        laidOut: (text, notes.layout)
                    )
                    return render(text, places, resolve, notes)
                }
            }
        }
    }
}

extension MarkdownRenderer {
    private func footnotes(of source: SourceText) -> FootnoteText? {
        guard options.dialect.contains(.gfm), source.hints.isSuperset(of: [.footnote, .definition]) else {
            return nil
        }
        return FootnoteText(source)
    }

    private func render(
        _ text: SourceText,
        _ places: Places,
        _ resolve: @escaping (Reference) -> Resolution,
        _ notes: FootnoteText? = nil
    ) -> RenderedMarkdown {
        var page = PageRendering(text, options, places, resolve: resolve)
        page.writePage(notes)
        return page.result
    }
}
