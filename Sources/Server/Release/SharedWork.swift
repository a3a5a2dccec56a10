import NIOCore
import NIOPosix
import Synchronization

/// Blocking work that many may ask for at once, and that is then done once for all of them.
///
/// The pool has few threads: a hundred requests that each hash the same large file would hold up everybody else's.
final class SharedWork<Value: Sendable>: Sendable {
    private let pool: NIOThreadPool
    private let underWay = Mutex<[String: EventLoopFuture<Value>]>([:])

    init(pool: NIOThreadPool = .singleton) {
        self.pool = pool
    }

    /// The outcome of the work that goes by this name: of the one under way, or else of this one.
    ///
    /// It goes on when who asked first hangs up, since others wait for it. A failure is everyone's, and is not kept.
    func outcome(of name: String, _ work: @escaping @Sendable () throws -> Value) -> EventLoopFuture<Value> {
        underWay.withLock { underWay in
            if let future = underWay[name] { return future }
            let future = pool.runIfActive(eventLoop: MultiThreadedEventLoopGroup.singleton.any()) {
                defer { self.underWay.withLock { $0[name] = nil } }
                return try work()
            }
            underWay[name] = future
            return future
        }
    }
}
