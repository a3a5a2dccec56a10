/// The beginning of a page, for lists and feeds.
///
/// It is what stands above a line `<!-- more -->`, or else the first paragraph that has words.
package struct Summary: Sendable, Hashable {
    /// A fragment without ids, footnotes and anchors, since it stands on other pages.
    package let html: String
    /// The words without markup, on one line; those of paragraphs only.
    package let text: String

    package init(html: String, text: String) {
        self.html = html
        self.text = text
    }

    package static let none = Summary(html: "", text: "")
}

/// Keeps what a page's summary is made of, while the page is being written.
struct SummaryDraft {
    /// What the summary leaves out, as ranges of the HTML, going up.
    private var cuts: [Range<Int>] = []
    /// The same of what was written aside, within a tag, as it reads there.
    private var cutsAside: [[UInt8]] = []
    /// The inlines of the first paragraph that has words.
    private var first: Range<Int>?
    /// The same, where they were written aside, within a tag.
    private var firstAside: String?
    /// Where `<!-- more -->` stands in the HTML.
    private var end: Int?
    private var text: [UInt8] = []

    /// Whether what is written may still be part of it.
    private(set) var isOpen = true

    /// Leaves out what was written from here to there.
    mutating func cut(_ range: Range<Int>) {
        if isOpen, !range.isEmpty { cuts.append(range) }
    }

    /// Remembers the first paragraph.
    mutating func take(_ paragraph: Range<Int>) {
        if first == nil, firstAside == nil { first = paragraph }
    }

    /// Remembers the first paragraph of what was written aside, whose positions are those of other HTML.
    mutating func take(_ aside: SummaryDraft, of html: [UInt8]) {
        if isOpen {
            cutsAside += aside.cuts.map { Array(html[$0]) } + aside.cutsAside
        }
        guard first == nil, firstAside == nil else { return }
        firstAside = aside.first.map { aside.words(html, $0) } ?? aside.firstAside
    }

    /// Ends the summary at a position of the HTML; `text` is what was said up to there.
    mutating func close(at end: Int, text: [UInt8]) {
        guard isOpen else { return }
        isOpen = false
        self.end = end
        self.text = text
    }

    /// `excerpt` is the text of the first paragraph.
    func summary(of html: [UInt8], excerpt: String) -> Summary {
        if let end { return Summary(html: words(html, 0..<end), text: String(decoding: text, as: UTF8.self)) }
        guard let words = first.map({ words(html, $0) }) ?? firstAside else { return .none }
        return Summary(html: "<p>\(words)</p>\n", text: excerpt)
    }

    private func words(_ html: [UInt8], _ range: Range<Int>) -> String {
        var kept: [UInt8] = []
        var position = range.lowerBound
        for cut in cuts where cut.lowerBound >= position && cut.upperBound <= range.upperBound {
            kept += html[position..<cut.lowerBound]
            position = cut.upperBound
        }
        kept += html[position..<range.upperBound]
        return String(decoding: cutsAside.isEmpty ? kept : withoutAsides(kept), as: UTF8.self)
    }

    /// After so many that a template has not shown, none is looked for: each costs a pass over the rest.
    private static let mostMissing = 16

    /// A template shows what was written aside as it is, but where, only its author knows.
    private func withoutAsides(_ html: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        var position = 0
        var missing = 0
        for cut in cutsAside where missing < Self.mostMissing {
            guard let found = html[position...].firstRange(of: cut) else {
                missing += 1
                continue
            }
            kept += html[position..<found.lowerBound]
            position = found.upperBound
        }
        return kept + html[position...]
    }
}

extension PageRendering {
    /// Ends the summary where a block of HTML of the page is `<!-- more -->`; says whether it is one.
    mutating func closesSummary(_ block: Node) -> Bool {
        guard case .page = origin, block.parent?.kind == .document, Self.isMore(block.literal) else {
            return false
        }
        var text: [UInt8] = []
        var above: Node? = block.parent?.firstChild
        while summary.isOpen, let node = above, node != block {
            if node.kind == .paragraph, tables.table(of: node) == nil {
                let words = plainText(of: node)
                if !text.isEmpty, !words.isEmpty { text.append(UInt8(ascii: " ")) }
                text += words
            }
            above = node.next
        }
        summary.close(at: html.bytes.count, text: text)
        return true
    }

    private static func isMore(_ html: UnsafeBufferPointer<UInt8>) -> Bool {
        guard html.count < 40, html.starts(with: "<!--".utf8) else { return false }
        return html.filter { $0 > 0x20 }.elementsEqual("<!--more-->".utf8)
    }
}
