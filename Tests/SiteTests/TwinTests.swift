import Compression
import Foundation
import Gate
import Ground
import Testing

@testable import Site

/// Compressed twins: what gets them, where they lie, and what the audit and the cache do about them.
struct TwinTests {
    private static let words = String(repeating: "The tide table of the harbour club. ", count: 60)
    private static let secret = String(repeating: "Periwinkle meets behind the boathouse. ", count: 60)

    private static let files = [
        "content/a.md": words,
        "content/short.md": "Short.",
        "content/b.md": "---\nvisibility: private\n---\n\(secret)",
        "content/b/plan.svg": "<svg>\(secret)</svg>",
        "content/open/photo.png": words,
        "content/open/data.json": "[\"\(words)\"]",
    ]

    /// Feeds and the like would have twins of their own.
    private static let plain = "build: { feeds: [], sitemap: false, llms: false }"

    private static func options(_ jobs: Int = 2) -> BuildOptions {
        var options = BuildOptions(jobs: jobs, now: 1_764_000_000)
        options.compresses = true
        return options
    }

    private func table(_ site: FixtureSite) throws -> GateTable {
        try GateTable(json: Data(contentsOf: URL(filePath: "\(site.output)/current/gate.json")))
    }

    @Test func `text files get a twin in each coding, beside them and in their own tree`() async throws {
        let site = try FixtureSite(writing: Self.files, config: Self.plain)
        defer { site.remove() }
        try await site.build(Self.options())
        let files = try site.files()
        let twins = files.keys.filter { $0.hasSuffix(".gz") || $0.hasSuffix(".br") }.sorted()
        #expect(
            twins == [
                "private/b/index.html.br", "private/b/index.html.gz", "private/b/plan.svg.br",
                "private/b/plan.svg.gz", "public/a/index.html.br", "public/a/index.html.gz",
                "public/open/data.json.br", "public/open/data.json.gz",
            ]
        )
        for route in try table(site).routes {
            for twin in route.twins ?? [] {
                let tree = route.visibility.rawValue
                let coded = try #require(files["\(tree)/\(twin.file)"])
                let plain = try #require(files["\(tree)/\(route.file)"])
                #expect(twin.length == coded.count && twin.length < route.length)
                #expect(try twin.coding.expand(Array(coded), limit: route.length) == Array(plain))
            }
        }
    }

    @Test func `no twin holds a private word outside the private tree`() async throws {
        let site = try FixtureSite(writing: Self.files)
        defer { site.remove() }
        try await site.build(Self.options())
        for (name, bytes) in try site.files() where !name.hasPrefix("private/") {
            guard let coding = ContentCoding.allCases.first(where: { name.hasSuffix($0.ending) }) else {
                continue
            }
            let plain = try coding.expand(Array(bytes), limit: 1 << 20)
            #expect(!String(decoding: plain, as: UTF8.self).contains("Periwinkle"), "\(name)")
        }
    }

    @Test(arguments: [("[br]", [".br"]), ("[]", [])])
    func `site.config says which codings there are`(codings: String, endings: [String]) async throws {
        let site = try FixtureSite(writing: Self.files, config: "build: { compress: \(codings) }")
        defer { site.remove() }
        try await site.build(Self.options())
        let found = try site.files().keys.filter { $0.hasSuffix(".gz") || $0.hasSuffix(".br") }
        #expect(Set(found.map { String($0.suffix(3)) }) == Set(endings))
    }

    @Test func `a file of the author's is not overwritten by a twin`() async throws {
        let site = try FixtureSite(writing: [
            "content/open/data.json": "[\"\(Self.words)\"]", "content/open/data.json.gz": "mine",
        ])
        defer { site.remove() }
        try await site.build(Self.options())
        #expect(site.text("public/open/data.json.gz") == "mine")
        let route = try #require(try table(site).routes.first { $0.file == "open/data.json" })
        #expect(route.twins?.map(\.coding) == [.br])
    }

    @Test func `neither the number of jobs nor the cache changes a byte`() async throws {
        let site = try FixtureSite(writing: Self.files)
        defer { site.remove() }
        try await site.build(Self.options(1))
        let first = try site.files()
        #expect(try await site.build(Self.options(7)).unchanged)
        var fresh = Self.options(3)
        fresh.usesCache = false
        #expect(try await site.build(fresh).unchanged)
        #expect(try site.files() == first)
    }

    /// A false entry is planted: its bytes coming back shows that the cache was asked.
    @Test func `what is unchanged is taken from the cache, and what is damaged is made anew`() async throws {
        let site = try FixtureSite(writing: ["content/a.md": Self.words])
        defer { site.remove() }
        try await site.build(Self.options())
        let folder = "\(site.output)/.cache/twins"
        let entries = try FileManager.default.contentsOfDirectory(atPath: folder)
        let entry = try #require(entries.first { $0.contains(".br5-") })
        let key = entry.dropLast(65)
        let planted = "\(key).\(FileDigest(of: Array("something else".utf8)).hex)"
        try FileManager.default.removeItem(atPath: "\(folder)/\(entry)")
        try Data("something else".utf8).write(to: URL(filePath: "\(folder)/\(planted)"))
        let failure = await #expect(throws: BuildFailure.self) { try await site.build(Self.options()) }
        #expect(
            failure?.description.contains("public/a/index.html.br does not expand to a/index.html") == true
        )

        try Data("cut".utf8).write(to: URL(filePath: "\(folder)/\(planted)"))
        #expect(try await site.build(Self.options()).unchanged)
    }

    @Test func `the cache is its owner's, and holds what the last build used`() async throws {
        let site = try FixtureSite(writing: Self.files, config: Self.plain)
        defer { site.remove() }
        try await site.build(Self.options())
        let folder = "\(site.output)/.cache"
        for path in [folder, folder + "/twins"] {
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o700)
        }
        let before = try FileManager.default.contentsOfDirectory(atPath: folder + "/twins")
        #expect(before.count == 8)
        try site.write(Self.words + "!", to: "content/a.md")
        try await site.build(Self.options())
        let after = try FileManager.default.contentsOfDirectory(atPath: folder + "/twins")
        #expect(after.count == 8 && Set(after).intersection(before).count == 6)
    }

    @Test func `what cannot be made smaller has no twin, now and from the cache`() async throws {
        var numbers = SystemRandomNumberGenerator()
        let site = try FixtureSite(writing: ["content/noise.txt": "x"], config: "build: { compress: [gzip] }")
        defer { site.remove() }
        try Data((0..<3000).map { _ in UInt8.random(in: 0...255, using: &numbers) })
            .write(to: URL(filePath: "\(site.source)/content/noise.txt"))
        try await site.build(Self.options())
        #expect(try await site.build(Self.options()).unchanged)
        #expect(try site.files().keys.allSatisfy { !$0.hasSuffix(".gz") })
    }

    /// What some mistake of this program might do to the twins before they are switched to.
    @Test(arguments: [
        (
            "public/a/index.html.gz", "private/b/index.html.gz",
            "public/a/index.html.gz is not what the gate table says"
        ),
        (
            "public/stranger.html.br", "private/b/index.html.br",
            "public/stranger.html.br belongs to no public route"
        ),
    ])
    func `the audit refuses a twin that holds something else`(
        place: String,
        source: String,
        finding: String
    ) async throws {
        let site = try FixtureSite(writing: Self.files)
        defer { site.remove() }
        let releases = site.output + "/releases"
        var options = Self.options()
        options.onStep = { step in
            guard step == .audit else { return }
            for name in try FileManager.default.contentsOfDirectory(atPath: releases) {
                let folder = "\(releases)/\(name)"
                let bytes = try Data(contentsOf: URL(filePath: "\(folder)/\(source)"))
                try bytes.write(to: URL(filePath: "\(folder)/\(place)"))
            }
        }
        let failure = await #expect(throws: BuildFailure.self) { try await site.build(options) }
        #expect(failure == .audit([finding]))
        #expect(site.current == nil)
    }

    /// It comes from the cache, so that the gate table names it as it is: only what it expands to shows that it is wrong.
    @Test(arguments: [ContentCoding.gzip, .br])
    func `a twin that expands to private words fails the build`(coding: ContentCoding) async throws {
        let site = try FixtureSite(
            writing: [
                "content/a.md": Self.words, "content/b.md": "---\nvisibility: private\n---\nPeriwinkle",
            ],
            config: "build: { feeds: [], sitemap: false, llms: false, compress: [\(coding.rawValue)] }"
        )
        defer { site.remove() }
        try await site.build(Self.options())
        let before = site.current
        let folder = "\(site.output)/.cache/twins"
        let entries = try FileManager.default.contentsOfDirectory(atPath: folder)
        let planted = try coding.compress(Array(Self.secret.utf8.prefix(1500)), .quick)
        for entry in entries {
            try FileManager.default.removeItem(atPath: "\(folder)/\(entry)")
            let name = "\(entry.dropLast(64))\(FileDigest(of: planted).hex)"
            try Data(planted).write(to: URL(filePath: "\(folder)/\(name)"))
        }
        let failure = await #expect(throws: BuildFailure.self) { try await site.build(Self.options()) }
        #expect(
            failure == .audit(["public/a/index.html\(coding.ending) holds something else than a/index.html"])
        )
        #expect(site.current == before)
    }

    @Test func `a missing twin is found`() async throws {
        let site = try FixtureSite(writing: Self.files)
        defer { site.remove() }
        let releases = site.output + "/releases"
        var options = Self.options()
        options.onStep = { step in
            guard step == .audit else { return }
            for name in try FileManager.default.contentsOfDirectory(atPath: releases) {
                try FileManager.default.removeItem(atPath: "\(releases)/\(name)/private/b/plan.svg.br")
            }
        }
        let failure = await #expect(throws: BuildFailure.self) { try await site.build(options) }
        #expect(failure?.description.contains("private/b/plan.svg.br is missing") == true)
    }
}
