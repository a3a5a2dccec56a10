import Foundation
import Testing

@testable import Site

/// A site without mistakes: the tree it becomes, and what must not be in it.
struct GoodSiteTests {
    @Test
    func `a site becomes the expected tree, byte for byte`() async throws {
        let site = FixtureSite("members")
        defer { site.remove() }
        let report = try await site.build()
        #expect(report.publicPages == 2 && report.privatePages == 3 && report.drafts == 1)
        let expected = "\(FixtureSite.folder)/members/expected"
        if ProcessInfo.processInfo.environment["GATEHOUSE_REWRITE_EXPECTED"] == "1" {
            try? FileManager.default.removeItem(atPath: expected)
            let current = try #require(site.current)
            try FileManager.default.copyItem(atPath: "\(site.output)/\(current)", toPath: expected)
        }
        let (built, wanted) = (try site.files(), try FixtureSite.files(below: expected))
        #expect(built.keys.sorted() == wanted.keys.sorted())
        for (name, bytes) in wanted { #expect(built[name] == bytes, "\(name) differs") }
    }

    /// Each stands in one place of a private page or asset only: title, description, heading, text, alt text, code.
    static let privateWords = [
        "Quillwort", "Saltmarsh", "Ironbark", "Dovetail", "Marginalia", "Foxglove", "Hornbeam", "Thistledown",
        "Spindrift", "Larkspur", "Willowherb",
    ]

    @Test(arguments: privateWords)
    func `no file outside the private tree holds a private word`(word: String) async throws {
        let site = FixtureSite("members")
        defer { site.remove() }
        try await site.build()
        let files = try site.files()
        let holders = files.filter { $0.value.range(of: Data(word.utf8)) != nil }.keys
        #expect(!holders.isEmpty)
        #expect(holders.allSatisfy { $0.hasPrefix("private/") })
    }

    @Test
    func `members without a label do not read the names of pages that ask for one`() async throws {
        let site = FixtureSite("members")
        defer { site.remove() }
        try await site.build()
        let page = try #require(try site.files()["private/members/index.html"])
        #expect(!String(decoding: page, as: UTF8.self).contains("Thistledown"))
    }

    @Test(arguments: [1, 2, 7])
    func `the number of jobs changes no byte`(jobs: Int) async throws {
        let site = FixtureSite("members")
        defer { site.remove() }
        try await site.build(BuildOptions(jobs: jobs, now: 1_764_000_000))
        let expected = try FixtureSite.files(below: "\(FixtureSite.folder)/members/expected")
        #expect(try site.files() == expected)
    }
}
