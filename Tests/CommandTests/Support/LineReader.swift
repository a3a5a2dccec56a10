import Foundation
import Synchronization

/// What a process writes, read as it comes.
final class LineReader: Sendable {
    let pipe = Pipe()
    private let text = Mutex("")

    /// Reads until some text stands there, or to the end; everything that was read so far.
    func upTo(_ wanted: String) async throws -> String {
        while !seen.contains(wanted), try await readMore() {}
        return seen
    }

    /// Forgets what was read.
    func forget() { text.withLock { $0 = "" } }

    /// Reads to the end.
    func rest() async throws -> String {
        while try await readMore() {}
        return seen
    }

    private var seen: String { text.withLock { $0 } }

    private func readMore() async throws -> Bool {
        try await aside { [self] in
            let data = pipe.fileHandleForReading.availableData
            text.withLock { $0 += String(decoding: data, as: UTF8.self) }
            return !data.isEmpty
        }
    }
}
