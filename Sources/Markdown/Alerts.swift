/// Kinds of alert, as GitHub writes them: a quote whose first line is `[!NOTE]`.
enum Alert: String, CaseIterable {
    case note
    case tip
    case important
    case warning
    case caution

    /// What the kind is named to readers.
    func title(_ wording: Wording) -> String {
        switch self {
        case .note: wording.note
        case .tip: wording.tip
        case .important: wording.important
        case .warning: wording.warning
        case .caution: wording.caution
        }
    }
}

/// The quotes of a page that are alerts.
struct Alerts {
    /// By the quote's node.
    private(set) var byQuote: [Node: Alert] = [:]
    /// Inlines that hold the `[!NOTE]` and the end of its line, which are not shown.
    private(set) var markers: [Node] = []

    /// On a page without alerts.
    init() {}

    /// Takes the marks of alerts out of the quotes of a tree.
    init(takenFrom root: Node, source: SourceText, tables: borrowing TableFinder) {
        var walk = TreeWalk(root)
        while let step = walk.next() {
            guard step.isEntering else { continue }
            if step.kind == .blockQuote, let first = step.node.firstChild, first.kind == .paragraph,
                tables.table(of: first) == nil
            {
                take(from: first, in: step.node, source)
            }
            if step.kind == .paragraph || step.kind == .heading { walk.skip() }
        }
    }
}

extension Alerts {
    private mutating func take(from paragraph: Node, in quote: Node, _ source: SourceText) {
        guard let mark = paragraph.firstChild, mark.kind == .text, let alert = Self.alert(paragraph, source)
        else {
            return
        }
        // Where a definition makes a link of it, or anything else stands on its line, it is no mark.
        guard mark.literal.count == alert.rawValue.utf8.count + 3 else { return }
        guard let lineEnd = mark.next else {
            // Without words it is an empty quote, as on GitHub.
            guard paragraph.next != nil else { return }
            byQuote[quote] = alert
            paragraph.remove()
            return
        }
        guard lineEnd.kind == .softBreak || lineEnd.kind == .lineBreak,
            let marker = mark.insertMarkup(before: "", after: "")
        else { return }
        byQuote[quote] = alert
        markers.append(marker)
        // They stay in the tree, since positions behind them are counted from the paragraph's beginning.
        mark.setLiteral([])
        marker.append(mark)
        marker.append(lineEnd)
    }

    /// The alert that a paragraph's first line names, in any letter case, with nothing escaped.
    private static func alert(_ paragraph: Node, _ source: SourceText) -> Alert? {
        let line = source.range(ofLine: paragraph.startLine)
        let start = line.lowerBound + paragraph.startColumn - 1
        guard line.contains(start) else { return nil }
        let words = source.bytes[start..<line.upperBound].split {
            $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t")
        }
        guard words.count == 1, var word = words.first else { return nil }
        // A line break.
        if word.last == UInt8(ascii: "\\") { word = word.dropLast() }
        guard word.starts(with: "[!".utf8), word.last == UInt8(ascii: "]") else { return nil }
        return Alert(rawValue: String(decoding: word.dropFirst(2).dropLast(), as: UTF8.self).lowercased())
    }
}

extension PageRendering {
    /// Writes the beginning or the end of an alert.
    mutating func write(_ alert: Alert, isEntering: Bool) {
        guard isEntering else {
            html.markup("</div>\n")
            return
        }
        html.markup("<div class=\"markdown-alert markdown-alert-")
        html.text(alert.rawValue)
        html.markup("\" role=\"note\">\n<p class=\"markdown-alert-title\">")
        html.text(alert.title(options.wording ?? .english))
        html.markup("</p>\n")
    }
}
