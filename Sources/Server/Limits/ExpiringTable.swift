package import FoundationEssentials

/// Values that are kept for one and the same time each, and for less where more come than there is room for.
///
/// What was put in first goes first, so every step costs the same however much is held: O(1), amortised. Whoever shares a table
/// among tasks guards it.
package struct ExpiringTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry {
        var value: Value
        var until: TimeInterval
        /// Which line of the queue is this entry's; others of the same key are left from one that was taken out.
        let serial: UInt64
    }

    private struct Line {
        let key: Key
        let until: TimeInterval
        let serial: UInt64
    }

    private let lifetime: TimeInterval
    private let capacity: Int
    private var entries: [Key: Entry] = [:]
    /// The oldest at `head`; what stands before that is over.
    private var queue: [Line] = []
    private var head = 0
    private var nextSerial: UInt64 = 0

    /// - Parameters:
    ///   - lifetime: in seconds.
    ///   - capacity: how many are held at most.
    package init(lifetime: TimeInterval, capacity: Int) {
        self.lifetime = lifetime
        self.capacity = max(1, capacity)
    }

    /// How many are held, perhaps with some that are over.
    package var count: Int { entries.count }

    /// How many lines the queue has, which is memory, too.
    var queueLength: Int { queue.count }

    package func value(for key: Key, at now: Date) -> Value? {
        guard let entry = entries[key], entry.until > now.timeIntervalSince1970 else { return nil }
        return entry.value
    }

    /// Keeps a value from now on, in place of one of the same key; the oldest makes room for it.
    package mutating func put(_ value: Value, for key: Key, at now: Date) {
        dropExpired(at: now)
        let until = now.timeIntervalSince1970 + lifetime
        if let serial = entries[key]?.serial {
            // Its line stays where it is, and moves to the end when its turn comes.
            entries[key] = Entry(value: value, until: until, serial: serial)
            return
        }
        while entries.count >= capacity { dropOldest() }
        entries[key] = Entry(value: value, until: until, serial: nextSerial)
        queue.append(Line(key: key, until: until, serial: nextSerial))
        nextSerial += 1
    }

    package mutating func remove(_ key: Key) {
        entries[key] = nil
        // Taken out and put in again, one key would fill the queue.
        guard queue.count - head > 2 * entries.count + 64 else { return }
        queue = queue[head...].filter { entries[$0.key]?.serial == $0.serial }
        head = 0
    }

    /// Asks every value; O(n).
    package mutating func removeAll(where isGone: (Value) -> Bool) {
        for (key, entry) in entries where isGone(entry.value) { entries[key] = nil }
    }

    /// Drops what is over, so that `count` is of what is not.
    package mutating func dropExpired(at now: Date) {
        let now = now.timeIntervalSince1970
        while head < queue.count, queue[head].until <= now { dropOldest(unlessAfter: now) }
    }
}

extension ExpiringTable {
    /// Takes the first line; its entry goes with it, or moves to the end where it was renewed and is good after `now`.
    private mutating func dropOldest(unlessAfter now: TimeInterval? = nil) {
        guard head < queue.count else { return }
        let line = queue[head]
        head += 1
        if head > 64, head > queue.count / 2 {
            queue.removeFirst(head)
            head = 0
        }
        guard let entry = entries[line.key], entry.serial == line.serial else { return }
        let isRenewed = entry.until > line.until && entry.until > now ?? -.infinity
        if isRenewed {
            queue.append(Line(key: line.key, until: entry.until, serial: line.serial))
        } else {
            entries[line.key] = nil
        }
    }
}
