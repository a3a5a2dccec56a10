import Foundation
import Gate
import Ground
import Synchronization
import Testing

@testable import Server

/// Answers as a test says, and counts how often it was asked.
private final class RehearsedAuthority: SessionAuthority {
    private struct State {
        var standing: Standing
        var learned: [Member.Detail: Learned] = [:]
        var asked = 0
        var details: [Member.Detail] = []
    }

    private let state: Mutex<State>
    private let before: @Sendable () async -> Void

    init(_ standing: Standing, before: @escaping @Sendable () async -> Void = {}) {
        state = Mutex(State(standing: standing))
        self.before = before
    }

    var asked: Int { state.withLock { $0.asked } }
    /// The details that were asked for, in order.
    var details: [Member.Detail] { state.withLock { $0.details } }
    func answer(_ learned: Learned, to detail: Member.Detail) {
        state.withLock { $0.learned[detail] = learned }
    }
    func answer(_ standing: Standing) { state.withLock { $0.standing = standing } }

    func standing(of secret: Secret) async -> Standing {
        state.withLock { $0.asked += 1 }
        await before()
        return state.withLock { $0.standing }
    }

    func learn(_ detail: Member.Detail, of member: Member, secret: Secret) async -> Learned {
        state.withLock { $0.details.append(detail) }
        await before()
        return state.withLock { $0.learned[detail] ?? .names([]) }
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
        _ = await cache.standing(of: secret)
        clock.advance(29)
        #expect(await cache.standing(of: secret) == member)
        #expect(authority.asked == 1)
        clock.advance(1)
        authority.answer(.none)
        #expect(await cache.standing(of: secret) == Standing.none)
        #expect(authority.asked == 2)
    }

    @Test
    func `the lifetime counts from when the question was sent`() async {
        let authority = RehearsedAuthority(member, before: { [clock] in clock.advance(20) })
        let cache = cache(authority)
        _ = await cache.standing(of: secret)
        clock.advance(10)
        #expect(cache.cached(secret) == nil)
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
        _ = await cache.standing(of: secret)
        #expect(cache.cached(secret) == Standing.none)
    }

    @Test
    func `no answer is not remembered, and grace admits only whom it knew`() async {
        let authority = RehearsedAuthority(member)
        let cache = cache(authority, grace: 600)
        _ = await cache.standing(of: secret)
        authority.answer(.unanswered(retryAfter: 5))
        clock.advance(598)
        #expect(await cache.standing(of: secret) == member)
        clock.advance(1)
        #expect(
            await cache.standing(of: Secret("another-secret")) == .unanswered(retryAfter: 5)
        )
        clock.advance(1)
        #expect(await cache.standing(of: secret) == .unanswered(retryAfter: 5))
    }

    @Test
    func `where nothing could be learned, one question a second is asked, and no more`() async {
        for answer in [Standing.unanswered(retryAfter: 5), .moreFactors] {
            let authority = RehearsedAuthority(answer)
            let cache = cache(authority)
            for _ in 0..<50 { #expect(await cache.standing(of: secret) == answer) }
            #expect(authority.asked == 1)
            clock.advance(1)
            authority.answer(member)
            #expect(await cache.standing(of: secret) == member)
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
        for number in 0..<100 { _ = await cache.standing(of: Secret("session-\(number)")) }
        #expect(await cache.standing(of: secret) == Standing.none)
        clock.advance(86400)
        #expect(await cache.standing(of: secret) == member)
    }

    /// What a page for a team needs, for a role in it, and for two factors.
    private static let staff: SessionCache.Need = { $0.has(.team("staff")) == nil ? .teams : nil }
    private static let lead: SessionCache.Need = {
        $0.has(.role("lead", team: "staff")) == nil ? .roles(team: "staff") : nil
    }
    private static let two: SessionCache.Need = { $0.has(.secondFactor) == nil ? .factors : nil }

    @Test
    func `a detail is asked for when a page needs it, and kept beside the others`() async {
        let authority = RehearsedAuthority(member)
        authority.answer(.names(["staff"]), to: .teams)
        authority.answer(.names(["lead"]), to: .roles(team: "staff"))
        let cache = cache(authority)
        _ = await cache.standing(of: secret)
        #expect(authority.details.isEmpty)
        for _ in 0..<3 {
            for (need, fact) in [
                (Self.staff, Fact.team("staff")), (Self.lead, .role("lead", team: "staff")),
            ] {
                guard case .member(let member) = await cache.standing(of: secret, need: need) else {
                    Issue.record("no member")
                    return
                }
                #expect(member.has(fact) == true && cache.cached(secret, need: need) != nil)
            }
        }
        #expect(authority.asked == 1)
        #expect(authority.details == [.teams, .roles(team: "staff")])
        #expect(cache.cached(secret, need: Self.two) == nil)
    }

    @Test
    func `each answer has its own age, and none is used when it is too old`() async {
        let authority = RehearsedAuthority(member)
        let cache = cache(authority)
        _ = await cache.standing(of: secret)
        clock.advance(20)
        _ = await cache.standing(of: secret, need: Self.staff)
        clock.advance(10)
        // The account is asked about again, the teams are still known.
        #expect(cache.cached(secret, need: Self.staff) == nil)
        _ = await cache.standing(of: secret, need: Self.staff)
        #expect(authority.asked == 2 && authority.details == [.teams])
        clock.advance(20)
        #expect(cache.cached(secret) != nil && cache.cached(secret, need: Self.staff) == nil)
        _ = await cache.standing(of: secret, need: Self.staff)
        #expect(authority.asked == 2 && authority.details == [.teams, .teams])
    }

    @Test
    func `what grew too old while a detail was learned is asked again`() async {
        let authority = RehearsedAuthority(member, before: { [clock] in clock.advance(20) })
        let cache = cache(authority)
        _ = await cache.standing(of: secret)
        #expect(authority.asked == 1)
        authority.answer(.none)
        // The account was known when this began, and is 40 seconds old when the teams are there.
        #expect(await cache.standing(of: secret, need: Self.staff) == Standing.none)
        #expect(authority.asked == 2)
    }

    @Test
    func `a detail that cannot be learned keeps the page closed, and is not asked for by every request`()
        async
    {
        let authority = RehearsedAuthority(member)
        let cache = cache(authority)
        authority.answer(.standing(.unanswered(retryAfter: 5)), to: .teams)
        for _ in 0..<50 {
            let standing = await cache.standing(of: secret, need: Self.staff)
            #expect(standing == .unanswered(retryAfter: 5))
        }
        #expect(authority.details == [.teams])
        // Pages that do not ask for it stay open.
        #expect(await cache.standing(of: secret) == member)
        clock.advance(1)
        authority.answer(.names(["staff"]), to: .teams)
        #expect(await cache.standing(of: secret, need: Self.staff) != .unanswered(retryAfter: 5))
    }

    @Test
    func `grace is for details that were known, too, and for no others`() async {
        let authority = RehearsedAuthority(member)
        authority.answer(.names(["staff"]), to: .teams)
        let cache = cache(authority, grace: 600)
        _ = await cache.standing(of: secret, need: Self.staff)
        authority.answer(.unanswered(retryAfter: 5))
        for detail in [Member.Detail.teams, .roles(team: "staff"), .factors] {
            authority.answer(.standing(.unanswered(retryAfter: 5)), to: detail)
        }
        clock.advance(598)
        for (need, isKnown) in [(Self.staff, true), (Self.lead, false), (Self.two, false)] {
            let standing = await cache.standing(of: secret, need: need)
            #expect((standing != .unanswered(retryAfter: 5)) == isKnown)
        }
        clock.advance(2)
        #expect(await cache.standing(of: secret, need: Self.staff) == .unanswered(retryAfter: 5))
    }

    @Test
    func `what a detail's question says of the session counts for the whole session`() async {
        for answer in [Standing.none, .blocked, .passwordReset, .moreFactors] {
            let authority = RehearsedAuthority(member)
            let cache = cache(authority)
            _ = await cache.standing(of: secret)
            authority.answer(.standing(answer), to: .teams)
            #expect(await cache.standing(of: secret, need: Self.staff) == answer)
            #expect(cache.cached(secret) == answer)
        }
    }

    @Test
    func `many requests that need one detail ask for it once`() async {
        let gate = AsyncStream<Void>.makeStream()
        let authority = RehearsedAuthority(member, before: { for await _ in gate.stream { return } })
        let cache = cache(authority)
        let secret = secret
        let staff = Self.staff
        await withTaskGroup(of: Standing.self) { group in
            for _ in 0..<50 { group.addTask { await cache.standing(of: secret, need: staff) } }
            // Both questions get their answer, whichever is asked first.
            gate.continuation.yield()
            gate.continuation.yield()
            for await standing in group { #expect(standing.isMember) }
        }
        gate.continuation.finish()
        #expect(authority.asked == 1 && authority.details == [.teams])
    }

    @Test
    func `another member's details are not taken along`() async {
        let authority = RehearsedAuthority(member)
        authority.answer(.names(["staff"]), to: .teams)
        let cache = cache(authority)
        _ = await cache.standing(of: secret)
        clock.advance(20)
        _ = await cache.standing(of: secret, need: Self.staff)
        clock.advance(10)
        // Nothing is known of sessions that change hands; the teams are fresh still.
        authority.answer(.member(Member(id: "other")))
        authority.answer(.names([]), to: .teams)
        guard case .member(let other) = await cache.standing(of: secret, need: Self.staff) else {
            Issue.record("no member")
            return
        }
        #expect(other.id == "other" && other.has(.team("staff")) == false)
    }

    @Test
    func `forgetting a user forgets all sessions of theirs and nobody else's`() async {
        let authority = RehearsedAuthority(member)
        let cache = cache(authority)
        _ = await cache.standing(of: secret)
        authority.answer(.member(Member(id: "other")))
        let other = Secret("the-other-secret")
        _ = await cache.standing(of: other)
        cache.forget(userID: "m")
        #expect(cache.cached(secret) == nil)
        #expect(cache.cached(other) != nil)
    }

    @Test
    func `a flood of garbage neither grows without end nor drives members out`() async {
        let authority = RehearsedAuthority(member)
        let cache = cache(authority)
        _ = await cache.standing(of: secret)
        authority.answer(.none)
        for number in 0..<1000 { _ = await cache.standing(of: Secret("garbage-\(number)")) }
        #expect(cache.count <= 100)
        #expect(cache.cached(secret) == member)
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
