import Gate
import Testing

struct RateLimitTests {
    static let read: [(text: String, count: Int, seconds: Int)] = [
        ("120/1m", 120, 60), ("1/s", 1, 1), ("20/1h", 20, 3600), ("3/d", 3, 86400),
        ("5/366d", 5, 366 * 86400),
        ("1000000000/90s", 1_000_000_000, 90), ("7/100000h", 7, 360_000_000),
    ]

    @Test(arguments: read)
    func `a limit is a count and a period`(text: String, count: Int, seconds: Int) throws {
        let limit = try #require(RateLimit(text))
        #expect(limit == RateLimit(count, perSeconds: seconds))
        #expect(limit.count == count)
        #expect(limit.seconds == seconds)
    }

    @Test(arguments: [
        "", "/", "120", "120/", "/1m", "0/1m", "-1/1m", "+1/1m", "1/+1m", "1/-1m", "1/0m", "1/1", "1/m1",
        "1/1w", "1/1M", "1/1m/1m",
        "1 /1m", "1/ 1m", "1.5/1m", "1/1.5m", "1000000001/1m", "1/367d", "1/100001s",
        "1/99999999999999999999s", "99999999999999999999/1s",
        "1e3/1m", "٣/1m",
    ])
    func `what is no limit is refused`(text: String) {
        #expect(RateLimit(text) == nil)
    }

    @Test
    func `no limit is below one in one second`() {
        #expect(RateLimit(0, perSeconds: -3) == RateLimit(1, perSeconds: 1))
    }
}
