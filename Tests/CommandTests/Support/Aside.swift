import Foundation

/// Does work that waits on a thread of its own.
///
/// The tests of all rooms share as many threads as there are cores; one that waits for a process would hold up the others,
/// and some of those measure time.
func aside<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result(catching: work)) }
    }
}
