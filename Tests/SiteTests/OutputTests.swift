import Foundation
import Synchronization
import Testing

@testable import Site

struct OutputTests {
    private func build(_ site: FixtureSite, to output: String) async throws {
        let other = FixtureSite(source: site.source, output: output)
        try await other.build()
    }

    @Test(arguments: ["", "/", "/.", "/..", "/content", "/content/dist", "/themes/plain/assets", "/x/.."])
    func `the site itself is no output folder`(below: String) async throws {
        let site = try FixtureSite(writing: [:])
        defer { site.remove() }
        let failure = await #expect(throws: BuildFailure.self) {
            try await build(site, to: site.source + below)
        }
        #expect(failure?.description.contains("'dist'") == true)
        #expect(!FileManager.default.fileExists(atPath: site.source + "/releases"))
    }

    @Test func `content and a theme may lie elsewhere, and what lies there is no output either`() async throws
    {
        let site = try FixtureSite(writing: ["elsewhere/pages/a.md": "word"])
        defer { site.remove() }
        let moves = [("themes/plain", "elsewhere/plain"), ("content", "elsewhere/content")]
        for (from, to) in moves {
            try FileManager.default.moveItem(atPath: "\(site.source)/\(from)", toPath: "\(site.source)/\(to)")
            #expect(symlink("\(site.source)/\(to)", "\(site.source)/\(from)") == 0)
            await #expect(throws: BuildFailure.self) {
                try await build(site, to: "\(site.source)/\(to)/dist")
            }
        }
        try site.write("word", to: "content/a.md")
        try await site.build()
        #expect(site.text("public/a/index.html")?.contains("word") == true)
        #expect(symlink("a.md", "\(site.source)/content/b.md") == 0)
        #expect(try await site.problems().hasPrefix("content/b.md: error: symbolic links are not followed"))
    }

    @Test func `a folder with other things in it is left alone`() async throws {
        let site = try FixtureSite(writing: ["home/diary.txt": "dear"])
        defer { site.remove() }
        await #expect(throws: BuildFailure.self) { try await build(site, to: site.source + "/home") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.source + "/home") == ["diary.txt"])
    }

    @Test func `a folder that releases is a link to is left alone`() async throws {
        let site = try FixtureSite(writing: ["out/.keep": "", "home/.tmp-1/diary.txt": "dear"])
        defer { site.remove() }
        try FileManager.default.createSymbolicLink(
            atPath: site.source + "/out/releases",
            withDestinationPath: "../home"
        )
        let failure = await #expect(throws: BuildFailure.self) {
            try await build(site, to: site.source + "/out")
        }
        #expect(failure?.description.contains("releases' is not the folder that builds make") == true)
        #expect(FileManager.default.fileExists(atPath: site.source + "/home/.tmp-1/diary.txt"))
    }

    @Test func `a current that is no link is left alone`() async throws {
        let site = try FixtureSite(writing: ["out/current/a": ""])
        defer { site.remove() }
        await #expect(throws: BuildFailure.self) { try await build(site, to: site.source + "/out") }
        #expect(FileManager.default.fileExists(atPath: site.source + "/out/current/a"))
    }

    @Test func `an output that cannot be written is told with its path and the system's word`() async throws {
        let site = try FixtureSite(writing: ["file": ""])
        defer { site.remove() }
        let failure = await #expect(throws: BuildFailure.self) {
            try await build(site, to: site.source + "/file/out")
        }
        #expect(failure?.description.hasSuffix("/file/out': Not a directory") == true)
    }

    @Test func `of two builds at once the second is told to wait`() async throws {
        let site = try FixtureSite(writing: [:])
        defer { site.remove() }
        try FileManager.default.createDirectory(atPath: site.output, withIntermediateDirectories: true)
        let lock = try ReleaseShelf(output: site.output).lock()
        await #expect(throws: BuildFailure.busy(path: site.output)) { try await site.build() }
        withExtendedLifetime(lock) {}
    }

    /// What a build publishes at its end it has read at its beginning: were another published in between, a page that
    /// was closed since would open again.
    @Test(arguments: BuildStep.allCases) func `nobody else builds from a build's first step to its last`(
        step: BuildStep
    ) async throws {
        let site = try FixtureSite(writing: [:])
        defer { site.remove() }
        var options = BuildOptions(now: 1_764_000_000)
        let seen = Mutex(0)
        options.onStep = {
            guard $0 == step else { return }
            seen.withLock { $0 += 1 }
            #expect(throws: BuildFailure.busy(path: site.output)) {
                _ = try ReleaseShelf(output: site.output).lock()
            }
        }
        try await site.build(options)
        #expect(seen.withLock { $0 } == 1)
    }

    @Test(arguments: [[], ["dist"], ["dist", "dist/releases"]])
    func `a build that fails leaves no output behind that was not there`(before: [String]) async throws {
        let site = try FixtureSite(writing: ["content/a.md": "[no](b.md)"])
        defer { site.remove() }
        for folder in before {
            try FileManager.default.createDirectory(
                atPath: "\(site.source)/\(folder)",
                withIntermediateDirectories: false
            )
        }
        let found = { try FileManager.default.subpathsOfDirectory(atPath: site.source).sorted() }
        let files = try found()
        await #expect(throws: (any Error).self) { try await site.build() }
        let left = try found()
        #expect(left.filter { !$0.hasSuffix("/.lock") } == files)
    }

    @Test func `a lock file that was taken away is no lock`() throws {
        let site = try FixtureSite(writing: [:])
        defer { site.remove() }
        let shelf = ReleaseShelf(output: site.output)
        let footing = try shelf.prepare()
        let lock = try shelf.lock()
        let late = try OpenFile(locking: site.output + "/.lock")
        shelf.takeBack(footing)
        withExtendedLifetime(lock) {}
        let isStill = late.isStill(at: site.output + "/.lock")
        #expect(!isStill)
        #expect(!FileManager.default.fileExists(atPath: site.output))
    }

    @Test func `so many releases are kept, and never the current one removed`() async throws {
        let site = try FixtureSite(writing: [:], config: "build: { releases_kept: 2 }")
        defer { site.remove() }
        var ids: [String] = []
        for round in 0..<4 {
            try site.write("\(round)", to: "content/a.md")
            // The last build's clock is behind all others, and its name is not.
            let now = round == 3 ? 1_000_000_000 : 1_764_000_000 + round
            ids.append(try await site.build(BuildOptions(now: now)).release)
        }
        let kept = try FileManager.default.contentsOfDirectory(atPath: site.output + "/releases").sorted()
        #expect(kept == [ids[2], ids[3]])
        #expect(site.current == "releases/\(ids[3])")
    }

    /// A server that has not looked yet still reads from it.
    @Test func `the release before is kept, whatever the number says and whatever its age`() async throws {
        let site = try FixtureSite(writing: [:], config: "build: { releases_kept: 3 }")
        defer { site.remove() }
        var ids: [String] = []
        for round in 0..<3 {
            try site.write("\(round)", to: "content/a.md")
            ids.append(try await site.build(BuildOptions(now: 1_764_000_000 + round)).release)
        }
        let link = SymbolicLink(path: site.output + "/current")
        try link.point(to: "releases/\(ids[0])")
        try site.write(
            "title: S\nurl: http://localhost:8080\ntheme: plain\nbuild: { releases_kept: 1 }\n",
            to: "site.config"
        )
        try site.write("3", to: "content/a.md")
        ids.append(try await site.build(BuildOptions(now: 1_764_000_003)).release)
        let kept = try FileManager.default.contentsOfDirectory(atPath: site.output + "/releases").sorted()
        #expect(kept == [ids[0], ids[3]])
    }

    @Test func `what only looks like a release is never removed`() async throws {
        let fake = "20200101T000000Z-abcdef"
        let site = try FixtureSite(
            writing: ["dist/releases/\(fake)/diary.txt": ""],
            config: "build: { releases_kept: 1 }"
        )
        defer { site.remove() }
        try await site.build()
        #expect(FileManager.default.fileExists(atPath: "\(site.output)/releases/\(fake)/diary.txt"))
    }

    @Test func `a release that was damaged is made anew`() async throws {
        let site = try FixtureSite(writing: ["content/a.md": ""])
        defer { site.remove() }
        let first = try await site.build().release
        try FileManager.default.removeItem(atPath: "\(site.output)/current/public/a/index.html")
        let second = try await site.build()
        #expect(!second.unchanged && second.release != first)
        #expect(site.text("public/a/index.html") != nil)
    }

    @Test func `private folders are their owner's`() async throws {
        let site = try FixtureSite(writing: ["content/a/b.md": "---\nvisibility: private\n---\n"])
        defer { site.remove() }
        try await site.build()
        for folder in ["private", "private/a", "private/a/b"] {
            let path = "\(site.output)/current/\(folder)"
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o700)
        }
    }

    @Test func `drafts and what is yet to come are built when asked for, and warnings fail when asked to`()
        async throws
    {
        let site = try FixtureSite(writing: [
            "content/a.md": "---\ndraft: true\n---\n", "content/b.md": "---\ndate: 2999-01-01\n---\n",
            "content/C.md": "",
            "content/c.md": "",
        ])
        defer { site.remove() }
        var options = BuildOptions(now: 1_764_000_000)
        options.drafts = true
        options.future = true
        #expect(try await site.build(options).publicPages == 5)
        #expect(try await site.build().publicPages == 3)
        options.strict = true
        #expect(try await site.problems(options).contains("warning"))
        await #expect(throws: (any Error).self) { try await site.build(options) }
    }

    /// What some mistake of this program might do to the trees before they are switched to.
    @Test(arguments: [
        ("public/stranger.html", "public/stranger.html belongs to no public route"),
        ("public/a/b.txt", "public/a/b.txt belongs to no public route"),
        ("private/stranger.html", "private/stranger.html belongs to no private route"),
    ])
    func `the audit refuses a file that has no route`(file: String, finding: String) async throws {
        let failure = try await audited { try Data("x".utf8).write(to: URL(filePath: "\($0)/\(file)")) }
        #expect(failure == .audit([finding]))
    }

    @Test func `the audit refuses a private page in the public tree`() async throws {
        let failure = try await audited {
            try FileManager.default.moveItem(atPath: "\($0)/private/a", toPath: "\($0)/public/b")
        }
        #expect(
            failure
                == .audit([
                    "public/b/index.html belongs to no public route", "private/a/index.html is missing",
                ])
        )
    }

    private func audited(_ change: @escaping @Sendable (String) throws -> Void) async throws -> BuildFailure?
    {
        let site = try FixtureSite(writing: [
            "content/a.md": "---\nvisibility: private\n---\n", "content/a/x.md": "",
        ])
        defer { site.remove() }
        let releases = site.output + "/releases"
        var options = BuildOptions(now: 1_764_000_000)
        options.onStep = { step in
            guard step == .audit else { return }
            for name in try FileManager.default.contentsOfDirectory(atPath: releases) {
                try FileManager.default.createDirectory(
                    atPath: "\(releases)/\(name)/public/a",
                    withIntermediateDirectories: true
                )
                try change("\(releases)/\(name)")
            }
        }
        let failure = await #expect(throws: BuildFailure.self) { try await site.build(options) }
        #expect(site.current == nil)
        #expect(!FileManager.default.fileExists(atPath: site.output))
        return failure
    }
}
