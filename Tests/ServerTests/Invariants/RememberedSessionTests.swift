import Foundation
import Gate
import Ground
import Synchronization
import Testing

@testable import Server

/// Answers as a test says, and counts how often it was asked.
private final class RehearsedAuthority: SessionAuthority {
    private let state: Mutex<(standing: Standing, asked: Int)>
    private let before: @Sendable () async -> Void

    init(_ standing: Standing, before: @escaping @Sendable () async -> Void = {}) {
        state = Mutex((standing, 0))
        self.before = before
    }

    var asked: Int { state.withLock { $0.asked } }
    func answer(_ standing: Standing) { state.withLock { $0.standing = standing } }

    func standing(of secret: Secret, withTeams: Bool) async -> Standing {
        state.withLock { $0.asked += 1 }
        await before()
        return state.withLock { $0.standing }
    }
}

struct RememberedSessionTests {
    private let clock = TestClock()
    private let member = Standing.member(Member(id: "m"))
    private let secret = Secret("a-session-secret")

    private func cache(
        _ authority: RehearsedAuthority,
        lifetime: Int = 30,
        grace: Int = 0,
        capacity: Int = 100
    )
        -> SessionCache
    {
        SessionCache(
            authority: authority,
            fingerprint: { $0.revealed },
            lifetime: lifetime,
            grace: grace,
            capacity: capacity,
            now: { [clock] in clock.now }
        )
    }

    @Test
    func `an answer is used again within its lifetime, and asked for after it`() async {
        let authority = RehearsedAuthority(member)
        let cache = cache(authority)
        _ = await cache.standing(of: secret, withTeams: false)
        clock.advance(29)
        #expect(await cache.standing(of: secret, withTeams: false) == member)
        #expect(authority.asked == 1)
        clock.advance(1)
        authority.answer(.none)
        #expect(await cache.standing(of: secret, withTeams: false) == Standing.none)
        #expect(authority.asked == 2)
    }

    @Test
    func `the lifetime counts from when the question was sent`() async {
        let authority = RehearsedAuthority(member, before: { [clock] in clock.advance(20) })
        let cache = cache(authority)
        _ = await cache.standing(of: secret, withTeams: false)
        clock.advance(10)
        #expect(cache.cached(secret, withTeams: false) == nil)
    }

    @Test
    func `a sign-out during a question is not undone by its late answer`() async {
        let box = Mutex<SessionCache?>(nil)
        let secret = secret
        let authority = RehearsedAuthority(
            member,
            before: { box.withLock { $0 }?.end(secret, isKnown: true) }
        )
        let cache = cache(authority)
        box.withLock { $0 = cache }
        _ = await cache.standing(of: secret, withTeams: false)
        #expect(cache.cached(secret, withTeams: false) == Standing.none)
    }

    @Test
    func `no answer is not remembered, and grace admits only whom it knew`() async {
        let authority = RehearsedAuthority(member)
        let cache = cache(authority, grace: 600)
        _ = await cache.standing(of: secret, withTeams: false)
        authority.answer(.unanswered(retryAfter: 5))
        clock.advance(598)
        #expect(await cache.standing(of: secret, withTeams: false) == member)
        clock.advance(1)
        #expect(
            await cache.standing(of: Secret("another-secret"), withTeams: false) == .unanswered(retryAfter: 5)
        )
        clock.advance(1)
        #expect(await cache.standing(of: secret, withTeams: false) == .unanswered(retryAfter: 5))
    }

    @Test
    func `where nothing could be learned, one question a second is asked, and no more`() async {
        for answer in [Standing.unanswered(retryAfter: 5), .moreFactors] {
            let authority = RehearsedAuthority(answer)
            let cache = cache(authority)
            for _ in 0..<50 { #expect(await cache.standing(of: secret, withTeams: false) == answer) }
            #expect(authority.asked == 1)
            clock.advance(1)
            authority.answer(member)
            #expect(await cache.standing(of: secret, withTeams: false) == member)
        }
    }

    @Test
    func `a session that was signed out stays out, whatever else is forgotten or comes`() async {
        let authority = RehearsedAuthority(member)
        let cache = cache(authority, capacity: 10)
        cache.end(secret, isKnown: true)
        cache.forget(secret)
        cache.forget(userID: "m")
        for number in 0..<100 { cache.end(Secret("made-up-\(number)"), isKnown: false) }
        for number in 0..<100 { _ = await cache.standing(of: Secret("session-\(number)"), withTeams: false) }
        #expect(await cache.standing(of: secret, withTeams: false) == Standing.none)
        clock.advance(86400)
        #expect(await cache.standing(of: secret, withTeams: false) == member)
    }

    @Test
    func `teams are asked for when a page wants them and they are not known`() async {
        let authority = RehearsedAuthority(member)
        let cache = cache(authority)
        _ = await cache.standing(of: secret, withTeams: false)
        #expect(cache.cached(secret, withTeams: true) == nil)
        authority.answer(.member(Member(id: "m", teams: ["staff"])))
        _ = await cache.standing(of: secret, withTeams: true)
        #expect(cache.cached(secret, withTeams: true) != nil)
    }

    @Test
    func `forgetting a user forgets all sessions of theirs and nobody else's`() async {
        let authority = RehearsedAuthority(member)
        let cache = cache(authority)
        _ = await cache.standing(of: secret, withTeams: false)
        authority.answer(.member(Member(id: "other")))
        let other = Secret("the-other-secret")
        _ = await cache.standing(of: other, withTeams: false)
        cache.forget(userID: "m")
        #expect(cache.cached(secret, withTeams: false) == nil)
        #expect(cache.cached(other, withTeams: false) != nil)
    }

    @Test
    func `a flood of garbage neither grows without end nor drives members out`() async {
        let authority = RehearsedAuthority(member)
        let cache = cache(authority)
        _ = await cache.standing(of: secret, withTeams: false)
        authority.answer(.none)
        for number in 0..<1000 { _ = await cache.standing(of: Secret("garbage-\(number)"), withTeams: false) }
        #expect(cache.count <= 100)
        #expect(cache.cached(secret, withTeams: false) == member)
    }

    @Test
    func `a flood of sign-outs with made-up sessions takes bounded memory`() async {
        let cache = cache(RehearsedAuthority(.none))
        for number in 0..<10_000 { cache.end(Secret("made-up-\(number)"), isKnown: false) }
        #expect(cache.count <= 50)
        for number in 0..<10_000 { cache.end(Secret("real-\(number)"), isKnown: true) }
        #expect(cache.count <= 100)
    }
}
