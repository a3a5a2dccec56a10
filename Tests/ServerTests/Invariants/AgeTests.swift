import Testing

@testable import Server

struct AgeTests {
    private static let ages: [(Double, String, Int?)] = [
        (-5, "just_now", nil), (0, "just_now", nil), (59, "just_now", nil), (60, "minutes_ago", 1),
        (3599, "minutes_ago", 59), (3600, "hours_ago", 1), (86399, "hours_ago", 23), (86400, "days_ago", 1),
        (30 * 86400, "days_ago", 30), (31 * 86400, "months_ago", 1), (365 * 86400, "months_ago", 11),
        (366 * 86400, "years_ago", 1), (.infinity, "just_now", nil), (.nan, "just_now", nil),
    ]

    @Test(arguments: ages)
    func `an age is told in its largest whole unit`(seconds: Double, word: String, count: Int?) {
        #expect(Age(seconds: seconds).word == word)
        #expect(Age(seconds: seconds).count == count)
    }

    @Test(arguments: [
        ("+4930123456", true), ("+1234567", true), ("+123456", false), ("+123456789012345", true),
        ("+1234567890123456", false), ("+0301234567", false), ("0301234567", false), ("+49301a3456", false),
        ("", false), ("+", false), ("+٤٩٣٠١٢٣٤٥٦", false),
    ])
    func `a phone number is + and seven to fifteen digits`(text: String, isOne: Bool) {
        #expect(PhoneNumber.isPossible(text) == isOne)
    }
}
