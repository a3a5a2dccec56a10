import Foundation
import Glibc
import Hooks
import Testing

struct AuditLogTests {
    @Test func `each event is one line, for its owner's eyes only`() async throws {
        try await withFolder { folder in
            let file = folder + "/audit.log"
            let log = try AuditLog(file: file, logger: quiet)
            log.append(event(.signIn, 1))
            log.append(event(.signOut, 2))
            let found = try lines(of: file).map { AuthEvent(json: Array($0.utf8)) }
            #expect(found == [event(.signIn, 1), event(.signOut, 2)])
            var status = stat()
            #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
        }
    }

    @Test func `where the file was moved away, the next line begins a new one`() async throws {
        try await withFolder { folder in
            let file = folder + "/audit.log"
            let log = try AuditLog(file: file, logger: quiet)
            log.append(event(.signIn, 1))
            try FileManager.default.moveItem(atPath: file, toPath: file + ".1")
            log.append(event(.signIn, 2))
            #expect(try lines(of: file + ".1").count == 1)
            #expect(try lines(of: file).count == 1)
        }
    }

    @Test func `an earlier file is added to`() async throws {
        try await withFolder { folder in
            let file = folder + "/audit.log"
            try AuditLog(file: file, logger: quiet).append(event(.signIn, 1))
            try AuditLog(file: file, logger: quiet).append(event(.signIn, 2))
            #expect(try lines(of: file).count == 2)
        }
    }

    @Test func `what could not be written is counted in a line of its own`() async throws {
        try await withFolder { folder in
            let file = folder + "/logs/audit.log"
            try FileManager.default.createDirectory(
                atPath: folder + "/logs",
                withIntermediateDirectories: true
            )
            let log = try AuditLog(file: file, logger: quiet)
            try FileManager.default.moveItem(atPath: folder + "/logs", toPath: folder + "/away")
            log.append(event(.signIn, 1))
            log.append(event(.signIn, 2))
            try FileManager.default.createDirectory(
                atPath: folder + "/logs",
                withIntermediateDirectories: true
            )
            log.append(event(.signIn, 3))
            let found = try lines(of: file)
            #expect(found.first == #"{"count":2,"type":"lost"}"#)
            #expect(found.count == 2)
        }
    }

    @Test func `a full disk stops nothing`() throws {
        let log = try AuditLog(file: "/dev/full", logger: quiet)
        log.append(event())
    }

    @Test func `a file that cannot be written to is told at the start`() {
        #expect(throws: HookFailure.self) { try AuditLog(file: "/nowhere/audit.log", logger: quiet) }
    }
}
