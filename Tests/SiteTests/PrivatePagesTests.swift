import Foundation
import Testing

@testable import Site

/// What guests get says nothing of private pages: not that they are there, nor how many.
struct PrivatePagesTests {
    private static let secrets = EditedSite.files.keys.filter { $0.hasPrefix("content/club/secret/") }

    /// With so many pages of one term that not all of them are related to each other.
    private static let files = (1...9).reduce(into: EditedSite.files) { files, number in
        files["content/club/open-\(number).md"] =
            "---\ndate: 2025-02-0\(number)\ntags: [money]\n---\n# Open \(number)\n\nSaid to all."
    }

    @Test(
        "no public byte changes with the private pages of a site",
        arguments: [
            "none": [:],
            "others": [
                "content/club/secret/_index.md": "---\ntitle: Quite other\nweight: -5\n---\nOther things.",
                "content/club/secret/safe.md":
                    "---\ndate: 2025-02-20\ntags: [money, rules, gold]\nmenu: true\n---\n# A safe\n\nIt is heavy.",
            ],
            "many": Dictionary(
                uniqueKeysWithValues: (1...12).map {
                    (
                        "content/club/secret/page-\($0).md",
                        "---\ndate: 2025-02-0\(1 + $0 % 9)\ntags: [money, rules]\n---\n# Secret \($0)\n\nWords."
                    )
                }
            ),
        ].sorted { $0.key < $1.key }.map { (name: $0.key, pages: $0.value) }
    )
    func publicBytes(name: String, pages: [String: String]) async throws {
        let usual = try await Self.publicFiles(of: Self.files)
        #expect(usual.keys.contains("public/club/rules/index.html"))
        var files = Self.files.filter { !Self.secrets.contains($0.key) }
        files.merge(pages) { _, new in new }
        let other = try await Self.publicFiles(of: files)
        let differing = Set(usual.keys).union(other.keys).filter { usual[$0] != other[$0] }.sorted()
        #expect(differing == [])
    }

    /// What everyone gets, and what the server's own pages show of the site.
    private static func publicFiles(of files: [String: String]) async throws -> [String: Data] {
        let site = try FixtureSite(writing: files, config: EditedSite.config)
        defer { site.remove() }
        try await site.build()
        return try site.files().filter { $0.key.hasPrefix("public/") || $0.key == "site.json" }
    }
}
