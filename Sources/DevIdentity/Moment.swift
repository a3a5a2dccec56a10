/// A point in time in whole milliseconds since 1970 (UTC), as Appwrite stores it.
package struct Moment: Hashable, Comparable, Sendable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Whole seconds since 1970.
    package var seconds: Int64 { (milliseconds - milliseconds % 1000) / 1000 }

    package func advanced(bySeconds seconds: Int) -> Moment {
        Moment(milliseconds: milliseconds + Int64(seconds) * 1000)
    }

    package static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }
}

extension Moment {
    /// `2026-07-22T10:00:00.000+00:00`, the form of nearly every time in an answer.
    package var text: String { "\(datePart)T\(timePart).\(padded(milliseconds % 1000, 3))+00:00" }

    /// `2026-07-22 10:00:00.000`, which PATCH session answers in 1.9.6.
    package var storedText: String { "\(datePart) \(timePart).\(padded(milliseconds % 1000, 3))" }

    /// `Wed, 22-Jul-2026 10:00:00 GMT`, the form in Appwrite's cookies.
    package var cookieText: String {
        let (year, month, day) = civil
        return "\(Self.weekdays[Int((days + 4) % 7)]), \(padded(day, 2))-\(Self.months[Int(month) - 1])-"
            + "\(padded(year, 4)) \(timePart) GMT"
    }
}

extension Moment {
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private var days: Int64 { seconds / 86_400 }

    private var datePart: String {
        let (year, month, day) = civil
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    private var timePart: String {
        let second = seconds % 86_400
        return "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
    }

    /// The Gregorian date, counted in years that begin in March so that a leap day comes last.
    private var civil: (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }

    private func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
