package import Ground

/// A heading, for tables of contents and anchors.
package struct Heading: Sendable, Hashable {
    /// 1 to 6.
    package let level: Int
    /// The plain text, without markup.
    package let text: String
    /// Unique on the page; empty where `MarkdownOptions.headingIDs` is off and the author set none.
    package let id: String
    /// The line of the author's file, counted from 1.
    package let line: Int

    package init(level: Int, text: String, id: String, line: Int) {
        self.level = level
        self.text = text
        self.id = id
        self.line = line
    }
}

/// One Markdown text as a page shows it.
package struct RenderedMarkdown: Sendable {
    /// The HTML as UTF-8; a fragment that ends with a newline unless it is empty.
    package let htmlBytes: [UInt8]
    /// All headings in the order of the text.
    package let headings: [Heading]
    /// How many bytes of the HTML are a heading of the first level that the text begins with; 0 where it begins otherwise, or with
    /// one in a tag.
    package let openingLength: Int
    /// All links and images that reach the page, in the order of the text.
    package let references: [Reference]
    /// In the order found, not sorted.
    package private(set) var diagnostics: [Diagnostic]
    /// Those of the diagnostics that hold only if no other readers get what refers to a footnote.
    package let unusedNotes: [Diagnostic]
    /// The plain text of the first paragraph that has any, on one line, for descriptions; empty where there is none.
    package let excerpt: String
    /// What lists of pages may show of this one.
    package let summary: Summary
    /// The words of prose, parted by white space; code blocks and image descriptions do not count.
    package let wordCount: Int

    /// The same, with more that is wrong.
    func adding(_ problems: [Diagnostic]) -> RenderedMarkdown {
        var page = self
        page.diagnostics += problems
        return page
    }

    /// The HTML as text, made anew at each call; costs one copy of it.
    package var html: String { String(decoding: htmlBytes, as: UTF8.self) }
}
