import Testing

@testable import Site

struct PageDateTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("2000-02-29", 951_782_400), ("2025-11-24", 1_763_942_400),
        ("2025-11-24T10:15", 1_763_979_300), ("2025-11-24 10:15:30Z", 1_763_979_330),
    ])
    func `a date is so many seconds in UTC`(text: String, seconds: Int) {
        #expect(PageDate(text)?.seconds == seconds)
        #expect(PageDate(text)?.day == String(text.prefix(10)))
    }

    @Test(arguments: [
        "", "2025", "2025-1-1", "2025-02-29", "1900-02-29", "2025-13-01", "2025-00-10", "2025-04-31",
        "2025-01-01T",
        "2025-01-01T24:00", "2025-01-01T10", "2025-01-01T10:00+02:00", "٢٠٢٥-٠١-٠١", "-025-01-01", "tomorrow",
    ])
    func `what is no date is refused`(text: String) {
        #expect(PageDate(text) == nil)
    }
}
