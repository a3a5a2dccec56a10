import Markdown
import Testing
import Theme

@testable import Site

struct TableOfContentsTests {
    /// Levels, and the list that they make: an entry's number, and what is below it in parentheses.
    @Test(arguments: [
        ("", ""), ("2", "1"), ("223", "1 2(3)"), ("2342", "1(2(3)) 4"), ("242", "1(2) 3"), ("32", "1 2"),
        ("12", "2"), ("234562", "1(2(3(4(5)))) 6"), ("2433", "1(2 3 4)"),
    ])
    func `headings stand below the nearest of a higher level`(levels: String, list: String) {
        let headings = levels.enumerated().map {
            Heading(level: $1.wholeNumberValue ?? 0, text: "\($0 + 1)", id: "h\($0)", line: $0)
        }
        #expect(Self.text(TableOfContents(headings).value) == list)
    }

    @Test func `a page may have none`() async throws {
        let site = try FixtureSite(writing: [
            "themes/plain/layouts/page.mustache": "{{#toc}}[{{text}}]{{/toc}}",
            "content/a.md": "---\ntoc: false\n---\n## One", "content/b.md": "---\ntoc: true\n---\n## One",
        ])
        defer { site.remove() }
        try await site.build()
        #expect(site.text("public/a/index.html") == "" && site.text("public/b/index.html") == "[One]")
    }

    private static func text(_ value: TemplateValue) -> String {
        guard case .list(let entries) = value else { return "?" }
        return entries.map { entry in
            guard case .table(let keys) = entry, case .text(let text)? = keys["text"],
                let children = keys["children"]
            else { return "?" }
            let below = Self.text(children)
            return below.isEmpty ? text : "\(text)(\(below))"
        }.joined(separator: " ")
    }
}
