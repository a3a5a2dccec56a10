import Foundation
import Ground
import Testing

@testable import Site

/// Finished indexes into which something private was put by hand, as a mistake of this program might.
struct SearchLeakTests {
    private func site() throws -> FixtureSite {
        try FixtureSite(
            searching: [
                "content/index.md":
                    "---\ntitle: Home\n---\nA word for [members](members/rates.md), über alles.\n\n- News\n- Archive\n",
                "content/members/rates.md":
                    "---\ntitle: Quillwort Rates\n---\n## Foxglove\n\nEach rower owes eleven thistle crowns by the first day.\n",
                // What words say side by side, or without their accents, is no leak.
                "content/members/uber.md": "---\ntitle: Uber\n---\n",
                "content/members/news.md": "---\ntitle: News Archive\n---\n",
            ],
            config: "visibility: { rules: [{ path: /members/**, visibility: private }] }"
        )
    }

    /// Builds, and changes a file of an index before it is searched.
    private func problems(
        _ site: FixtureSite,
        in name: Regex<Substring>,
        replacing old: String,
        with new: String
    ) async throws -> String {
        var options = BuildOptions(now: 1_764_000_000)
        nonisolated(unsafe) let name = name
        options.onLeakSearch = { folder in
            let file = try #require(try FixtureSite.searchFile(name, in: folder))
            let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            try #require(text.contains(old))
            try text.replacing(old, with: new).write(
                toFile: "\(folder)/\(file)",
                atomically: true,
                encoding: .utf8
            )
        }
        do {
            return try await site.problems(options)
        } catch let failure as BuildFailure {
            return failure.description
        }
    }

    @Test func `nothing is found where nothing leaks`() async throws {
        let site = try site()
        defer { site.remove() }
        #expect(try await site.problems() == "")
        let settings = try await ReleaseAudit(release: "\(site.output)/current", sources: nil).run()
        #expect(settings.findings.isEmpty, "\(settings.findings)")
    }

    nonisolated(unsafe) static let plants: [(Regex<Substring>, String, String, String)] = [
        (
            /public\/_search\/.*w0\.json/, "\"alles\"", "\"alles quillwort\"",
            "has 'quillwort', which no page of that index says"
        ),
        (/public\/_search\/.*w0\.json/, "]]]", "]],[\"foxglove\",[0,1]]]", "has 'foxglove'"),
        (
            /public\/_search\/.*d0\.json/, "A word", "Quillwort Rates. A word",
            "says something else than its pages"
        ),
        (
            /public\/_search\/.*d0\.json/, "\"/\"", "\"/members/rates/\"",
            "holds /members/rates/, which is not for its readers"
        ),
        (
            /public\/_search\/.*d0\.json/, "\"/\"", "\"/nowhere/\"",
            "holds /nowhere/, which is not for its readers"
        ),
        (
            /public\/_search\/en\.json/, "\"a\"", "\"thistle\"",
            "has 'thistle', which no page of that index says"
        ),
        (
            /public\/_search\/en\.json/, "{\"version\"", "{\"rates\":\"thistle\",\"version\"",
            "is no file at which a search begins"
        ),
    ]

    @Test(arguments: 0..<plants.count)
    func `a private word in an index fails the build, wherever it stands`(number: Int) async throws {
        let site = try site()
        defer { site.remove() }
        let (name, old, new, says) = Self.plants[number]
        let problems = try await problems(site, in: name, replacing: old, with: new)
        #expect(problems.contains("public/_search/") && problems.contains(says), "\(problems)")
        #expect(site.current == nil)
    }

    @Test func `an audit without the sources finds private words in an index, too`() async throws {
        let site = try site()
        defer { site.remove() }
        try await site.build()
        let folder = "\(site.output)/current"
        let file = try #require(try FixtureSite.searchFile(/public\/_search\/.*d0\.json/, in: folder + "/."))
        let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            .replacing("A word", with: "Each rower owes eleven thistle crowns. A word")
        try text.write(toFile: "\(folder)/\(file)", atomically: false, encoding: .utf8)
        let findings = try await ReleaseAudit(release: folder, sources: nil).run().findings
        #expect(
            findings.contains { $0.problem.contains("words of this private page stand in public/_search/") },
            "\(findings)"
        )
    }
}
