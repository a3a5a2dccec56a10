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
    func `a flood of keys shares one count, and the known keep theirs`() {
        let limiter = limiter(RateLimit(2, perSeconds: 60), capacity: 10)
        #expect(limiter.take("known").isAllowed)
        for number in 0..<9 { #expect(limiter.take("\(number)").isAllowed) }
        let flood = (0..<100).count { limiter.take("flood-\($0)").isAllowed }
        #expect(flood == 2)
        #expect(limiter.take("known").isAllowed)
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
