import FoundationEssentials
import Theme

extension Words {
    /// How long ago a moment was, as one says it: "3 days ago".
    func age(since moment: Date, now: Date) -> String {
        let age = Age(seconds: now.timeIntervalSince(moment))
        guard let count = age.count else { return text("just_now") ?? "just now" }
        return text(age.word, count: count) ?? moment.ISO8601Format()
    }

    /// A day in UTC.
    func day(_ moment: Date) -> String { date(String(moment.ISO8601Format().prefix(10))) }

    /// A day and a time in UTC.
    func moment(_ moment: Date) -> String {
        let parts = moment.ISO8601Format().split(separator: "T")
        guard parts.count == 2 else { return "" }
        return "\(date(String(parts[0]))), \(parts[1].prefix(5)) UTC"
    }
}

/// A time that has passed, in the largest unit of which there is a whole one.
struct Age: Equatable {
    /// The theme's word for it.
    let word: String
    /// nil for less than a minute.
    let count: Int?

    /// What lies ahead, by clocks that do not agree, is now.
    init(seconds: TimeInterval) {
        let units: [(String, TimeInterval)] = [
            ("years_ago", 365.25 * 86400), ("months_ago", 30.44 * 86400), ("days_ago", 86400),
            ("hours_ago", 3600),
            ("minutes_ago", 60),
        ]
        guard seconds.isFinite, let unit = units.first(where: { seconds >= $0.1 }) else {
            (word, count) = ("just_now", nil)
            return
        }
        (word, count) = (unit.0, Int(seconds / unit.1))
    }
}
