internal import Ground

extension PageRendering {
    /// How many partials one page may include, all told, since each may include others twice.
    private static let mostPartials = 1000

    /// Writes the text of another file as if it stood here, with variables of its own.
    mutating func writePartial(_ use: TagUse, _ node: Node) {
        guard let (file, variables) = partialAttributes(use), let tags else { return }
        guard let partial = tags.environment.partial(file) else {
            report(
                at: use.place,
                "there is no partial '\(file)'",
                Suggestion.nearest(to: file, in: tags.environment.partialNames).map {
                    "did you mean '\($0)'?"
                }
                    ?? "partials lie below content/_partials"
            )
            return
        }
        if let start = tags.including.firstIndex(of: partial.name) {
            let chain = tags.including[start...] + [partial.name]
            report(at: use.place, "a partial includes itself: \(chain.joined(separator: " → "))")
            return
        }
        if let refusal = tags.environment.refusal(partial) {
            report(at: use.place, refusal.problem, refusal.advice)
            return
        }
        guard tags.depth < TagPairing.deepest else {
            report(at: use.place, "partials include one another deeper than \(TagPairing.deepest) levels")
            return
        }
        guard tags.included < Self.mostPartials else {
            if tags.included == Self.mostPartials {
                report(at: use.place, "more than \(Self.mostPartials) partials are included in one page")
            }
            self.tags?.included += 1
            return
        }
        let size = tags.includedBytes + partial.text.utf8.count
        guard size <= TextLimits.longest else {
            // Told once; no text is short enough from here on.
            if tags.includedBytes < Int.max / 2 {
                report(
                    at: use.place,
                    "the partials of this page are longer than \(TextLimits.longest >> 20) MB together",
                    "part the page into several"
                )
            }
            self.tags?.includedBytes = Int.max / 2
            return
        }
        self.tags?.includedBytes = size
        let isDirect = tags.frames.last?.container == node.parent
        write(partial, variables, at: use.place, self.tags ?? tags, isDirect: isDirect)
    }

    private mutating func partialAttributes(_ use: TagUse) -> (file: String, variables: [String: TagValue])? {
        let definition = TagDefinition(
            isEmpty: true,
            attributes: [
                "file": .init(.text, isRequired: true), "variables": .init(.table, fallback: .table([:])),
            ]
        )
        let attributes = attributes(of: use, definition)
        guard case .text(let file)? = attributes["file"] else { return nil }
        guard case .table(let variables)? = attributes["variables"] else { return (file, [:]) }
        return (file, variables)
    }

    private mutating func write(
        _ partial: PartialText,
        _ variables: [String: TagValue],
        at place: Place,
        _ tags: PageTags,
        isDirect: Bool
    ) {
        var text = partial.text
        text.withUTF8 { bytes in
            let source = SourceText(bytes)
            let plan = PageRendering.plan(for: source) { survey in
                PageRendering.withCopy(of: source, file: partial.file, firstLine: 1) { text, copy, places in
                    var innerTags = PageTags(text, tags.environment)
                    innerTags.frames = tags.frames
                    innerTags.depth = tags.depth
                    innerTags.around = tags.around
                    innerTags.environment.variables.merge(variables) { _, passed in passed }
                    innerTags.survey = survey
                    PageRendering.withLayout(of: copy, places, options, resolve) { inner, notes, formulas in
                        inner.tags = innerTags
                        inner.writePage(notes, formulas: formulas)
                    }
                }
            }
            guard let readable = plan?.text(of: source) else {
                write(source, of: partial, variables, at: place, tags, plan, isDirect: isDirect)
                return
            }
            readable.withUnsafeBufferPointer {
                write(SourceText($0), of: partial, variables, at: place, tags, plan, isDirect: isDirect)
            }
        }
    }

    private mutating func write(
        _ source: SourceText,
        of partial: PartialText,
        _ variables: [String: TagValue],
        at place: Place,
        _ tags: PageTags,
        _ plan: PartPlan?,
        isDirect: Bool
    ) {
        PageRendering.withCopy(of: source, file: partial.file, firstLine: 1) {
            text,
            copy,
            places in
            var innerTags = PageTags(text, tags.environment)
            innerTags.plan = plan
            innerTags.around = tags.around
            // What the page knows stays known; what is passed stands before it.
            innerTags.environment.variables.merge(variables) { _, passed in passed }
            innerTags.environment.closed.subtract(variables.keys)
            innerTags.frames = tags.frames
            innerTags.isDirect = isDirect
            innerTags.depth = tags.depth
            innerTags.including = tags.including + [partial.name]
            innerTags.includedAt = place
            innerTags.made = tags.made
            innerTags.included = tags.included + 1
            innerTags.includedBytes = tags.includedBytes
            PageRendering.withLayout(of: copy, places, options, resolve) { inner, notes, formulas in
                inner.coloring = coloring
                inner.tags = innerTags
                inner.exchange(with: &self)
                inner.writePage(notes, formulas: formulas)
                inner.exchange(with: &self)
                self.tags?.made = inner.tags?.made ?? tags.made
                self.tags?.included = inner.tags?.included ?? tags.included
                self.tags?.includedBytes = inner.tags?.includedBytes ?? tags.includedBytes
                take(framesOf: inner.tags, tags)
            }
        }
    }

    private mutating func take(framesOf inner: PageTags?, _ outer: PageTags) {
        guard var frames = inner?.frames, let last = frames.indices.last else { return }
        frames[last].container = outer.frames.last?.container
        tags?.frames = frames
    }

    /// Swaps all that a page gathers while it is written.
    private mutating func exchange(with other: inout PageRendering) {
        swap(&html, &other.html)
        swap(&words, &other.words)
        swap(&ids, &other.ids)
        swap(&headings, &other.headings)
        swap(&references, &other.references)
        swap(&diagnostics, &other.diagnostics)
        swap(&excerpt, &other.excerpt)
        swap(&excerptStart, &other.excerptStart)
        swap(&summary, &other.summary)
    }
}
