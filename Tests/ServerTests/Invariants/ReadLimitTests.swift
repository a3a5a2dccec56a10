import Foundation
import Gate
import HTTPTypes
import Settings
import Testing

@testable import Server

struct ReadLimitTests {
    private let clock = TestClock()

    private func limiter(_ limit: RateLimit, capacity: Int = 1000) -> RateLimiter {
        RateLimiter(limit, capacity: capacity, now: { [clock] in clock.now })
    }

    @Test
    func `exactly so many are free, and one more as time passes`() {
        let limiter = limiter(RateLimit(3, perSeconds: 30))
        #expect((0..<4).map { _ in limiter.take("a").isAllowed } == [true, true, true, false])
        #expect(limiter.take("a").retryAfter == 10)
        #expect(limiter.take("b").isAllowed)
        clock.advance(10)
        #expect(limiter.take("a").isAllowed)
        #expect(!limiter.take("a").isAllowed)
        limiter.reset("a")
        #expect(limiter.take("a").isAllowed)
    }

    @Test
    func `a flood of keys neither locks out nor counts with those that are known`() {
        let limiter = limiter(RateLimit(2, perSeconds: 60), capacity: 10)
        #expect(limiter.take("known").isAllowed)
        for number in 0..<9 { #expect(limiter.take("\(number)").isAllowed) }
        for number in 0..<100_000 { limiter.take("flood-\(number)") }
        #expect(limiter.size.keys == 10)
        #expect(limiter.take("known").isAllowed)
        #expect(!limiter.take("known").isAllowed)
    }

    @Test
    func `newcomers in a flood get an allowance of their own, and no more than that`() {
        let limiter = limiter(RateLimit(2, perSeconds: 60), capacity: 10)
        for number in 0..<10 { limiter.take("\(number)") }
        let admitted = (0..<1000).count { limiter.take("newcomer-\($0)").isAllowed }
        #expect(admitted > 990)
        let again = (0..<3).map { _ in limiter.take("one more").isAllowed }
        #expect(again == [true, true, false])
        clock.advance(30)
        #expect(limiter.take("one more").isAllowed)
    }

    @Test
    func `memory stays bounded, and places come free again as counts run off`() {
        let limiter = limiter(RateLimit(2, perSeconds: 60), capacity: 100)
        for number in 0..<10_000 { limiter.take("first-\(number)") }
        let (keys, cells) = limiter.size
        #expect(keys == 100)
        for number in 0..<10_000 { limiter.take("second-\(number)") }
        #expect(limiter.size == (keys, cells))
        clock.advance(60)
        // Who has a place has an exact count.
        for number in 0..<100 {
            let key = "later-\(number)"
            #expect((0..<3).map { _ in limiter.take(key).isAllowed } == [true, true, false])
        }
    }
}

struct ExpiringTableTests {
    private let start = Date(timeIntervalSince1970: 1_000_000)

    @Test
    func `a value is there for its time, and for that time again when it is renewed`() {
        var table = ExpiringTable<String, Int>(lifetime: 10, capacity: 100)
        table.put(1, for: "a", at: start)
        table.put(2, for: "b", at: start + 5)
        table.put(3, for: "a", at: start + 9)
        #expect(table.value(for: "a", at: start + 18) == 3)
        #expect(table.value(for: "b", at: start + 15) == nil)
        table.dropExpired(at: start + 18)
        #expect(table.count == 1)
        table.dropExpired(at: start + 19)
        #expect(table.count == 0)
    }

    @Test
    func `the oldest makes room, and a renewed one is not the oldest`() {
        var table = ExpiringTable<String, Int>(lifetime: 100, capacity: 3)
        for (number, key) in ["a", "b", "c"].enumerated() { table.put(number, for: key, at: start) }
        table.put(9, for: "a", at: start + 1)
        table.put(3, for: "d", at: start + 2)
        #expect(["a", "b", "c", "d"].map { table.value(for: $0, at: start + 3) } == [9, nil, 2, 3])
    }

    @Test
    func `one key taken out and put in again fills no memory`() {
        var table = ExpiringTable<String, Int>(lifetime: 100, capacity: 10)
        for number in 0..<10_000 {
            table.put(number, for: "a", at: start)
            table.remove("a")
        }
        #expect(table.count == 0)
        #expect(table.queueLength < 1000)
    }

    @Test
    func `as many as may be are held, whatever is done in whatever order`() {
        var table = ExpiringTable<Int, Int>(lifetime: 50, capacity: 20)
        var generator = SystemRandomNumberGenerator()
        for step in 0..<20_000 {
            let key = Int.random(in: 0..<60, using: &generator)
            let now = start + TimeInterval(step) / 2
            if Bool.random(using: &generator) { table.remove(key) }
            table.put(step, for: key, at: now)
            #expect(table.value(for: key, at: now) == step)
            #expect(table.count <= 20 && table.queueLength < 400)
        }
    }
}

struct GrowingDelayTests {
    private let clock = TestClock()

    @Test
    func `after some tries in a row the wait doubles up to its cap, and a success ends it`() {
        let delay = GrowingDelay(free: 3, first: 10, longest: 60, now: { [clock] in clock.now })
        var waits: [Int] = []
        for _ in 0..<7 {
            delay.count("a")
            waits.append(delay.wait("a"))
            clock.advance(TimeInterval(delay.wait("a")))
            #expect(delay.wait("a") == 0)
        }
        #expect(waits == [0, 0, 10, 20, 40, 60, 60])
        #expect(delay.wait("b") == 0)
        delay.count("a")
        delay.reset("a")
        #expect(delay.wait("a") == 0)
        delay.count("a")
        #expect(delay.wait("a") == 0)
    }

    @Test
    func `a row of failures is forgotten when nobody tries for long`() {
        let delay = GrowingDelay(free: 2, first: 10, longest: 60, now: { [clock] in clock.now })
        for _ in 0..<5 { delay.count("a") }
        clock.advance(121)
        delay.count("a")
        #expect(delay.wait("a") == 0)
    }
}

struct ForwardedAddressTests {
    private static let forwarded = HTTPField.Name.forwardedFor

    @Test(arguments: [
        ("9.9.9.9", "1.2.3.4", "9.9.9.9"), ("10.0.0.1", "1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"), ("10.0.0.1", "1.2.3.4, 10.0.0.2", "1.2.3.4"),
        ("10.0.0.1", "garbage", "10.0.0.1"), ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "[2001:db8::1]:443", "2001:db8::1"),
        ("::ffff:10.0.0.1", "1.2.3.4:55", "1.2.3.4"),
    ])
    func `only trusted proxies are believed, from the right`(peer: String, chain: String, address: String)
        throws
    {
        let trusted = [try #require(AddressRange("10.0.0.0/8"))]
        #expect(ClientAddress(peer: peer, fields: [Self.forwarded: chain], trusted: trusted).text == address)
    }

    @Test(arguments: [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("2001:db8::1", "2001:db8:0:0::/64"),
        ("1.2.3.4", "1.2.3.4"),
    ])
    func `an IPv6 household is one count`(text: String, key: String) {
        #expect(ClientAddress(peer: text, fields: [:], trusted: []).limitKey == key)
    }
}
