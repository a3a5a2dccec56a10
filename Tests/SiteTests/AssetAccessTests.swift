import Foundation
import Testing

@testable import Site

/// Files that are not Markdown say nothing of themselves; here is who may see them.
struct AssetAccessTests {
    /// The pages, the asset, and the tree it ends up in; nil where it is left out.
    static let cases: [(pages: [String: String], asset: String, tree: String?)] = [
        ([:], "a.txt", "public"),
        (["x.md": "visibility: private"], "a.txt", "private"),
        (["foo/index.md": "visibility: private"], "foo/a.txt", "private"),
        (["foo/index.md": "visibility: private"], "foo/images/deep/a.txt", "private"),
        (["foo.md": "visibility: private"], "foo/a.txt", "private"),
        (["foo.md": "visibility: private"], "foo/images/a.txt", "private"),
        (["foo/index.md": "url: /bar/\nvisibility: private"], "foo/images/a.txt", "private"),
        (["foo/index.md": "", "foo/x.md": "visibility: private"], "foo/a.txt", "private"),
        (["foo/index.md": "", "foo/x.md": "visibility: private"], "foo/images/a.txt", "public"),
        (["foo/index.md": "", "foo/x.md": "visibility: private\ndraft: true"], "foo/a.txt", "private"),
        (["foo/index.md": "visibility: private", "foo/bar/index.md": ""], "foo/bar/a.txt", "public"),
        (["foo/index.md": "draft: true"], "foo/a.txt", nil),
        (["foo/index.md": "draft: true"], "foo/images/a.txt", nil),
        (["foo/index.md": "date: 2999-01-01"], "foo/a.txt", nil),
        (["foo.md": "draft: true", "foo/bar.md": ""], "foo/a.txt", nil),
        ([:], "ruled/a.txt", "private"),
        (["ruled/index.md": ""], "ruled/a.txt", "private"),
        (["foo/index.md": "visibility: private"], "foo/open.txt", "public"),
        ([:], "foo/Secret.PDF", "public"),
    ]

    private static let config = """
        visibility:
          rules:
            - { path: /ruled/**, visibility: private }
            - { path: /foo/open.txt, visibility: public }
        """

    @Test(arguments: cases)
    func `an asset takes the strictest of what might be meant`(
        pages: [String: String],
        asset: String,
        tree: String?
    ) async throws {
        var files = ["content/\(asset)": "word"]
        for (file, frontMatter) in pages { files["content/\(file)"] = "---\n\(frontMatter)\n---\n" }
        let site = try FixtureSite(writing: files, config: Self.config)
        defer { site.remove() }
        _ = try await site.build()
        for candidate in ["public", "private"] {
            #expect((site.text("\(candidate)/\(asset)") != nil) == (candidate == tree), "\(candidate)")
        }
    }

    @Test func `an asset between two kinds of members is for those who are both`() async throws {
        let site = try FixtureSite(writing: [
            "content/x/a.txt": "",
            "content/x/pro.md": "---\nvisibility: private\nallow: { labels: [pro] }\n---\n![](a.txt)\n",
            "content/x/staff.md": "---\nvisibility: private\nallow: { teams: [staff] }\n---\n![](a.txt)\n",
        ])
        defer { site.remove() }
        let problems = try await site.problems().split(separator: "\n").filter { $0.contains("error:") }
        #expect(problems.map { $0.prefix(20) } == ["content/x/pro.md:5:1", "content/x/staff.md:5"])
        #expect(
            problems.allSatisfy {
                $0.contains("some members who may read this page would see a broken image")
            }
        )
    }

    @Test func `a public file that only private pages use is an error, unless a rule says that it is meant`()
        async throws
    {
        let files = [
            "content/pool/a.txt": "",
            "content/secret/index.md": "---\nvisibility: private\n---\n[a](../pool/a.txt)\n",
        ]
        let site = try FixtureSite(writing: files)
        defer { site.remove() }
        #expect(
            try await site.problems().hasPrefix("content/pool/a.txt: error: only private pages use this file")
        )
        let rules = "visibility: { rules: [{ path: /pool/**, visibility: public }] }"
        let meant = try FixtureSite(writing: files, config: rules)
        defer { meant.remove() }
        #expect(try await meant.problems() == "")
    }

    @Test func `a private file that is public as well is a warning`() async throws {
        let site = try FixtureSite(writing: [
            "content/a.txt": "same", "content/x/a.txt": "same",
            "content/x/index.md": "---\nvisibility: private\n---\n",
        ])
        defer { site.remove() }
        #expect(
            try await site.problems().hasPrefix(
                "content/x/a.txt: warning: this private file is public as /a.txt"
            )
        )
    }
}
