/// A day, or a moment in UTC, as front matter says it.
struct PageDate: Hashable, Sendable, Comparable {
    /// The day, `2026-03-01`.
    let day: String
    /// Seconds since 1970 in UTC; a day begins at midnight.
    let seconds: Int

    /// Reads `2026-03-01`, `2026-03-01T10:00`, `2026-03-01 10:00:00` with or without `Z` (RFC 3339, in UTC only).
    init?(_ text: String) {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "T" || $0 == " " }
        let numbers = parts.first?.split(separator: "-", omittingEmptySubsequences: false) ?? []
        guard numbers.count == 3, let year = Self.number(numbers[0], digits: 4, in: 1...9999),
            let month = Self.number(numbers[1], digits: 2, in: 1...12),
            let day = Self.number(numbers[2], digits: 2, in: 1...Self.length(of: month, year)),
            let time = parts.count == 2 ? Self.time(parts[1]) : 0
        else { return nil }
        self.day = String(parts[0])
        seconds = Self.days(year, month, day) * 86400 + time
    }

    /// The moment in full, `2026-03-01T00:00:00Z` (RFC 3339).
    var moment: String {
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        let time = (seconds % 86400 + 86400) % 86400
        return "\(day)T\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))Z"
    }

    static func < (left: PageDate, right: PageDate) -> Bool {
        (left.seconds, left.day) < (right.seconds, right.day)
    }
}

extension PageDate {
    private static func number(_ text: Substring, digits: Int, in range: ClosedRange<Int>) -> Int? {
        guard text.utf8.count == digits, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text), range.contains(number)
        else { return nil }
        return number
    }

    private static func time(_ text: Substring) -> Int? {
        let text = text.hasSuffix("Z") ? text.dropLast() : text
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, let hour = number(parts[0], digits: 2, in: 0...23),
            let minute = number(parts[1], digits: 2, in: 0...59),
            let second = parts.count == 3 ? number(parts[2], digits: 2, in: 0...59) : 0
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    private static func length(of month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01 in the Gregorian calendar, counted in years that begin in March.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month > 2 ? year : year - 1
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return 365 * year + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }
}
