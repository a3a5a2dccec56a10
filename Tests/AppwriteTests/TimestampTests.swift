import Foundation
import Testing

@testable import Appwrite

struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00.000+00:00", 0), ("2026-07-22T10:00:00.000+00:00", 1_784_714_400),
        ("2026-07-22 10:00:00.000", 1_784_714_400), ("2026-07-22T10:00:00Z", 1_784_714_400),
        ("2026-07-22T12:30:00.000+02:30", 1_784_714_400), ("2026-07-22T08:00:00-02:00", 1_784_714_400),
        ("2026-07-22T10:00:00.250+00:00", 1_784_714_400.25), ("2000-02-29 23:59:59", 951_868_799),
        ("2100-03-01T00:00:00.000+00:00", 4_107_542_400), ("9999-12-31 23:59:59", 253_402_300_799),
        ("1969-12-31T23:59:59.000+00:00", -1),
    ])
    func `both of Appwrite's spellings are read as UTC`(text: String, seconds: Double) {
        #expect(Timestamp(text)?.date == Date(timeIntervalSince1970: seconds))
    }

    @Test(arguments: [
        "", "2026-07-22", "2026-07-22T10:00", "2026-13-22T10:00:00Z", "2026-00-22T10:00:00Z",
        "2026-07-32T10:00:00Z",
        "2026-07-22T24:00:00Z", "2026-07-22T10:60:00Z", "2026-07-22T10:00:00+0000", "2026-07-22T10:00:00Zx",
        "22.07.2026 10:00:00", "1784714400", "+026-07-22T10:00:00Z",
    ])
    func `anything else is no point in time`(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func `days are counted as Foundation counts them since the Gregorian reform`() throws {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for day in stride(from: -100_000, through: 200_000, by: 977) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 12_345)
            #expect(Timestamp(style.format(date))?.date == date)
        }
    }
}
