/// Renders Markdown texts; a value without state, to be shared by any number of tasks.
package struct MarkdownRenderer: Sendable {
    /// In bytes; a longer text is refused, so its file need not be read.
    package static let longestText = TextLimits.longest

    private let options: MarkdownOptions
    private let coloring: CodeColoring?

    /// `coloring` gives code its colours; without it code stays as it is written, and what stands behind a fence besides the
    /// language means nothing.
    package init(_ options: MarkdownOptions, coloring: CodeColoring? = nil) {
        self.options = options
        self.coloring = coloring
    }

    /// Renders one text.
    ///
    /// Never fails: what is wrong comes back as diagnostics with places of `file`, and where one of them is an error,
    /// the HTML is not to be published. Costs time and memory in proportion to the text.
    ///
    /// `firstLine` is the line of the file on which `text` begins, counted from 1, since front matter stands above it.
    /// `tags` is what `{% … %}` may use where the dialect has it, asked for only where the text has any. `resolve` is asked
    /// once for each link and image that reaches the page, in the order of the text.
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
                guard options.dialect.contains(.markdoc), source.hints.contains(.annotation) else {
                    let places = Places(file: file, firstLine: firstLine, source: source)
                    return render(source, places, resolve, tags: nil)
                        .adding(StrayParts.problems(in: source, file: file, firstLine: firstLine))
                }
                let environment = tags()
                func rendered(_ source: SourceText, _ plan: PartPlan?, _ survey: PartSurvey?)
                    -> RenderedMarkdown
                {
                    PageRendering.withCopy(of: source, file: file, firstLine: firstLine) {
                        text,
                        copy,
                        places in
                        var tags = PageTags(text, environment)
                        (tags.plan, tags.survey) = (plan, survey)
                        return render(copy, places, resolve, tags: tags)
                    }
                }
                let plan = PageRendering.plan(for: source) { _ = rendered(source, nil, $0) }
                guard let readable = plan?.text(of: source) else { return rendered(source, plan, nil) }
                return readable.withUnsafeBufferPointer { rendered(SourceText($0), plan, nil) }
            }
        }
    }
}

extension MarkdownRenderer {
    private func render(
        _ source: SourceText,
        _ places: Places,
        _ resolve: @escaping (Reference) -> Resolution,
        tags: PageTags?
    ) -> RenderedMarkdown {
        PageRendering.withLayout(of: source, places, options, resolve) { page, notes, formulas in
            page.tags = tags
            page.ids.shared = tags?.environment.sharedIDs ?? []
            page.coloring = coloring
            page.writePage(notes, formulas: formulas)
            return page.result
        }
    }
}
