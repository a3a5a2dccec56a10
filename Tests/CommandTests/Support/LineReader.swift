import Foundation
import Synchronization

/// What a process writes, read as it comes on a thread that may wait.
final class LineReader: Sendable {
    let pipe = Pipe()
    private let text = Mutex("")

    /// Reads until some text stands there, or to the end; everything that was read so far.
    func upTo(_ wanted: String) async -> String {
        while !seen.contains(wanted), await readMore() {}
        return seen
    }

    /// Forgets what was read.
    func forget() { text.withLock { $0 = "" } }

    /// Reads to the end.
    func rest() async -> String {
        while await readMore() {}
        return seen
    }

    private var seen: String { text.withLock { $0 } }

    private func readMore() async -> Bool {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in
                let data = pipe.fileHandleForReading.availableData
                text.withLock { $0 += String(decoding: data, as: UTF8.self) }
                continuation.resume(returning: !data.isEmpty)
            }
        }
    }
}
