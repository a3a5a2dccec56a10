internal import Ground

extension PageRendering {
    /// Makes the copy that libcmark is to read, and lends it.
    static func withCopy<Result>(
        of source: SourceText,
        file: String,
        firstLine: Int,
        _ body: (TagText, SourceText, Places) -> Result
    ) -> Result {
        let text = TagText(source)
        return text.copy.withUnsafeBufferPointer { bytes in
            let copy = SourceText(bytes)
            let places = Places(
                file: file,
                firstLine: firstLine,
                source: source,
                copy: copy,
                removed: text.removed
            )
            return body(text, copy, places)
        }
    }

    /// Finds the tags of the page and of its tables, once no pass will change the tree any more.
    mutating func pairTags(below root: Node) {
        guard var tags else { return }
        var pairing = TagPairing(
            tags.text,
            tags.environment.definitions,
            outer: tags.frames.map(\.name),
            depth: tags.depth,
            plan: tags.plan,
            places
        )
        pairing.take(below: root) { tables.table(of: $0) != nil }
        tables.cells?.apply { pairing.take(below: $0) }
        pairing.finish()
        tags.uses = pairing.uses
        diagnostics += pairing.uses.diagnostics
        // What a partial holds stands in the tag around it.
        if !tags.including.isEmpty, let last = tags.frames.indices.last {
            tags.frames[last].container = tags.isDirect ? root : nil
        }
        self.tags = tags
        planParts(below: root, seen: pairing.seenParts)
        reserveIDs()
    }

    /// Keeps the ids that annotations and tags set from headings that would get them by their words.
    private mutating func reserveIDs() {
        guard let tags else { return }
        let annotations = tags.uses.annotations.values.map(\.attributes)
        let uses = tags.uses.byNode.values.map(\.syntax.attributes)
        for attribute in annotations.joined() + Array(uses.joined()) where attribute.name == "id" {
            if case .text(let id) = tags.evaluator.value(of: attribute.value) { ids.reserve(id) }
        }
    }
}
