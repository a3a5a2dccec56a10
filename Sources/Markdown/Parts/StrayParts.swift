internal import Ground

/// Finds parts for some in a text whose dialect has no tags, where everyone would read them and what they hold.
enum StrayParts {
    static func problems(in source: SourceText, file: String, firstLine: Int) -> [Diagnostic] {
        guard source.mayHoldParts else { return [] }
        let text = TagText(source)
        var places = Places(file: file, firstLine: firstLine, source: source)
        var offsets = text.copy.withUnsafeBufferPointer { copy -> [Int] in
            guard let tree = DocumentTree(copy) else { return text.marks.map(\.range.lowerBound) }
            let known = text.marksInCode(below: tree.root, of: SourceText(copy)).sure
            return text.partMarks.filter { !known.contains($0) }.map { text.marks[$0].range.lowerBound }
        }
        let strays = text.strays.map(\.offset).filter(source.isPart)
        if !strays.isEmpty, showsPart(source.bytes) { offsets += strays }
        return offsets.map {
            Diagnostic(
                at: places.place(ofOriginal: $0),
                "this site's Markdown has no tags, so everyone would read this part for some",
                advice:
                    "add 'markdoc' to markdown.dialect in site.config, or write the tag in fenced code to show it"
            )
        }
    }

    private static func showsPart(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let tree = DocumentTree(bytes) else { return true }
        return showsPart(below: tree.root)
    }

    /// Whether such a tag stands outside of code, in nodes of these kinds.
    static func showsPart(below root: Node, in kinds: Set<NodeKind> = [.text, .htmlBlock, .htmlInline])
        -> Bool
    {
        var walk = TreeWalk(root)
        var words: [UInt8] = []
        while let step = walk.next() {
            guard step.isEntering else { continue }
            switch step.kind {
            case .text, .htmlBlock, .htmlInline: if kinds.contains(step.kind) { words += step.node.literal }
            case .softBreak, .lineBreak: words.append(UInt8(ascii: " "))
            default: if step.kind.isBlock { words.append(UInt8(ascii: "\n")) }
            }
        }
        var rest = words[...]
        while let start = rest.firstRange(of: [UInt8(ascii: "{"), UInt8(ascii: "%")]) {
            rest = rest[start.upperBound...]
            if BuiltInTag.opensOrClosesPart(rest) { return true }
        }
        return false
    }
}
