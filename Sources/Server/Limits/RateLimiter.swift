package import FoundationEssentials
package import Gate
import HTTPTypes
import Synchronization

/// Counts what each visitor or address asks for, by the generic cell rate algorithm (ITU-T I.371): one time per key.
///
/// Memory and the cost of one count are bounded, however many keys come. In a flood of new ones those that are known keep their
/// own count, and each newcomer's is shared with a few others at most; see `ArrivalTable`.
package final class RateLimiter: Sendable {
    /// What the limiter says of one request.
    package struct Verdict: Sendable, Equatable {
        package let isAllowed: Bool
        /// How many more are free right now.
        package let remaining: Int
        /// Whole seconds until the next one is; 0 where one is free.
        package let retryAfter: Int
    }

    package let limit: RateLimit
    private let now: @Sendable () -> Date
    /// When each key would have used up what it took, at the steady rate.
    private let arrivals: Mutex<ArrivalTable>

    package init(
        _ limit: RateLimit,
        capacity: Int = 100_000,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.limit = limit
        self.now = now
        arrivals = Mutex(ArrivalTable(capacity: capacity))
    }

    /// Takes one for this key, where one is free.
    @discardableResult
    package func take(_ key: String) -> Verdict {
        let now = now().timeIntervalSince1970
        let interval = Double(limit.seconds) / Double(limit.count)
        return arrivals.withLock { arrivals in
            arrivals.update(key, at: now) { arrival in
                let next = max(arrival, now) + interval
                let ahead = next - now - Double(limit.seconds)
                // A hair of tolerance: sums of intervals are not exact.
                guard ahead <= interval * 1e-6 else {
                    return Verdict(
                        isAllowed: false,
                        remaining: 0,
                        retryAfter: max(1, Int(ahead.rounded(.up)))
                    )
                }
                arrival = next
                return Verdict(
                    isAllowed: true,
                    remaining: Int((-ahead / interval + 1e-6).rounded(.down)),
                    retryAfter: 0
                )
            }
        }
    }

    /// Gives back everything that this key took, as after a successful sign-in.
    package func reset(_ key: String) {
        arrivals.withLock { $0.reset(key) }
    }

    /// How many keys are held, and how many cells stand in for those that are not.
    var size: (keys: Int, cells: Int) { arrivals.withLock { ($0.count, $0.cellCount) } }
}

extension RateLimiter.Verdict {
    /// The problem for a visitor who is over the limit, with the fields of draft-ietf-httpapi-ratelimit-headers-09.
    func problem(_ problem: Problem, policy: String, limit: RateLimit) -> Problem {
        var problem = problem.retrying(after: retryAfter)
        problem.fields[.rateLimitPolicy] = "\"\(policy)\";q=\(limit.count);w=\(limit.seconds)"
        problem.fields[.rateLimit] = "\"\(policy)\";r=0;t=\(max(1, retryAfter))"
        return problem
    }
}
