import Foundation
import Logging
import Synchronization
import Testing

@testable import Server

struct ReleaseWatchTests {
    @Test func `a release that cannot be served is told of once, and taken when it is whole`() async throws {
        let site = try TestRelease()
        defer { site.remove() }
        let (lines, loads) = (LogLines(), Loads())
        let watch = ReleaseWatch(
            current: try CurrentRelease(output: site.output),
            interval: .milliseconds(5),
            logger: lines.logger
        ) { _ in loads.count.withLock { $0 += 1 } }
        let file = "\(site.output)/releases/20261123T101501Z-bbbbbb/site.json"
        try site.add(id: "20261123T101501Z-bbbbbb", pages: TestRelease.pages)
        let bytes = try #require(FileManager.default.contents(atPath: file))
        try FileManager.default.removeItem(atPath: file)
        let task = Task { try await watch.run() }
        defer { task.cancel() }
        while lines.all.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        // A watch that tells of it each time it looks tells of it at least once more in this.
        try await Task.sleep(for: .milliseconds(1200))
        let told = lines.all.filter { $0.level == .error }
        #expect(told.count == 1 && told[0].metadata.contains("site.json"))
        try bytes.write(to: URL(filePath: file))
        while loads.count.withLock(\.self) == 0 { try await Task.sleep(for: .milliseconds(5)) }
    }
}

private final class Loads: Sendable {
    let count = Mutex(0)
}
