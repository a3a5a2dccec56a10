package import FoundationEssentials
package import Gate
import HTTPTypes
import Synchronization

/// Counts what each visitor or address asks for, by the generic cell rate algorithm (ITU-T I.371): one time per key.
///
/// Memory is bounded: when too many keys are known at once, those that have not been counted before share one count
/// until others have run off. So a flood of addresses slows itself down and nobody else.
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
    private let capacity: Int
    private let now: @Sendable () -> Date
    /// When each key would have used up what it took, at the steady rate.
    private let arrivals = Mutex<[String: TimeInterval]>([:])

    package init(
        _ limit: RateLimit,
        capacity: Int = 100_000,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.limit = limit
        self.capacity = capacity
        self.now = now
    }

    /// Takes one for this key, where one is free.
    @discardableResult
    package func take(_ key: String) -> Verdict {
        let now = now().timeIntervalSince1970
        let interval = Double(limit.seconds) / Double(limit.count)
        return arrivals.withLock { arrivals in
            if arrivals.count >= capacity, arrivals[key] == nil {
                arrivals = arrivals.filter { $0.value > now }
            }
            let slot = arrivals.count >= capacity && arrivals[key] == nil ? Self.crowd : key
            let next = max(arrivals[slot] ?? now, now) + interval
            let ahead = next - now - Double(limit.seconds)
            // A hair of tolerance: sums of intervals are not exact.
            guard ahead <= interval * 1e-6 else {
                return Verdict(isAllowed: false, remaining: 0, retryAfter: max(1, Int(ahead.rounded(.up))))
            }
            arrivals[slot] = next
            return Verdict(
                isAllowed: true,
                remaining: Int((-ahead / interval + 1e-6).rounded(.down)),
                retryAfter: 0
            )
        }
    }

    /// Gives back everything that this key took, as after a successful sign-in.
    package func reset(_ key: String) {
        arrivals.withLock { _ = $0.removeValue(forKey: key) }
    }
}

extension RateLimiter {
    /// The shared count of those who came when the table was full; no key is empty.
    private static let crowd = ""
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
