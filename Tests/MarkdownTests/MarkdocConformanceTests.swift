import Foundation
import Ground
import Markdown
import Testing

/// Compares with Markdoc's own cases by meaning: the tree that a case expects, and the tree of the HTML that we write.
@Suite(
    .enabled(if: Conformance.isHere, "no cases: set GATEHOUSE_CONFORMANCE to the folder that holds them")
)
struct MarkdocConformanceTests {
    private let renderer = MarkdownRenderer(
        MarkdownOptions(dialect: [.gfm, .markdoc], rawHTML: false, headingIDs: false)
    )

    @Test func `Markdoc's own cases hold, but for those on the list`() throws {
        let exceptions = try fixture("markdoc-exceptions.txt")
        let problems = try fixture("markdoc-errors.txt")
        let cases = try MarkdocCase.all()
        #expect(cases.count == 105)
        var held = 0
        for example in cases {
            let difference = difference(example, problem: problems[example.description])
            if difference == nil { held += 1 }
            if let difference, exceptions[example.description] == nil {
                Issue.record("\(example): \(difference)")
            }
            if difference == nil, exceptions[example.description] != nil {
                Issue.record("\(example) holds now: take it off the list")
            }
        }
        print("Markdoc: \(held)/\(cases.count)")
        #expect(held >= 95)
        #expect(exceptions.keys.allSatisfy { name in cases.contains { $0.description == name } })
    }

    /// What differs; nil where nothing does.
    private func difference(_ example: MarkdocCase, problem: String?) -> String? {
        let page = renderer.render(example.code, file: "case.md", tags: example.environment)
        let errors = page.diagnostics.filter { $0.severity == .error }
        if let message = example.expectedError {
            let found = errors.map(\.problem).joined(separator: "; ")
            return found == problem ? nil : "\nexpected: \(problem ?? message)\nfound:    \(found)"
        }
        if example.isValidated, let error = errors.first { return "\(error)" }
        guard let expected = example.expected?.normalized() else { return "nothing is expected" }
        let found = HTMLTree.parse(page.html).normalized()
        return found == expected ? nil : "\nexpected: \(expected)\nfound:    \(found)"
    }

    /// What a list says of cases by their names: `name | words` on a line.
    private func fixture(_ name: String) throws -> [String: String] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fixtures/\(name)")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        return lines.filter { !$0.hasPrefix("#") }.reduce(into: [:]) { exceptions, line in
            let parts = line.split(separator: "|", maxSplits: 1).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            exceptions[parts[0]] = parts.last ?? ""
        }
    }
}
