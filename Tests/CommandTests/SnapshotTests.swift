import Foundation
import Testing

@testable import gatehouse

struct SnapshotTests {
    @Test(arguments: [
        "content/a.md", "data/a.yaml", "themes/t/words/de.yaml", "words/de.yaml", "site.config",
    ])
    func `a change of what a build reads is seen`(file: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "site-\(UUID().uuidString)"
        )
        let place = folder.appendingPathComponent(file)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        let before = Snapshot(of: folder.path)
        try Data("a: b\n".utf8).write(to: place)
        #expect(Snapshot(of: folder.path).differences(from: before) == [file])
    }

    @Test(arguments: ["content/.a.md.swp", "content/a.md~", "content/b/.#a.md"])
    func `what editors leave beside a page is no change`(file: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "site-\(UUID().uuidString)"
        )
        let place = folder.appendingPathComponent(file)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        var seen = Snapshot(of: folder.path)
        try Data("a".utf8).write(to: place)
        #expect(Snapshot(of: folder.path).differences(from: seen) == [])
        #expect(seen.look(at: [place.path], below: folder.path) == [])
    }
}
