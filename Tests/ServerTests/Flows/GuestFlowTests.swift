import Appwrite
import DevIdentity
import Foundation
import Gate
import Ground
import HTTPTypes
import Settings
import Synchronization
import Testing

@testable import Server

/// Guests' sessions: one for each browser that keeps cookies, however late it comes.
@Suite(.timeLimit(.minutes(1))) struct GuestFlowTests {
    private static let creation = "POST /account/sessions/anonymous"

    /// A browser whose second read has gone out while its session was still being made.
    private static func waiting(at stage: Stage, for latch: Latch) async throws -> Browser {
        let browser = stage.browser()
        _ = try await browser.visit("/")
        stage.identity.faults.set(.held(latch), for: creation)
        let page = try await browser.visit("/about/")
        #expect(page.status == 200 && browser.sessionSecret == nil)
        // The browser must not answer its next read by itself.
        #expect(page.fields[.cacheControl] == "private, no-store")
        return browser
    }

    @Test func `a session that comes too late for its page is there for the browser's next one`() async throws
    {
        try await Stage.run(adapt: { $0.guestBudget = .milliseconds(50) }) { stage in
            let latch = Latch()
            let browser = try await Self.waiting(at: stage, for: latch)
            _ = try await browser.visit("/")
            latch.open()
            while browser.sessionSecret == nil {
                try Task.checkCancellation()
                _ = try await browser.visit("/")
            }
            #expect(stage.identity.store.anonymousUserCount == 1)
            #expect(stage.identity.ledger.count(Self.creation) == 1)
            await stage.front.reading.guests.sessions.endUnclaimed()
            stage.clock.advance(61)
            await stage.front.reading.guests.sessions.endUnclaimed()
            #expect(stage.identity.store.anonymousUserCount == 1)
        }
    }

    @Test func `with first-read, too, it is there for the next page`() async throws {
        try await Stage.run(
            adapt: { $0.guestBudget = .milliseconds(50) },
            site: { $0.guests.sessions = .firstRead }
        ) { stage in
            let latch = Latch()
            stage.identity.faults.set(.held(latch), for: Self.creation)
            let browser = stage.browser()
            #expect(try await browser.visit("/").status == 200 && browser.sessionSecret == nil)
            latch.open()
            while browser.sessionSecret == nil {
                try Task.checkCancellation()
                _ = try await browser.visit("/")
            }
            #expect(stage.identity.store.anonymousUserCount == 1)
        }
    }

    @Test func `two tabs that come while it is made get the same session`() async throws {
        try await Stage.run { stage in
            let latch = Latch()
            let (one, other) = (stage.browser(), stage.browser())
            _ = try await one.visit("/")
            other.cookies = one.cookies
            stage.identity.faults.set(.held(latch), for: Self.creation)
            async let first = one.visit("/")
            async let second = other.visit("/about/")
            latch.open()
            _ = try await (first, second)
            #expect(one.sessionSecret != nil && one.sessionSecret == other.sessionSecret)
            #expect(stage.identity.store.anonymousUserCount == 1)
        }
    }

    @Test(arguments: [IdentityKey.everyday, ["sessions.write"]])
    func `what nobody comes for within the minute is ended, by the key or by itself`(scopes: Set<String>)
        async throws
    {
        try await Stage.run(scopes: scopes, adapt: { $0.guestBudget = .milliseconds(50) }) { stage in
            let sessions = stage.front.reading.guests.sessions
            let latch = Latch()
            let browser = try await Self.waiting(at: stage, for: latch)
            latch.open()
            await sessions.settled()
            await sessions.endUnclaimed()
            #expect(stage.identity.store.anonymousUserCount == 1)
            stage.clock.advance(61)
            await sessions.endUnclaimed()
            #expect(stage.identity.store.anonymousUserCount == 0)
            while browser.sessionSecret == nil {
                try Task.checkCancellation()
                _ = try await browser.visit("/")
            }
            #expect(stage.identity.store.anonymousUserCount == 1)
        }
    }

    @Test func `what nobody has come for when the server ends is ended with it`() async throws {
        try await Stage.run(adapt: { $0.guestBudget = .milliseconds(50) }) { stage in
            let latch = Latch()
            _ = try await Self.waiting(at: stage, for: latch)
            latch.open()
            await stage.front.reading.guests.sessions.settled()
            #expect(stage.identity.store.anonymousUserCount == 1)
            await stage.beginShutdown()
            await stage.waitForEnd()
            #expect(stage.identity.store.anonymousUserCount == 0)
        }
    }

    @Test(arguments: [(1000, 100), (20, 20)])
    func `a hundred browsers make a user each, as far as their address may`(allowed: Int, users: Int)
        async throws
    {
        try await Stage.run(site: { settings in
            settings.guests.unidentifiedLimit = .init(1_000_000, perSeconds: 1)
            settings.guests.newSessionsPerAddress = .init(allowed, perSeconds: 3600)
        }) { stage in
            let secrets = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<100 {
                    let browser = stage.browser()
                    group.addTask {
                        _ = try await browser.visit("/")
                        // Two tabs at once, and then some more reading.
                        async let tab = browser.visit("/about/")
                        _ = try await browser.visit("/")
                        _ = try await tab
                        for path in ["/about/", "/", "/about/"] { _ = try await browser.visit(path) }
                        return browser.sessionSecret
                    }
                }
                return try await group.reduce(into: Set<String>()) { found, secret in
                    if let secret { found.insert(secret) }
                }
            }
            #expect(secrets.count == users)
            #expect(stage.identity.store.anonymousUserCount == users)
        }
    }

    @Test func `two tabs share a guest's reads, and two guests of one address do not`() async throws {
        try await Stage.run(site: { $0.guests.limit = .init(10, perSeconds: 60) }) { stage in
            let (tab, other, neighbour) = (stage.browser(), stage.browser(), stage.browser())
            for browser in [tab, neighbour] {
                _ = try await browser.visit("/")
                _ = try await browser.visit("/")
                #expect(browser.sessionSecret != nil)
            }
            other.cookies = tab.cookies
            for _ in 0..<5 {
                #expect(try await tab.visit("/").status == 200)
                #expect(try await other.visit("/about/").status == 200)
            }
            #expect(try await tab.visit("/").status == 429)
            #expect(try await other.visit("/").status == 429)
            for _ in 0..<10 { #expect(try await neighbour.visit("/").status == 200) }
            #expect(try await neighbour.visit("/").status == 429)
        }
    }
}

/// Guests' public reads, of which Appwrite is told once a day.
@Suite(.timeLimit(.minutes(1))) struct GuestTouchTests {
    private static let question = "GET /account"

    private static func guest(at stage: Stage) async throws -> Browser {
        let browser = stage.browser()
        _ = try await browser.visit("/")
        _ = try await browser.visit("/")
        #expect(browser.sessionSecret != nil)
        return browser
    }

    @Test func `a guest who reads every day is seen at Appwrite once a day`() async throws {
        try await Stage.run(sharesClock: true) { stage in
            let browser = try await Self.guest(at: stage)
            let id = try #require(stage.identity.store.anonymousUsers.first)
            let touches = stage.front.reading.guests.touches
            var seen = stage.identity.store.accessed(byUser: id)
            for day in 0..<3 {
                if day > 0 { seen = stage.clock.identityClock.now() }
                for _ in 0..<5 {
                    #expect(try await browser.visit("/about/").status == 200)
                    await touches.settled()
                    // Longer than what is known of a session is good for.
                    stage.clock.advance(60)
                }
                #expect(stage.identity.ledger.count(Self.question) == day)
                #expect(stage.identity.store.accessed(byUser: id) == seen)
                stage.clock.advance(86_401)
            }
        }
    }

    @Test func `no page waits for it, and only a few are asked at a time`() async throws {
        try await Stage.run { stage in
            var guests: [Browser] = []
            for _ in 0..<6 { guests.append(try await Self.guest(at: stage)) }
            stage.clock.advance(86_401)
            let latch = Latch()
            stage.identity.faults.set(.held(latch), for: Self.question)
            for guest in guests { #expect(try await guest.visit("/").status == 200) }
            latch.open()
            let touches = stage.front.reading.guests.touches
            await touches.settled()
            #expect(stage.identity.ledger.count(Self.question) == 4)
            // The others have their turn with their next page.
            for guest in guests { _ = try await guest.visit("/about/") }
            await touches.settled()
            #expect(stage.identity.ledger.count(Self.question) == 6)
        }
    }

    @Test func `neither an asset nor a prefetch is a read, and a member's is asked about as ever`()
        async throws
    {
        try await Stage.run { stage in
            let (guest, member) = (try await Self.guest(at: stage), stage.browser())
            try await member.signIn()
            stage.clock.advance(86_401)
            stage.identity.ledger.clear()
            _ = try await guest.send(.get, "/site.css")
            _ = try await guest.visit("/", from: "none", [.init("Sec-Purpose") ?? .accept: "prefetch"])
            _ = try await guest.send(.head, "/", [.accept: "text/html"])
            _ = try await member.visit("/")
            await stage.front.reading.guests.touches.settled()
            #expect(stage.identity.ledger.total == 0)
        }
    }

    @Test func `a guest whose session is gone begins anew`() async throws {
        try await Stage.run { stage in
            let browser = try await Self.guest(at: stage)
            let old = browser.sessionSecret
            stage.identity.store.removeUser(try #require(stage.identity.store.anonymousUsers.first))
            stage.clock.advance(86_401)
            #expect(try await browser.visit("/").setCookies.isEmpty)
            await stage.front.reading.guests.touches.settled()
            let told = try await browser.visit("/")
            #expect(told.setCookie("a_session_testproject")?.contains("Max-Age=0") == true)
            #expect(browser.sessionSecret == nil && stage.identity.store.anonymousUserCount == 0)
            _ = try await browser.visit("/")
            #expect(browser.sessionSecret != nil && browser.sessionSecret != old)
        }
    }
}

/// How many sessions may be underway or wait for their browser.
@Suite(.timeLimit(.minutes(1))) struct GuestSessionsTests {
    private struct Down: Error {}

    private static func session(_ number: Int) -> Session {
        Session(
            id: "s\(number)",
            userID: "u\(number)",
            secret: Secret("secret-\(number)"),
            expire: .distantFuture,
            provider: "anonymous",
            factors: []
        )
    }

    @Test func `no more are begun than may wait, until those that nobody came for are ended`() async {
        let clock = TestClock()
        let made = Mutex(0)
        let ended = Mutex<Set<String>>([])
        let sessions = GuestSessions(
            allowance: RateLimiter(RateLimit(1_000_000, perSeconds: 1), now: { clock.now }),
            budget: .zero,
            now: { clock.now },
            work: GuestSessions.Work(
                create: { _ in
                    Self.session(
                        made.withLock { made in
                            made += 1
                            return made
                        }
                    )
                },
                end: { session in ended.withLock { _ = $0.insert(session.id) } }
            )
        )
        let nobody = Task<Void, Never> {
            // Whoever has hung up claims nothing.
            withUnsafeCurrentTask { $0?.cancel() }
            for number in 0..<300 {
                _ = await sessions.session(for: "\(number)", address: "a", caller: Caller())
            }
        }
        await nobody.value
        await sessions.settled()
        #expect(made.withLock { $0 } == 256)
        await sessions.endUnclaimed()
        #expect(ended.withLock { $0.isEmpty })
        clock.advance(61)
        await sessions.endUnclaimed()
        #expect(ended.withLock { $0.count } == 256)
        _ = await sessions.session(for: "more", address: "a", caller: Caller())
        await sessions.settled()
        #expect(made.withLock { $0 } == 257)
    }

    @Test func `a browser is not tried again for a minute when there was none`() async {
        let clock = TestClock()
        let tries = Mutex(0)
        let sessions = GuestSessions(
            allowance: RateLimiter(RateLimit(100, perSeconds: 60), now: { clock.now }),
            budget: .seconds(30),
            now: { clock.now },
            work: GuestSessions.Work(
                create: { _ in
                    tries.withLock { $0 += 1 }
                    throw Down()
                },
                end: { _ in Issue.record("there is nothing to end") }
            )
        )
        for _ in 0..<3 {
            let outcome = await sessions.session(for: "mark", address: "a", caller: Caller())
            guard case .none = outcome else {
                Issue.record("\(outcome)")
                return
            }
        }
        #expect(tries.withLock { $0 } == 1)
        clock.advance(61)
        _ = await sessions.session(for: "mark", address: "a", caller: Caller())
        #expect(tries.withLock { $0 } == 2)
    }
}
