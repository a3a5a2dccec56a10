import Markdown
import Testing

/// Compares with the examples of CommonMark and GFM byte for byte; skipped where they are not on this machine.
@Suite(
    .enabled(if: Conformance.isHere, "no examples: set GATEHOUSE_CONFORMANCE to the folder that holds them")
)
struct ConformanceTests {
    @Test func `every example of CommonMark 0.30 renders as it says`() throws {
        try compare(Conformance.commonMark(), "CommonMark 0.30", dialect: [])
    }

    @Test func `every example of the GFM specification renders as it says`() throws {
        try compare(Conformance.gfm("specification"), "GFM specification", dialect: [.gfm])
    }

    @Test func `the examples of GFM's own project render as they say`() throws {
        try compare(Conformance.gfm("extensions"), "GFM extensions", dialect: [.gfm])
    }

    private func compare(
        _ examples: [Conformance.Example],
        _ suite: String,
        dialect: Set<MarkdownOptions.Extension>,
        known: [Int: String] = [:]
    ) throws {
        #expect(!examples.isEmpty)
        let renderer = MarkdownRenderer(MarkdownOptions(dialect: dialect, rawHTML: true, headingIDs: false))
        var passed = 0
        for example in examples where example.html != "<IGNORE>\n" || renderer.renders(example.markdown) {
            let html = renderer.render(example.markdown, file: "example.md").html
            if html == example.html || example.html == "<IGNORE>\n" {
                passed += 1
                #expect(known[example.example] == nil, "\(suite) \(example) passes now: take it off the list")
            } else if known[example.example] == nil {
                Issue.record(
                    "\(suite) \(example)\n\(example.markdown)\nexpected:\n\(example.html)\ngot:\n\(html)"
                )
            }
        }
        print("\(suite): \(passed)/\(examples.count)")
    }
}

extension MarkdownRenderer {
    /// Renders a text of which only that it renders is asked.
    fileprivate func renders(_ text: String) -> Bool {
        !render(text, file: "example.md").htmlBytes.isEmpty
    }
}
