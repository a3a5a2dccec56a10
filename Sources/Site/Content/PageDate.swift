/// A day, or a moment, as front matter says it.
struct PageDate: Hashable, Sendable, Comparable {
    /// The day as it is written, `2026-03-01`; with an offset, the day at that place.
    let day: String
    /// Seconds since 1970 in UTC; a day begins at midnight.
    let seconds: Int
    /// How far the clock it was written by is ahead of UTC, in seconds.
    private let offset: Int

    /// Reads a day, `2026-03-01`, or a moment: every form of RFC 3339 §5.6, and those of YAML 1.1 in which other programs write
    /// dates, such as `2026-03-01 10:00:00 +0200`.
    ///
    /// Seconds and the offset may be missing; then it is UTC. Fractions of a second are dropped.
    init?(_ text: String) {
        let start = text.index(text.startIndex, offsetBy: 10, limitedBy: text.endIndex) ?? text.endIndex
        let numbers = text[..<start].split(separator: "-", omittingEmptySubsequences: false)
        guard numbers.count == 3, let year = Self.number(numbers[0], digits: 4, in: 1...9999),
            let month = Self.number(numbers[1], digits: 2, in: 1...12),
            let day = Self.number(numbers[2], digits: 2, in: 1...Self.length(of: month, year)),
            let (time, offset) = start == text.endIndex ? (0, 0) : Self.time(text[start...])
        else { return nil }
        self.day = String(text[..<start])
        self.offset = offset
        seconds = Self.days(year, month, day) * Self.dayLength + time - offset
    }

    /// The moment in full, `2026-03-01T00:00:00Z`, with the offset it was written with (RFC 3339).
    var moment: String {
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        func minutes(_ seconds: Int) -> String { "\(two(seconds / 3600)):\(two(seconds / 60 % 60))" }
        let time = Self.timeOfDay(seconds + offset)
        let zone = offset == 0 ? "Z" : (offset < 0 ? "-" : "+") + minutes(abs(offset))
        return "\(day)T\(minutes(time)):\(two(time % 60))\(zone)"
    }

    static func < (left: PageDate, right: PageDate) -> Bool {
        (left.seconds, left.day) < (right.seconds, right.day)
    }
}

extension PageDate {
    private static let dayLength = 86400

    private static func timeOfDay(_ seconds: Int) -> Int { (seconds % dayLength + dayLength) % dayLength }

    private static func number(_ text: some StringProtocol, digits: Int, in range: ClosedRange<Int>) -> Int? {
        guard text.utf8.count == digits, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text), range.contains(number)
        else { return nil }
        return number
    }

    private static func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }

    /// What stands behind the day: seconds since midnight by the clock of the place, and how far that is ahead of UTC.
    private static func time(_ text: Substring) -> (seconds: Int, offset: Int)? {
        guard let separator = text.first, "Tt \t".contains(separator) else { return nil }
        let text = isBlank(separator) ? text.drop(while: isBlank) : text.dropFirst()
        let clock = text.prefix { ("0"..."9").contains($0) || $0 == ":" || $0 == "." }
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, let hour = number(parts[0], digits: 2, in: 0...23),
            let minute = number(parts[1], digits: 2, in: 0...59),
            let second = parts.count == 3 ? second(parts[2]) : 0,
            let offset = offset(text[clock.endIndex...].drop(while: isBlank))
        else { return nil }
        let time = hour * 3600 + minute * 60 + min(second, 59)
        // A second is put in before midnight in UTC, and nowhere else; it counts as the one before it.
        guard second < 60 || timeOfDay(time - offset) == dayLength - 1 else { return nil }
        return (time, offset)
    }

    private static func second(_ text: Substring) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.count == 1 || !parts[1].isEmpty else { return nil }
        return number(parts[0], digits: 2, in: 0...60)
    }

    /// `Z`, `+02:00`, `-0530`, `+2`, or nothing for UTC; in seconds.
    private static func offset(_ text: Substring) -> Int? {
        if text.isEmpty || text == "Z" || text == "z" { return 0 }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        let (hours, minutes) =
            switch (parts.count, parts[0].count) {
            case (2, 1...2): (parts[0], parts[1])
            case (1, 1...2): (parts[0], "00")
            case (1, 4): (parts[0].prefix(2), parts[0].suffix(2))
            default: (Substring(), Substring())
            }
        guard let hour = number(hours, digits: hours.count, in: 0...23),
            let minute = number(minutes, digits: 2, in: 0...59)
        else { return nil }
        return (sign == "-" ? -1 : 1) * (hour * 3600 + minute * 60)
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
