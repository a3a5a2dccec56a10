import Foundation
import Glibc
import Testing

@testable import Hooks

struct SpoolTests {
    @Test func `what was put in is there after a restart, with how often it was tried`() async throws {
        try await withFolder { folder in
            let first = try Spool(folder: folder + "/crm")
            #expect(first.add(event(.signIn, 1)))
            #expect(first.add(event(.signUp, 2)))
            let entry = try #require(first.due(at: .now))
            first.postpone(entry, until: .distantFuture)
            let second = try Spool(folder: folder + "/crm")
            #expect(second.count == 2)
            // All of it is due at once, what was tried least first.
            second.remove(try #require(second.due(at: .now)))
            let again = try #require(second.due(at: .now))
            #expect(again.attempts == 1)
            #expect(second.body(of: again).flatMap(AuthEvent.init(json:)) == event(.signIn, 1))
        }
    }

    @Test func `nobody else may read it`() async throws {
        try await withFolder { folder in
            let spool = try Spool(folder: folder + "/state/crm")
            #expect(spool.add(event()))
            var status = stat()
            #expect(stat(folder + "/state/crm", &status) == 0 && status.st_mode & 0o777 == 0o700)
            let file = try #require(
                FileManager.default.contentsOfDirectory(atPath: folder + "/state/crm").first
            )
            #expect(stat(folder + "/state/crm/" + file, &status) == 0 && status.st_mode & 0o777 == 0o600)
        }
    }

    @Test func `what was half written when the program ended is passed over`() async throws {
        try await withFolder { folder in
            try FileManager.default.createDirectory(
                atPath: folder + "/crm",
                withIntermediateDirectories: true
            )
            let half = folder + "/crm/1.event-1.0.json.new"
            try Data("{".utf8).write(to: URL(filePath: half))
            let spool = try Spool(folder: folder + "/crm")
            #expect(spool.count == 0)
            #expect(!FileManager.default.fileExists(atPath: half))
        }
    }

    @Test func `a full spool sends new events to the dead letters`() async throws {
        try await withFolder { folder in
            let spool = try Spool(folder: folder + "/crm", capacity: 1)
            #expect(spool.add(event(.signIn, 1)))
            #expect(spool.add(event(.signIn, 2)))
            #expect(spool.count == 1)
            let letters = try lines(of: spool.deadLetters)
            #expect(letters.count == 1)
            #expect(letters[0].contains("event-2") && letters[0].contains("the spool is full"))
        }
    }

    @Test func `a folder that cannot be made is told with the reason`() async throws {
        try await withFolder { folder in
            try Data().write(to: URL(filePath: folder + "/file"))
            #expect(throws: HookFailure.self) { try Spool(folder: folder + "/file/crm") }
        }
    }

    @Test func `an event that cannot be written is reported as lost`() async throws {
        try await withFolder { folder in
            let spool = try Spool(folder: folder + "/crm")
            try FileManager.default.removeItem(atPath: folder + "/crm")
            #expect(!spool.add(event()))
            #expect(spool.count == 0)
        }
    }
}
