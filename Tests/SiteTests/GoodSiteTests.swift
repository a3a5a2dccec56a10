import Foundation
import Testing

@testable import Site

/// A site without mistakes: the tree it becomes, and what must not be in it.
struct GoodSiteTests {
    @Test(arguments: [("members", 2, 3, 1, 0), ("club", 6, 4, 1, 1), ("parts", 2, 1, 0, 0)])
    func `a site becomes the expected tree, byte for byte`(
        name: String,
        publicPages: Int,
        privatePages: Int,
        drafts: Int,
        future: Int
    ) async throws {
        let site = FixtureSite(name)
        defer { site.remove() }
        let report = try await site.build()
        #expect(report.publicPages == publicPages && report.privatePages == privatePages)
        #expect(report.drafts == drafts && report.future == future)
        let expected = "\(FixtureSite.folder)/\(name)/expected"
        if ProcessInfo.processInfo.environment["GATEHOUSE_REWRITE_EXPECTED"] == "1" {
            try? FileManager.default.removeItem(atPath: expected)
            let current = try #require(site.current)
            try FileManager.default.copyItem(atPath: "\(site.output)/\(current)", toPath: expected)
        }
        let (built, wanted) = (try site.files(), try FixtureSite.files(below: expected))
        #expect(built.keys.sorted() == wanted.keys.sorted())
        for (name, bytes) in wanted { #expect(built[name] == bytes, "\(name) differs") }
    }

    /// The file lists a word for each private place: titles, descriptions, headings, tags, parameters, assets, menus.
    @Test(arguments: ["club", "parts"])
    func `no file outside the private tree holds a word of a private page or of one that is left out`(
        name: String
    ) async throws {
        let site = FixtureSite(name)
        defer { site.remove() }
        try await site.build()
        let files = try site.files()
        let list = try String(contentsOfFile: "\(site.source)/private-words.txt", encoding: .utf8)
        for word in list.split(separator: "\n") {
            let holders = files.filter { $0.value.range(of: Data(word.utf8)) != nil }.keys
            #expect(!holders.isEmpty, "\(word) is nowhere")
            #expect(holders.allSatisfy { $0.hasPrefix("private/") }, "\(word) is public")
        }
        for word in ["Quagmire", "Draftword", "Futureword"] {
            #expect(
                files.allSatisfy { $0.value.range(of: Data(word.utf8)) == nil },
                "\(word) is not left out"
            )
        }
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
