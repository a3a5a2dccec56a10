/// Renders Markdown texts; a value without state, to be shared by any number of tasks.
package struct MarkdownRenderer: Sendable {
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
    /// `tags` is what `{% … %}` may use where the dialect has it, asked for only where the text has any. `resolve` is asked once for each link and image that
    /// reaches the page, in the order of the text.
    package func render(
        _ text: String,
        file: String,
        firstLine: Int = 1,
        tags: @autoclosure () -> TagEnvironment = TagEnvironment(),
        resolve: (Reference) -> Resolution = { _ in .keep }
    ) -> RenderedMarkdown {
        var text = text
        return withoutActuallyEscaping(resolve) { resolve in
            text.withUTF8 { bytes in
                let source = SourceText(bytes)
                if options.dialect.contains(.markdoc), source.hints.contains(.annotation) {
                    return Self.render(
                        source,
                        tags: tags(),
                        options,
                        file: file,
                        firstLine: firstLine,
                        resolve: resolve
                    )
                }
                let places = Places(file: file, firstLine: firstLine, source: source)
                var page = PageRendering(source, options, places: places, resolve: resolve)
                page.writePage()
                return page.result
            }
        }
    }
}
