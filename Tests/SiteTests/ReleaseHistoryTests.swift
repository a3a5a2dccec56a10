import Foundation
import Gate
import Testing

@testable import Site

struct ReleaseHistoryTests {
    /// Three releases of one site, the newest current.
    private func site() async throws -> (FixtureSite, [String]) {
        let site = try FixtureSite(
            writing: [
                "content/index.md": "one", "content/m.md": "---\nvisibility: private\n---\n",
            ],
            config: "build: { feeds: [], sitemap: false, llms: false }\n"
        )
        var ids: [String] = []
        for round in 0..<3 {
            try site.write("round \(round)", to: "content/index.md")
            ids.append(try await site.build(BuildOptions(now: 1_764_000_000 + round * 3600)).release)
        }
        return (site, ids)
    }

    @Test func `releases are listed newest first, with the current one marked`() async throws {
        let (site, ids) = try await site()
        defer { site.remove() }
        let entries = try ReleaseHistory(output: site.output).entries()
        #expect(entries.map(\.id) == ids.reversed())
        #expect(entries.map(\.isCurrent) == [true, false, false])
        #expect(entries[2].time == "2025-11-24 16:00:00")
        #expect(entries[0].table?.routes.count == 2)
        #expect(try ReleaseHistory(output: site.source + "/nothing").entries().isEmpty)
    }

    @Test(arguments: [0, -86_400])
    func `a later release has a later name, however fast builds follow and however the clock was set`(
        step: Int
    ) async throws {
        let site = try FixtureSite(
            writing: ["content/index.md": "one"],
            config: "build: { releases_kept: 2 }\n"
        )
        defer { site.remove() }
        var ids: [String] = []
        for round in 0..<6 {
            try site.write("round \(round)", to: "content/index.md")
            ids.append(try await site.build(BuildOptions(now: 1_764_000_000 + round * step)).release)
        }
        #expect(ids == ids.sorted() && Set(ids).count == 6)
        #expect(try ReleaseHistory(output: site.output).entries().map(\.id) == ids.suffix(2).reversed())
    }

    @Test func `going back leads to the release before, and by name to any`() async throws {
        let (site, ids) = try await site()
        defer { site.remove() }
        let history = ReleaseHistory(output: site.output)
        #expect(try history.rollBack(to: nil) == ids[1])
        #expect(site.current == "releases/\(ids[1])")
        #expect(try history.rollBack(to: nil) == ids[0])
        #expect(throws: BuildFailure.self) { try history.rollBack(to: nil) }
        #expect(try history.rollBack(to: String(ids[2].suffix(6))) == ids[2])
        #expect(throws: BuildFailure.self) { try history.rollBack(to: "2025") }
        #expect(throws: BuildFailure.self) { try history.rollBack(to: "") }
        #expect(throws: BuildFailure.self) { try history.rollBack(to: "nothing") }
        #expect(site.current == "releases/\(ids[2])")
    }

    @Test(arguments: ["public/index.html", "private/m/index.html", "gate.json"])
    func `a release that is not whole is not gone back to`(file: String) async throws {
        let (site, ids) = try await site()
        defer { site.remove() }
        let path = "\(site.output)/releases/\(ids[1])/\(file)"
        let bytes = try #require(FileManager.default.contents(atPath: path))
        for damaged in [nil, Data(bytes.dropLast()), Data(bytes.dropLast() + [0])] {
            try? FileManager.default.removeItem(atPath: path)
            try damaged?.write(to: URL(fileURLWithPath: path))
            #expect(throws: BuildFailure.self) { try ReleaseHistory(output: site.output).rollBack(to: nil) }
            #expect(site.current == "releases/\(ids[2])")
        }
    }

    @Test func `releases of one second have an order`() async throws {
        let site = try FixtureSite(writing: ["content/index.md": ""])
        defer { site.remove() }
        var ids: [String] = []
        for round in 0..<4 {
            try site.write("round \(round)", to: "content/index.md")
            ids.append(try await site.build(BuildOptions(now: 1_764_000_000)).release)
        }
        #expect(ids == ids.sorted())
        #expect(try ReleaseHistory(output: site.output).rollBack(to: nil) == ids[2])
    }

    @Test func `while somebody builds nobody goes back`() async throws {
        let (site, ids) = try await site()
        defer { site.remove() }
        let lock = try ReleaseShelf(output: site.output).lock()
        #expect(throws: BuildFailure.busy(path: site.output)) {
            try ReleaseHistory(output: site.output).rollBack(to: nil)
        }
        #expect(site.current == "releases/\(ids[2])")
        withExtendedLifetime(lock) {}
    }
}
