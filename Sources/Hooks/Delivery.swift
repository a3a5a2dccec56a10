package import FoundationEssentials
import HTTPTypes
package import Logging
import ServiceLifecycle
import Synchronization
import Transfer

/// Sends what lies in a spool to its hook, until the hook has it.
///
/// At least once: an answer that is lost means that the event is sent again, with the same id. One at a time and the oldest first, but
/// no order is promised. After a failure the hook is left alone for a while, which grows with each failure in a row.
package final class Delivery: Service {
    private let hook: Webhook
    private let spool: Spool
    private let logger: Logger
    private let now: @Sendable () -> Date
    /// How many failed in a row.
    private let failures = Mutex(0)
    /// A factor around 1, so that many servers do not come back at the same moment.
    private let jitter: @Sendable () -> Double

    package init(
        _ hook: Webhook,
        from spool: Spool,
        logger: Logger,
        now: @escaping @Sendable () -> Date,
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0.8...1.2) }
    ) {
        self.hook = hook
        self.spool = spool
        self.logger = logger
        self.now = now
        self.jitter = jitter
    }

    /// How often an event is tried, over a day and a half.
    package static let mostAttempts = 12

    /// Seconds until the next try, after so many failed ones: 5, 20, 80 and so on, at most six hours.
    package static func delay(after attempts: Int) -> TimeInterval {
        min(5 * Double(1 << (2 * min(max(0, attempts - 1), 8))), 6 * 3600)
    }

    /// In seconds: how long a hook is left alone at most, whatever becomes of a single event.
    package static let longestQuiet: TimeInterval = 900

    /// Sends everything that is due, until one fails.
    ///
    /// - Returns: when to come again; nil where nothing waits.
    package func sendDue() async -> Date? {
        while !Task.isCancelled, let entry = spool.due(at: now()) {
            guard spool.holds(entry) else {
                spool.remove(entry)
                continue
            }
            guard let body = spool.body(of: entry), let event = AuthEvent(json: body) else {
                spool.bury(
                    entry,
                    "it cannot be read",
                    orWaitUntil: now().addingTimeInterval(Self.longestQuiet)
                )
                continue
            }
            guard let problem = await problem(sending: body, event) else {
                spool.remove(entry)
                failures.withLock { $0 = 0 }
                continue
            }
            if case .cancelled = problem { break }
            fail(entry, problem)
            let row = failures.withLock { row in
                row += 1
                return row
            }
            let quiet = min(Self.delay(after: row), Self.longestQuiet) * jitter()
            let pause = now().addingTimeInterval(quiet)
            return max(spool.nextDue ?? pause, pause)
        }
        return spool.nextDue
    }

    /// In seconds: so often it is looked whether somebody else put something into the spool, as `gatehouse hooks retry` does.
    private static let look = 10

    package func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            let (bell, rings) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
            await withDiscardingTaskGroup { group in
                // What an earlier run left.
                rings.yield()
                group.addTask { [spool] in for await _ in spool.arrivals { rings.yield() } }
                group.addTask { [spool] in
                    while !Task.isCancelled {
                        spool.takeUp()
                        // Cancelled when the server ends.
                        try? await Task.sleep(for: .seconds(Self.look))
                    }
                }
                var timer = Date.distantPast
                var quietUntil = Date.distantPast
                for await _ in bell where now() >= quietUntil {
                    guard let next = await sendDue() else { continue }
                    quietUntil = next
                    // One timer at a time is enough: whatever comes meanwhile is sent when it rings.
                    guard timer <= now() || next < timer else { continue }
                    timer = next
                    let pause = max(0.01, next.timeIntervalSince(now()))
                    group.addTask {
                        // Cancelled when the server ends: then nobody listens any more.
                        try? await Task.sleep(for: .seconds(pause))
                        rings.yield()
                    }
                }
                group.cancelAll()
            }
        }
    }
}

extension Delivery {
    private enum Problem {
        case cancelled
        /// The receiver says that it wants no more.
        case gone
        case failed(String)
    }

    private func problem(sending body: [UInt8], _ event: AuthEvent) async -> Problem? {
        do throws(TransferFailure) {
            let status = try await hook.send(body, event: event.kind.rawValue, id: event.id).head.status
            switch status.code {
            case 200..<300: return nil
            case 410: return .gone
            default: return .failed("status \(status.code)")
            }
        } catch {
            return error == .cancelled || error == .closed ? .cancelled : .failed("\(error)")
        }
    }

    private func fail(_ entry: Spool.Entry, _ problem: Problem) {
        let attempts = entry.attempts + 1
        let pause = now().addingTimeInterval(Self.delay(after: attempts) * jitter())
        var metadata: Logger.Metadata = [
            "hook": "\(hook.name)", "event": "\(entry.id)", "tries": "\(attempts)",
        ]
        switch problem {
        case .gone:
            logger.error("a hook is gone; what was for it is among the dead letters", metadata: metadata)
            spool.bury(entry, "the receiver answered 410 Gone", orWaitUntil: pause)
        case .failed(let cause):
            metadata["cause"] = "\(cause)"
            if attempts >= Self.mostAttempts {
                logger.error("a delivery was given up", metadata: metadata)
                return spool.bury(entry, cause, orWaitUntil: pause)
            }
            logger.warning("a delivery failed and will be tried again", metadata: metadata)
            spool.postpone(entry, until: pause)
        case .cancelled: break
        }
    }
}
