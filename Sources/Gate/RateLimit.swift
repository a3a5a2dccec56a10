/// So many in so long, as `120/1m` in `site.config`.
package struct RateLimit: Hashable, Sendable, CustomStringConvertible {
    /// At least 1.
    package let count: Int
    /// In whole seconds, at least 1.
    package let seconds: Int

    package init(_ count: Int, perSeconds seconds: Int) {
        self.count = max(1, count)
        self.seconds = max(1, seconds)
    }

    /// Reads `120/1m`; the period is a number and `s`, `m`, `h` or `d`, and the number may be left out for 1.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !text.utf8.contains(UInt8(ascii: "+")), let count = Int(parts[0]),
            (1...1_000_000_000).contains(count)
        else {
            return nil
        }
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
        guard let last = parts[1].last, let unit = units[last] else { return nil }
        let digits = parts[1].dropLast()
        guard let amount = digits.isEmpty ? 1 : Int(digits),
            (1...366).contains(amount) || unit < 86400 && (1...100_000).contains(amount)
        else { return nil }
        self.init(count, perSeconds: amount * unit)
    }

    package var description: String { "\(count) in \(seconds) s" }
}
