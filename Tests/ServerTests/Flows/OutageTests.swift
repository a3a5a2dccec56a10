import DevIdentity
import HTTPTypes
import Logging
import Settings
import Testing

@testable import Server

/// Appwrite down, slow or talking nonsense: public pages go out as ever, private ones stay shut.
struct OutageTests {
    static let faults: [IdentityFaults.Fault] = [
        .html, .status(500), .status(503), .status(429), .hangUp, .slow(.seconds(3)),
    ]

    @Test(arguments: faults)
    func `a private page answers 503 and a public one 200 while Appwrite fails`(fault: IdentityFaults.Fault)
        async throws
    {
        try await Stage.run(adapt: { $0.questionTimeout = .milliseconds(300) }) { stage in
            let browser = stage.browser()
            try await browser.signIn()
            stage.identity.faults.set(fault)
            let refused = try await browser.visit("/members/", from: "same-origin")
            #expect(refused.status == 503)
            #expect(Int(refused.fields[.retryAfter] ?? "") ?? 0 > 0)
            for word in TestRelease.privateWords { #expect(!refused.text.contains(word)) }
            // Not the session's fault, so the cookie stays.
            #expect(refused.setCookies.isEmpty)
            #expect(try await browser.visit("/").status == 200)
            stage.identity.faults.clear()
            stage.clock.advance(1)
            #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
        }
    }

    @Test
    func `the log says why private pages are shut, once for many visitors, and names no secret`() async throws
    {
        let lines = LogLines()
        try await Stage.run(logger: lines.logger) { (stage: Stage) async throws in
            let browser = stage.browser()
            try await browser.signIn()
            let secret = try #require(browser.sessionSecret)
            stage.identity.faults.set(.status(500))
            for path in ["/members/", "/members/handbook/", "/account"] {
                _ = try await browser.visit(path, from: "same-origin")
            }
            let told = lines.all.filter { $0.message == "a session could not be checked" }
            #expect(told.map(\.level) == [.warning])
            for line in lines.all { #expect(!"\(line)".contains(secret)) }
        }
    }

    @Test
    func `a guest's page goes out without a session when none comes in time`() async throws {
        try await Stage.run(adapt: { $0.guestBudget = .milliseconds(100) }) { stage in
            let browser = stage.browser()
            _ = try await browser.visit("/")
            stage.identity.faults.set(.slow(.seconds(3)))
            let page = try await browser.visit("/")
            #expect(page.status == 200)
            #expect(page.setCookie("a_session_testproject") == nil)
        }
    }

    @Test
    func `signing out ends it here even when Appwrite does not answer`() async throws {
        try await Stage.run(adapt: { $0.questionTimeout = .milliseconds(300) }) { stage in
            let browser = stage.browser()
            try await browser.signIn()
            let form = try await browser.form("/account")
            let secret = try #require(browser.sessionSecret)
            stage.identity.faults.set(.status(500))
            let answer = try await browser.post("/logout", form)
            #expect(answer.status == 200)
            #expect(answer.setCookie("a_session_testproject")?.contains("Max-Age=0") == true)
            stage.identity.faults.clear()
            // Even a copy of the cookie reads nothing any more.
            let thief = stage.browser()
            thief.cookies["a_session_testproject"] = secret
            #expect(try await thief.visit("/members/", from: "same-origin").status == 303)
        }
    }

    @Test
    func `an empty secret signs nobody in and is an error of the site's`() async throws {
        try await Stage.run { stage in
            stage.identity.faults.set(.emptySecret)
            let browser = stage.browser()
            let answer = try await browser.signIn()
            #expect(answer.status == 503)
            #expect(browser.sessionSecret == nil)
        }
    }

    @Test
    func `with an unknown key nobody is signed in`() async throws {
        try await Stage.run(keyKnown: false) { (stage: Stage) async throws in
            let browser = stage.browser()
            #expect(try await browser.signIn().status == 503)
            #expect(browser.sessionSecret == nil)
        }
    }

    @Test
    func `members seen before stay admitted for the grace time and no longer`() async throws {
        try await Stage.run(
            adapt: { $0.questionTimeout = .milliseconds(300) },
            site: { $0.auth.outage = .grace(seconds: 900) }
        ) { stage in
            let (seen, unseen) = (stage.browser(), stage.browser())
            try await seen.signIn()
            try await unseen.signIn("pro@example.com")
            _ = try await seen.visit("/members/", from: "same-origin")
            stage.identity.faults.set(.status(500))
            stage.clock.advance(600)
            #expect(try await seen.visit("/members/", from: "same-origin").status == 200)
            #expect(try await unseen.visit("/members/", from: "same-origin").status == 503)
            stage.clock.advance(301)
            #expect(try await seen.visit("/members/", from: "same-origin").status == 503)
        }
    }
}
