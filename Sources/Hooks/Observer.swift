import Logging
import ServiceLifecycle

/// A hook of Swift, and the events that wait for it.
final class Observer: Sendable {
    private let hook: any AuthHook
    private let events: AsyncStream<AuthEvent>
    private let queue: AsyncStream<AuthEvent>.Continuation
    private static let capacity = 1000

    init(_ hook: any AuthHook) {
        self.hook = hook
        (events, queue) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.capacity))
    }

    func hear(_ event: AuthEvent, _ logger: Logger) {
        if case .dropped = queue.yield(event) {
            logger.error("a hook is too slow and misses events", metadata: ["event": "\(event.id)"])
        }
    }

    func run() async {
        await cancelWhenGracefulShutdown { [hook, events] in
            for await event in events { await hook.observe(event) }
        }
    }

    /// No verdict in time means no.
    func verdict(of attempt: AuthAttempt, within patience: Duration) async -> AuthVerdict {
        let (answers, first) = AsyncStream<AuthVerdict>.makeStream(bufferingPolicy: .bufferingOldest(1))
        // Not a child of this request, which would wait for it to end however long it takes.
        let asking = Task { [hook] in first.yield(await hook.authorize(attempt)) }
        let waiting = Task {
            // Cancelled when the answer is there: then nobody listens any more.
            try? await Task.sleep(for: patience)
            first.yield(.refuse(""))
        }
        defer {
            asking.cancel()
            waiting.cancel()
        }
        for await verdict in answers { return verdict }
        return .refuse("")
    }
}
