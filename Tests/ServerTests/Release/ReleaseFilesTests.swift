import Foundation
import Gate
import Ground
import NIOCore
import Testing

@testable import Server

struct ReleaseFilesTests {
    private func file(of path: String, in release: Release) throws -> Representation {
        Representation(try #require(release.table.routes.first { $0.path.text == path }))
    }

    private func load(_ site: TestRelease) throws -> Release {
        try CurrentRelease(output: site.output).value
    }

    @Test
    func `a file that somebody changed is not sent, whether it is kept in memory or streamed`() async throws {
        let site = try TestRelease()
        defer { site.remove() }
        let release = try load(site)
        let sent = try self.file(of: "/members/", in: release)
        let file = try await release.files.verifiedPlace(of: sent)
        _ = try await release.files.bytes(of: sent)
        let changed = Data(try Data(contentsOf: URL(fileURLWithPath: file)).reversed())
        try changed.write(to: URL(fileURLWithPath: file))
        let fresh = try load(site)
        await #expect(throws: ReleaseFailure.self) { try await fresh.files.bytes(of: sent) }
        await #expect(throws: ReleaseFailure.self) { try await fresh.files.verifiedPlace(of: sent) }
    }

    @Test
    func `a release that is not whole is refused, with the file's name`() throws {
        let site = try TestRelease()
        defer { site.remove() }
        let file = "\(site.output)/current/private/pro/index.html"
        try FileManager.default.removeItem(atPath: file)
        let failure = try #require(throws: ReleaseFailure.self) { try load(site) }
        #expect("\(failure)".contains("private/pro/index.html' is missing"))
    }

    @Test
    func `files with other bytes than lie on the disk are held until they do, whatever else is held`()
        async throws
    {
        let body = String(repeating: "a", count: 100)
        let site = try TestRelease(
            pages: (0..<16).map { (path: "/p\($0)/", visibility: .public, requirements: [], body: body) }
        )
        defer { site.remove() }
        let release = try load(site)
        let routes = release.table.routes
        let files = ReleaseFiles(folder: "\(site.output)/releases/\(release.id)", room: 1000)
        for route in routes.prefix(9) { _ = try await files.bytes(of: Representation(route)) }
        let changed = routes.suffix(7) + routes.prefix(1)
        let revised = files.revised(
            changed.map { Preview.Change(route: $0, bytes: Array(repeating: 0x62, count: 100)) }
        )
        for route in changed {
            #expect(try await revised.bytes(of: Representation(route)).getInteger(at: 0) == UInt8(0x62))
        }
    }

    /// Root may read everything, and so cannot see this.
    @Test(.enabled(if: geteuid() != 0))
    func `a tree that this user may not read is told as such`() throws {
        let site = try TestRelease()
        defer { site.remove() }
        let tree = "\(site.output)/current/private"
        chmod(tree, 0)
        defer { chmod(tree, 0o700) }
        let failure = try #require(throws: ReleaseFailure.self) { try load(site) }
        #expect("\(failure)".contains("private' cannot be read by this user"))
    }
}
