import Foundation
import Glibc
import Synchronization
import Testing

@testable import Hooks

struct SpoolShelfTests {
    /// A spool so small that everything put in goes to the dead letters.
    private func dying(in folder: String) throws -> Spool {
        try Spool(folder: folder + "/hooks/crm", capacity: 0)
    }

    private func waiting(in folder: String) throws -> Set<String> {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/hooks/crm")
        return Set(names.map { $0.split(separator: ".")[1] }.map(String.init))
    }

    @Test func `what is given up during a retry waits or is given up, and is not lost`() async throws {
        try await withFolder { folder in
            let spool = try dying(in: folder)
            let shelf = SpoolShelf(hook: "crm", state: folder)
            let isOver = Mutex(false)
            let retrying = Task.detached {
                // What is thrown leaves the letters where they are, and they are missed below.
                while !isOver.withLock(\.self) { _ = try? shelf.revive() }
            }
            await withDiscardingTaskGroup { group in
                for writer in 0..<3 {
                    group.addTask {
                        for number in 1...500 { #expect(spool.add(event(.signIn, writer * 500 + number))) }
                    }
                }
            }
            isOver.withLock { $0 = true }
            await retrying.value
            let dead = shelf.deadLetters.map(\.id)
            let all = try waiting(in: folder).union(dead)
            #expect(all == Set((1...1500).map { "event-\($0)" }))
        }
    }

    @Test func `what an interrupted retry left is put back by the next`() async throws {
        try await withFolder { folder in
            let spool = try dying(in: folder)
            #expect(spool.add(event(.signIn, 1)))
            try FileManager.default.moveItem(
                atPath: spool.deadLetters,
                toPath: spool.deadLetters + ".retrying"
            )
            #expect(spool.add(event(.signIn, 2)))
            let shelf = SpoolShelf(hook: "crm", state: folder)
            #expect(shelf.deadLetters.count == 2)
            #expect(try shelf.revive() == 2)
            #expect(try waiting(in: folder) == ["event-1", "event-2"])
            #expect(shelf.deadLetters.isEmpty)
            #expect(try shelf.revive() == 0)
        }
    }

    @Test func `what is no event stays among the dead letters, and what is being written is left alone`()
        async throws
    {
        try await withFolder { folder in
            let spool = try dying(in: folder)
            #expect(spool.add(event(.signIn, 1)))
            let file = try FileHandle(forWritingTo: URL(filePath: spool.deadLetters))
            try file.seekToEnd()
            try file.write(contentsOf: Data("not ours\n".utf8))
            let underway = folder + "/hooks/crm/1.event-9.0.json.new"
            try Data("{".utf8).write(to: URL(filePath: underway))
            #expect(try SpoolShelf(hook: "crm", state: folder).revive() == 1)
            #expect(try lines(of: spool.deadLetters) == ["not ours"])
            #expect(FileManager.default.fileExists(atPath: underway))
        }
    }

    @Test func `a server that runs takes up what was put back, and once only`() async throws {
        try await withFolder { folder in
            let running = try Spool(folder: folder + "/hooks/crm")
            #expect(try dying(in: folder).add(event(.signIn, 1)))
            #expect(try SpoolShelf(hook: "crm", state: folder).revive() == 1)
            #expect(running.count == 0)
            running.takeUp()
            running.takeUp()
            let entry = try #require(running.due(at: .now))
            #expect(running.count == 1 && running.holds(entry))
            running.remove(entry)
            running.takeUp()
            #expect(running.count == 0)
        }
    }

    /// A limit on the size of files stands for a full disk: it takes as much as there is room for.
    @Test func `of a line for which there is no room nothing is left behind`() async {
        await #expect(processExitsWith: .success) {
            signal(SIGXFSZ, SIG_IGN)
            let file = FileManager.default.temporaryDirectory.path + "/lines-\(UUID().uuidString)"
            defer { unlink(file) }
            let descriptor = LineFile.open(file)
            var isKept = LineFile.append(Array("first".utf8), to: descriptor)
            var limit = rlimit(rlim_cur: 10, rlim_max: rlim_t.max)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            isKept = isKept && !LineFile.append(Array("second".utf8), to: descriptor)
            limit.rlim_cur = .max
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            isKept = isKept && LineFile.append(Array("third".utf8), to: descriptor)
            let text = try String(contentsOfFile: file, encoding: .utf8)
            precondition(isKept && text == "first\nthird\n", text)
        }
    }
}
