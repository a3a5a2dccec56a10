import Foundation
import Testing

@testable import Site

/// What a build leaves behind when it does not come to its end.
struct ReleaseSwitchTests {
    private struct Killed: Error {}

    @Test(arguments: BuildStep.allCases)
    func `a build that dies in any step leaves the last good release in place`(step: BuildStep) async throws {
        let site = try FixtureSite(copyOf: "members")
        defer { site.remove() }
        try await site.build()
        let (current, files) = (site.current, try site.files())
        try site.write("## Who\n\nChanged.\n", to: "content/about.md")
        var options = BuildOptions(now: 1_764_000_100)
        options.onStep = { if $0 == step { throw Killed() } }
        await #expect(throws: Killed.self) { try await site.build(options) }
        #expect(site.current == current)
        #expect(try site.files() == files)
    }

    @Test
    func `a template that is saved while a build runs is not in its release: nobody has looked at it`()
        async throws
    {
        let site = try FixtureSite(copyOf: "members")
        defer { site.remove() }
        let files = try FixtureSite.files(below: site.source + "/themes")
        let layout = try #require(files.keys.first { $0.hasSuffix("layouts/page.mustache") })
        let theme = layout.split(separator: "/")[0]
        var options = BuildOptions(now: 1_764_000_100)
        options.onStep = {
            if $0 == .write {
                try "{{#open}}".write(
                    toFile: "\(site.source)/themes/\(layout)",
                    atomically: true,
                    encoding: .utf8
                )
            }
        }
        try await site.build(options)
        #expect(
            try site.files()["theme/layouts/page.mustache"] == files["\(theme)/layouts/page.mustache"]
        )
    }

    @Test
    func `a style sheet that is saved while a build runs fails it: its name would say other bytes`()
        async throws
    {
        let site = try FixtureSite(writing: [
            "themes/plain/assets/font.woff2": "font",
            "themes/plain/layouts/page.mustache": "{{asset.font.woff2}}",
            "content/a.md": "",
        ])
        defer { site.remove() }
        var options = BuildOptions(now: 1_764_000_100)
        options.fingerprints = true
        options.onStep = { if $0 == .write { try site.write("other", to: "themes/plain/assets/font.woff2") } }
        #expect(
            try await site.problems(options).hasPrefix(
                "themes/plain/assets/font.woff2: error: the file has changed"
            )
        )
    }

    @Test
    func `a build with mistakes leaves the last good release in place`() async throws {
        let site = try FixtureSite(copyOf: "members")
        defer { site.remove() }
        try await site.build()
        let current = site.current
        try site.write("---\nvisibility: maybe\n---\n", to: "content/about.md")
        await #expect(throws: (any Error).self) { try await site.build() }
        #expect(site.current == current)
    }

    @Test
    func `what a killed build left is swept by the next`() async throws {
        let site = try FixtureSite(copyOf: "members")
        defer { site.remove() }
        try await site.build()
        let left = "\(site.output)/releases/.tmp-12345"
        try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: true)
        try site.write("## Who\n\nChanged.\n", to: "content/about.md")
        try await site.build(BuildOptions(now: 1_764_000_200))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: "\(site.output)/releases").allSatisfy {
                !$0.hasPrefix(".tmp")
            }
        )
    }

    @Test
    func `the sweep removes links and files by their own names, and follows none`() async throws {
        let site = try FixtureSite(writing: ["home/diary.txt": "dear"])
        defer { site.remove() }
        let releases = "\(site.output)/releases"
        try FileManager.default.createDirectory(
            atPath: "\(releases)/.tmp-3/private",
            withIntermediateDirectories: true
        )
        for link in [".tmp-1", ".tmp-3/link"] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(releases)/\(link)",
                withDestinationPath: "\(site.source)/home"
            )
        }
        try site.write("", to: "dist/releases/.tmp-2")
        let release = try await site.build().release
        #expect(try FileManager.default.contentsOfDirectory(atPath: releases) == [release])
        #expect(FileManager.default.fileExists(atPath: site.source + "/home/diary.txt"))
    }

    @Test
    func `a folder that has become a link is not removed through it`() throws {
        let site = try FixtureSite(writing: ["home/diary.txt": "dear"])
        defer { site.remove() }
        #expect(symlink("home", site.source + "/link") == 0)
        #expect(throws: BuildFailure.self) { try Folder(path: site.source + "/link").remove() }
        #expect(FileManager.default.fileExists(atPath: site.source + "/home/diary.txt"))
    }

    @Test
    func `a changed site becomes a new release, an unchanged one does not`() async throws {
        let site = try FixtureSite(copyOf: "members")
        defer { site.remove() }
        let first = try await site.build()
        let second = try await site.build(BuildOptions(now: 1_764_000_300))
        #expect(second.unchanged && second.release == first.release)
        try site.write("## Who\n\nChanged.\n", to: "content/about.md")
        let third = try await site.build(BuildOptions(now: 1_764_000_400))
        #expect(!third.unchanged && third.release != first.release)
        #expect(site.current == "releases/\(third.release)")
    }
}
