/// Appwrite's limit on one route: how many calls, in which time, counted by what.
struct RateRule: Equatable, Sendable {
    let limit: Int
    /// In seconds.
    var window = 3600
    /// Templates such as `url:{url},ip:{ip}`; each is counted on its own, and any can refuse.
    let keys: [String]
    /// A 201 clears what was counted.
    var resetsOnCreation = false
}

/// The calls counted so far, in windows that begin at whole multiples of their length.
struct RateBook: Sendable {
    private struct Entry: Sendable {
        var windowStart: Int64
        var calls: Int
    }

    private var entries: [String: Entry] = [:]

    /// What the headers say of one key.
    struct Reading: Equatable, Sendable {
        let limit: Int
        /// Counts the present call; not below 0.
        let remaining: Int
        /// Seconds since 1970.
        let reset: Int64
    }

    func reading(of key: String, _ rule: RateRule, at now: Moment) -> Reading {
        let start = Self.windowStart(rule, now)
        let remaining = max(0, rule.limit - calls(key, start) - 1)
        return Reading(limit: rule.limit, remaining: remaining, reset: start + Int64(rule.window))
    }

    /// Counts one call, or returns false where none is left; a refused call is not counted.
    mutating func admits(_ key: String, _ rule: RateRule, at now: Moment) -> Bool {
        let start = Self.windowStart(rule, now)
        let calls = calls(key, start)
        guard calls < rule.limit else { return false }
        entries[key] = Entry(windowStart: start, calls: calls + 1)
        return true
    }

    mutating func clear(_ key: String) {
        entries[key] = nil
    }

    private func calls(_ key: String, _ start: Int64) -> Int {
        guard let entry = entries[key], entry.windowStart == start else { return 0 }
        return entry.calls
    }

    private static func windowStart(_ rule: RateRule, _ now: Moment) -> Int64 {
        now.seconds - now.seconds % Int64(rule.window)
    }
}
