import FoundationEssentials
import Synchronization

/// Lets each key try a few times in a row, and then makes it wait longer before each further try, until one succeeds.
///
/// A try counts as failed until `reset` says otherwise: so tries that are under way at once cannot slip by together.
final class GrowingDelay: Sendable {
    private struct Row {
        var tries = 0
        var waitsUntil: TimeInterval = 0
    }

    private let free: Int
    private let first: TimeInterval
    private let longest: TimeInterval
    private let now: @Sendable () -> Date
    private let rows: Mutex<ExpiringTable<Int, Row>>
    private let seed = Int.random(in: .min ... .max)

    /// - Parameters:
    ///   - free: how many tries cost no wait.
    ///   - first: the wait after those, in seconds; each further one is twice as long.
    ///   - longest: in seconds. After twice as long without a try a row is forgotten.
    ///   - capacity: how many keys are remembered; beyond it those are forgotten that began first.
    ///   - now: the clock.
    init(
        free: Int,
        first: TimeInterval,
        longest: TimeInterval,
        capacity: Int = 100_000,
        now: @escaping @Sendable () -> Date
    ) {
        self.free = free
        self.first = first
        self.longest = longest
        self.now = now
        rows = Mutex(ExpiringTable(lifetime: 2 * longest, capacity: capacity))
    }

    /// Whole seconds until the key may try again; 0 where it may.
    func wait(_ key: String) -> Int {
        let now = now()
        let row = rows.withLock { $0.value(for: id(of: key), at: now) }
        let left = (row?.waitsUntil ?? 0) - now.timeIntervalSince1970
        return left > 0 ? max(1, Int(left.rounded(.up))) : 0
    }

    /// Counts one try.
    func count(_ key: String) {
        let now = now()
        rows.withLock { rows in
            var row = rows.value(for: id(of: key), at: now) ?? Row()
            row.tries += 1
            if row.tries >= free {
                let doublings = min(30, row.tries - free)
                let wait = min(longest, first * TimeInterval(1 << doublings))
                row.waitsUntil = now.timeIntervalSince1970 + wait
            }
            rows.put(row, for: id(of: key), at: now)
        }
    }

    /// The row is over.
    func reset(_ key: String) {
        rows.withLock { $0.remove(id(of: key)) }
    }

    private func id(of key: String) -> Int {
        // What stays in memory is as long for every key.
        var hasher = Hasher()
        hasher.combine(seed)
        hasher.combine(key)
        return hasher.finalize()
    }
}
