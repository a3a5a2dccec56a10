import Testing

@testable import Site

/// Rules that keep nothing closed, though somebody believes that they do.
struct RuleWarningTests {
    private static func idle(_ pattern: String, line: Int = 6) -> String {
        """
        site.config:\(line):7: warning: no page and no file is named by the private rule '\(pattern)'
            rules speak of addresses such as /members/fees/, and upper and lower case differ
        """
    }
    private static func theme(_ pattern: String) -> String {
        """
        site.config:6:7: warning: the theme's files are public, whatever the rule '\(pattern)' says
            remove the rule; what is private belongs into content
        """
    }
    private static func casing(_ place: String, _ path: String, _ rule: String, line: Int = 6) -> String {
        """
        \(place): warning: \(path) is public; the private rule '\(rule)' at site.config:\(line):7 would name it if upper and lower case did not differ
            rename it, or write a public rule for this path before that one
        """
    }
    private static func shadowed(_ pattern: String, by opener: String) -> String {
        """
        site.config:7:7: warning: this rule never decides: what '\(pattern)' names is decided before it, by '\(opener)' at site.config:6:7 for one
            the first rule that matches a path decides; move this one up
        """
    }

    /// Rules as `pattern` for a private one and `+pattern` for a public one.
    static let cases: [(rules: [String], files: [String: String], warnings: String)] = [
        (["/membrs/**"], ["members/a.md": ""], idle("/membrs/**")),
        (["/members/**"], ["members/a.md": ""], ""), (["/members/**"], ["members/a.txt": ""], ""),
        (["/members/**"], ["members/a.md": "draft: true"], ""), (["/**"], [:], ""), (["+/none/**"], [:], ""),
        (["/members/**"], ["members/index.md": "draft: true", "members/a.txt": ""], ""),
        (["/new/**"], ["old/a.md": "url: /new/a/"], ""), (["/assets/**"], [:], theme("/assets/**")),
        (["/assets"], [:], theme("/assets")), (["/assets/*.css"], [:], theme("/assets/*.css")),
        (["/assetsx/**"], ["assetsx/a.txt": ""], ""), (["+/assets/**"], [:], ""),
        (
            ["/members/**"], ["Members/a.md": "", "members/b.md": ""],
            casing("content/Members/a.md", "/Members/a/", "/members/**")
        ),
        (
            ["/members/**"], ["Members/a.txt": "", "members/b.md": ""],
            casing("content/Members/a.txt", "/Members/a.txt", "/members/**")
        ),
        (
            ["/Members/**"], ["members/a.md": "", "Members/b.md": ""],
            casing("content/members/a.md", "/members/a/", "/Members/**")
        ),
        (
            ["/\u{e4}/**"], ["\u{c4}/a.md": "", "\u{e4}/b.md": ""],
            casing("content/\u{c4}/a.md", "/\u{c4}/a/", "/\u{e4}/**")
        ),
        (["+/Members/a", "/members/**"], ["Members/a.md": "", "members/b.md": ""], ""),
        (["/members/**"], ["Members/a.md": "visibility: public", "members/b.md": ""], ""),
        (["/members/**"], ["Members/a.md": "visibility: private", "members/b.md": ""], ""),
        (["+/**", "/members/**"], ["members/a.md": ""], shadowed("/members/**", by: "/**")),
        (["/members/board/**", "/members/**"], ["members/board/a.md": ""], ""),
        (["/a/**", "/b/**"], [:], idle("/a/**") + "\n" + idle("/b/**", line: 7)),
    ]

    @Test(arguments: cases) func `a rule that keeps nothing closed is warned of at its place`(
        rules: [String],
        files: [String: String],
        warnings: String
    ) async throws {
        let lines = rules.map {
            $0.hasPrefix("+")
                ? "    - { path: '\($0.dropFirst())', visibility: public }"
                : "    - { path: '\($0)', visibility: private }"
        }
        var contents: [String: String] = [:]
        for (file, frontMatter) in files { contents["content/\(file)"] = "---\n\(frontMatter)\n---\n" }
        let site = try FixtureSite(
            writing: contents,
            config: "visibility:\n  rules:\n" + lines.joined(separator: "\n")
        )
        defer { site.remove() }
        #expect(try await site.problems() == warnings)
        var strict = BuildOptions(now: 1_764_000_000)
        strict.strict = true
        #expect(try await site.problems(strict) == warnings)
    }
}
