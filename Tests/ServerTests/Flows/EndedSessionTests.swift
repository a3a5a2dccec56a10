import DevIdentity
import Foundation
import Ground
import HTTPTypes
import Logging
import Testing

@testable import Server

/// What somebody is told who was signed in and is no more.
struct EndedSessionTests {
    enum End: CaseIterable {
        case revoked, expired, deleted
    }

    private static func end(_ end: End, _ stage: Stage) {
        switch end {
        case .revoked: stage.identity.store.revokeSessions(ofUser: "member")
        case .deleted: stage.identity.store.removeUser("member")
        // The session is there still at an Appwrite whose clock is late: then it reads on.
        case .expired: stage.identity.store.revokeSessions(ofUser: "member")
        }
        stage.clock.advance(end == .expired ? 365 * 86400 + 60 : 31)
    }

    private static let told: [End: (code: String, query: String, text: String)] = [
        .revoked: ("session_ended", "elsewhere", "Your session was ended on another device"),
        .expired: ("session_expired", "expired", "Your session has expired."),
        .deleted: ("account_deleted", "deleted", "The account that you were signed in with was deleted."),
    ]

    @Test(arguments: End.allCases)
    func `each end of a session has its own answer, at a page, at the account, and for programs`(end: End)
        async throws
    {
        try await Stage.run { stage in
            let told = try #require(Self.told[end])
            let (browser, program) = (stage.browser(), stage.browser())
            try await browser.signIn()
            try await program.signIn()
            Self.end(end, stage)
            let account = try await browser.visit("/account", from: "same-origin")
            #expect(account.location == "/login?to=/account&ended=\(told.query)")
            let page = try await browser.visit("/members/", from: "same-origin")
            #expect(page.status == 303 && page.location == "/login?to=/members/&ended=\(told.query)")
            let signIn = try await browser.visit(page.location, from: "same-origin")
            #expect(signIn.status == 200 && signIn.text.contains(told.text))
            // A page takes the cookies back, and the account does not.
            for path in ["/user", "/members/"] {
                let answer = try await program.send(.get, path, [.accept: "application/json"])
                #expect(answer.status == 401 && answer.text.contains("\"code\":\"\(told.code)\""))
            }
            // The cookies were taken back, so it is said once.
            let later = try await browser.visit("/members/", from: "same-origin")
            #expect(later.location == "/login?to=/members/")
        }
    }

    @Test
    func `who never was signed in here is not told of an end`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            browser.cookies["a_session_testproject"] = "made-up"
            #expect(
                try await browser.visit("/members/", from: "same-origin").location == "/login?to=/members/"
            )
            let linked = try await browser.visit("/login?ended=made-up", from: "same-origin")
            #expect(linked.status == 200 && !linked.text.contains("made-up"))
        }
    }

    @Test
    func `while Appwrite cannot say whether the account is there, the session is what ended`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            stage.identity.store.removeUser("member")
            stage.identity.faults.set(.status(503), for: "GET /users/{userId}")
            stage.clock.advance(31)
            let page = try await browser.visit("/members/", from: "same-origin")
            #expect(page.location == "/login?to=/members/&ended=elsewhere")
        }
    }

    @Test
    func `a session's cookie that does not come back ends the circle, and the log names the header`()
        async throws
    {
        let lines = LogLines()
        try await Stage.run(logger: lines.logger) { stage in
            let browser = stage.browser()
            try await browser.signIn()
            browser.cookies["a_session_testproject"] = nil
            let page = try await browser.visit("/members/", from: "same-origin")
            #expect(page.status == 401 && page.text.contains("did not bring the session&#39;s cookie along"))
            #expect(page.text.contains("href=\"/login?to=/members/\""))
            let line = try #require(lines.all.first { $0.level == .warning })
            #expect(line.metadata.contains("Cookie") && line.metadata.contains("a_session_testproject"))
            // From another site a browser leaves it out as it should: one navigation of our own brings it.
            let linked = try await browser.visit("/members/", from: "cross-site")
            #expect(linked.status == 200 && linked.text.contains(PageResponder.hopped))
            stage.clock.advance(61)
            #expect(
                try await browser.visit("/members/", from: "same-origin").location == "/login?to=/members/"
            )
        }
    }

    @Test
    func `signing in again ends the session that the browser had before`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            let old = try #require(browser.sessionSecret)
            let copy = stage.browser()
            copy.cookies = browser.cookies
            try await browser.signIn("pro@example.com")
            #expect(stage.identity.store.sessionIDs(ofUser: "member").isEmpty)
            #expect(browser.sessionSecret != old)
            #expect(try await browser.visit("/pro/", from: "same-origin").status == 200)
            #expect(try await copy.visit("/members/", from: "same-origin").status == 303)
        }
    }

    @Test
    func `members behind one address are limited each for themselves at their account`() async throws {
        try await Stage.run { stage in
            let (one, other) = (stage.browser(), stage.browser())
            try await one.signIn()
            try await other.signIn("pro@example.com")
            var limited = false
            for _ in 0..<70 where !limited {
                limited = try await one.send(.get, "/user", [.accept: "application/json"]).status == 429
            }
            #expect(limited)
            #expect(try await other.send(.get, "/user", [.accept: "application/json"]).status == 200)
        }
    }
}
