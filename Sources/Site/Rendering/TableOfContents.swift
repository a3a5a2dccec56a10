import Markdown
import Theme

/// A page's headings below the first level as lists within lists.
struct TableOfContents {
    private struct Entry {
        let heading: Heading
        var children: [Entry] = []
    }

    private let entries: [Entry]

    /// A heading stands below the nearest before it that is of a higher level, so a level that is passed over leaves no gap.
    init(_ headings: [Heading]) {
        // The entries that are still open, the outermost first; the last closes first.
        var open: [Entry] = []
        var closed: [Entry] = []
        func close(_ level: Int) {
            while let last = open.last, last.heading.level >= level {
                open.removeLast()
                if open.isEmpty { closed.append(last) } else { open[open.count - 1].children.append(last) }
            }
        }
        // One that is all a picture, or a part that these readers do not get, would be a link without words.
        for heading in headings where heading.level > 1 && !heading.text.isEmpty {
            close(heading.level)
            open.append(Entry(heading: heading))
        }
        close(0)
        entries = closed
    }

    var value: TemplateValue { .list(entries.map(Self.value)) }

    /// Every key is there, so that a template never finds the value of an entry further out in its place.
    private static func value(_ entry: Entry) -> TemplateValue {
        .table([
            "id": .text(entry.heading.id), "text": .text(entry.heading.text),
            "level": .number(entry.heading.level),
            "children": .list(entry.children.map(value)),
        ])
    }
}
