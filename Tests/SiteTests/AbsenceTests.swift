import Foundation
import Gate
import Testing

@testable import Site

/// A site that lists everything in every way, and what of its private pages may be where.
struct AbsenceTests {
    private static func words() throws -> [String] {
        let file = "\(FixtureSite.folder)/gazette/private-words.txt"
        return try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    private static func holders(of word: String, in files: [String: Data]) -> [String] {
        files.filter { name, bytes in
            !name.hasPrefix("theme/")
                && (bytes.range(of: Data(word.utf8)) != nil || name.contains(word))
        }.keys.sorted()
    }

    @Test func `no public file, nor its name, holds a private title, word, slug, tag or date`() async throws {
        let site = FixtureSite("gazette")
        defer { site.remove() }
        try await site.build()
        let files = try site.files().filter { $0.key != "gate.json" }
        for word in try Self.words() {
            let holders = Self.holders(of: word, in: files)
            let isSomewhere = holders.contains { $0.hasPrefix("private/") } || word == "quartzalias"
            #expect(isSomewhere, "\(word) is nowhere")
            #expect(holders.allSatisfy { $0.hasPrefix("private/") }, "\(word) is public: \(holders)")
        }
    }

    /// The words that ask for more than to be a member, and what those who read them must have.
    @Test(arguments: [("Jasper", Requirement(labels: ["pro"])), ("Onyx", Requirement(teams: ["board"]))])
    func `no file for members without more holds a word that asks for more`(
        word: String,
        requirement: Requirement
    ) async throws {
        let site = FixtureSite("gazette")
        defer { site.remove() }
        try await site.build()
        let files = try site.files()
        let table = try GateTable(json: #require(files["gate.json"]))
        let holders = table.routes.filter {
            files["\($0.visibility.rawValue)/\($0.file)"]?.range(of: Data(word.utf8)) != nil
        }
        #expect(!holders.isEmpty)
        for route in holders {
            #expect(route.requirements.contains(requirement), "\(route.path) holds \(word)")
        }
    }

    @Test(arguments: [1, 2, 7])
    func `the number of jobs changes no byte of lists and feeds`(jobs: Int) async throws {
        let site = FixtureSite("gazette")
        defer { site.remove() }
        try await site.build(BuildOptions(jobs: 3, now: 1_764_000_000))
        let files = try site.files()
        // In the same folder, whose key gives private files their names.
        try FileManager.default.removeItem(atPath: "\(site.output)/current")
        try await site.build(BuildOptions(jobs: jobs, now: 1_764_000_000))
        #expect(try site.files() == files)
    }
}
