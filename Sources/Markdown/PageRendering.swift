internal import Ground

/// The rendering of one text: what is written so far and what was found on the way.
///
/// `BlockRenderer.swift`, `InlineRenderer.swift`, `LinkRenderer.swift` and `TableRenderer.swift` say what each node
/// becomes.
struct PageRendering: ~Copyable {
    /// Which text the positions of nodes belong to.
    enum Origin {
        case page
        case piece(CellText.Piece, isCell: Bool)
    }

    /// An image that the site knows, and its size where that is known, too.
    struct KnownImage {
        let size: ImageSize?
        let sources: [ImageSource]
    }

    let options: MarkdownOptions
    let source: SourceText
    let resolve: (Reference) -> Resolution
    /// Nil where code stays as it is.
    var coloring: CodeColoring?
    var html: HTMLWriter
    var places: Places
    var words = WordCounter()
    var ids = HeadingIDs()
    var headings: [Heading] = []
    /// The heading of the first level that the page's own text begins with, once it is met.
    var opening: Node?
    /// Where that heading ends in the HTML.
    var openingEnd = 0
    var references: [Reference] = []
    var diagnostics: [Diagnostic] = []
    /// Those of footnotes that nothing refers to; where parts are for some, something may for others.
    var unusedNotes: [Diagnostic] = []
    var excerpt: [UInt8] = []
    var summary = SummaryDraft()
    /// Where the inlines of the paragraph that is the excerpt begin, while they are being written.
    var excerptStart: (leaf: Node, position: Int)?
    /// The labels of the footnotes that this text defines, as far as they may be referred to.
    var noteLabels: [String] = []
    var tables = TableFinder()
    /// Cells that rows lacked, up to now.
    var filledCells = 0
    var annotations = HeadingAnnotations()
    var alerts = Alerts()
    /// Inlines of passes that are shown without their children, which only keep their place in the line.
    var standIns: Set<Node> = []
    /// Nil for a text without `{%`.
    var tags: PageTags?
    /// The paragraph that a cell of a list-style table begins with, whose annotation is the cell's.
    var cellParagraph: Node?

    /// The columns at which the open quotes begin, outermost first.
    var quotes: [Int] = []
    /// The paragraph, heading or cell whose inlines are being written.
    var leaf: Node?
    /// Positions in a leaf, made when the first is asked for.
    var positions: LeafPositions?
    /// The image whose description is being written, as plain text.
    var image: Node?
    /// What the site knows of that image, if it was asked.
    var knownImage: KnownImage?
    var origin = Origin.page
    /// Whether paragraphs of the piece being written stand in a tight list.
    var isPieceTight = false

    init(
        _ source: SourceText,
        _ options: MarkdownOptions,
        places: Places,
        resolve: @escaping (Reference) -> Resolution
    ) {
        self.options = options
        self.source = source
        self.resolve = resolve
        self.places = places
        html = HTMLWriter(reserving: source.bytes.count + source.bytes.count / 4)
    }

    /// Parses the text and writes all of it.
    ///
    /// `formulas` come with the text before they were hidden.
    mutating func writePage(
        _ footnotes: FootnoteText? = nil,
        formulas: (text: MathText, original: SourceText)? = nil
    ) {
        diagnostics += TextLimits.nulBytes(of: source, &places)
        if let refusal = TextLimits.refusal(of: source, &places) {
            diagnostics.append(refusal)
            return
        }
        guard let tree = DocumentTree(source.bytes) else { return }
        let isGFM = options.dialect.contains(.gfm)
        if isGFM, !source.delimiterLines.isEmpty { tables = TableFinder(tree.root, source: source) }
        if let footnotes { place(footnotes, in: tree.root) }
        if isGFM, source.hints.contains(.task) { TaskItems(source: source).apply(to: tree.root) }
        if isGFM, source.hints.contains(.alert) {
            alerts = Alerts(takenFrom: tree.root, source: source, tables: tables)
            standIns.formUnion(alerts.markers)
        }
        if isGFM { applyInlinePasses(to: tree.root) }
        if let formulas { place(formulas.text, of: formulas.original, in: tree.root) }
        if tags != nil {
            pairTags(below: tree.root)
            if tags?.survey != nil { return }
        } else if !options.dialect.isEmpty, source.hints.contains(.annotation) {
            annotations = HeadingAnnotations(takenFrom: tree.root)
            for annotation in annotations.byHeading.values { ids.reserve(annotation.id) }
        }
        write(tree.root)
    }

    private func applyInlinePasses(to root: Node) {
        if source.hints.contains(.tilde) {
            Strikethrough.apply(to: root)
            tables.cells?.apply(Strikethrough.apply)
        }
        if source.hints.contains(.bareLink) {
            BareLinks.apply(to: root)
            tables.cells?.apply(BareLinks.apply)
        }
    }

    /// Writes a node and all below it.
    mutating func write(_ node: Node) {
        write(TreeWalk(node))
    }

    /// Writes all that a walk comes past.
    mutating func write(_ walk: TreeWalk) {
        var walk = walk
        while let step = walk.next() {
            if step.kind.isBlock {
                write(block: step, &walk)
            } else if tags == nil || image != nil || !step.isEntering || !write(tag: step.node, &walk) {
                write(inline: step)
                if step.kind == .customInline, image == nil, standIns.contains(step.node) { walk.skip() }
            }
        }
    }

    /// Writes what is below a node, but not the node.
    mutating func writeChildren(of node: Node) {
        if let first = node.firstChild { write(TreeWalk(from: first, until: nil)) }
    }

    var result: RenderedMarkdown {
        let excerptText = String(decoding: excerpt, as: UTF8.self)
        return RenderedMarkdown(
            htmlBytes: html.bytes,
            headings: headings,
            openingLength: openingEnd,
            references: references,
            diagnostics: diagnostics,
            unusedNotes: unusedNotes,
            excerpt: excerptText,
            summary: summary.summary(of: html.bytes, excerpt: excerptText),
            wordCount: words.count
        )
    }
}

extension PageRendering {
    /// Begins the inlines of a paragraph, heading or cell.
    mutating func enter(leaf node: Node) {
        leaf = node
        words.endWord()
        if let marks = options.quotationMarks { typeset(node, marks) }
    }

    /// Where an inline of the current leaf stands.
    mutating func place(of inline: Node) -> Place {
        guard let leaf else { return places.place(line: inline.startLine) }
        guard let (line, byte) = locate(inline) else { return places.place(line: leaf.startLine) }
        return places.place(line: line, byte: byte)
    }

    /// The line and byte of the text at which an inline of the current leaf stands.
    mutating func locate(_ inline: Node) -> (line: Int, byte: Int)? {
        guard let leaf else { return nil }
        if positions?.leaf != leaf { positions = positions(of: leaf) }
        return positions?.locate(inline)
    }

    /// The line of the source on which a block begins, and its column there.
    mutating func place(ofBlock block: Node) -> Place {
        let column = max(block.startColumn, 1)
        switch origin {
        case .page:
            return places.place(
                line: block.startLine,
                byte: source.range(ofLine: block.startLine).lowerBound + column - 1
            )
        case .piece(let piece, _):
            let line = piece.lines[min(max(block.startLine - piece.firstLine, 0), piece.lines.count - 1)]
            return places.place(line: line.line, byte: line.start + column - 1)
        }
    }

    private func positions(of leaf: Node) -> LeafPositions {
        let columnOffset = leaf.startColumn - 1
        switch origin {
        case .page:
            let lines = source.contentLines(of: leaf, quotes: quotes)
            return LeafPositions(of: leaf, lines: lines, columnOffset: columnOffset, in: source.bytes)
        case .piece(let piece, isCell: true):
            // Behind the `# ` that made a heading of it.
            return LeafPositions(
                of: leaf,
                lines: piece.lines,
                columnOffset: 2,
                unescapesPipes: true,
                in: source.bytes
            )
        case .piece(let piece, isCell: false):
            let first = min(max(leaf.startLine - piece.firstLine, 0), piece.lines.count - 1)
            let lines = Array(piece.lines[first...])
            return LeafPositions(of: leaf, lines: lines, columnOffset: columnOffset, in: source.bytes)
        }
    }
}
