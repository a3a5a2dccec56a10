import DevIdentity
import Foundation
import HTTPTypes
import Settings
import Testing

@testable import Server

/// Sessions over their life: cached, revoked, signed out, of the wrong kind.
struct SessionFlowTests {
    @Test
    func `a session revoked at Appwrite reads for no longer than the cache's time`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            _ = try await browser.visit("/members/", from: "same-origin")
            stage.identity.store.revokeSessions(ofUser: "member")
            stage.clock.advance(29)
            #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
            stage.clock.advance(1)
            let refused = try await browser.visit("/members/", from: "same-origin")
            #expect(refused.status == 303)
            #expect(refused.setCookie("a_session_testproject")?.contains("Max-Age=0") == true)
        }
    }

    @Test
    func `many simultaneous first reads cost one question`() async throws {
        try await Stage.run(site: { $0.auth.cache = 30 }) { stage in
            let browser = stage.browser()
            try await browser.signIn()
            stage.identity.ledger.clear()
            stage.identity.faults.set(.slow(.milliseconds(200)), for: "GET /account")
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 { group.addTask { try await browser.send(.get, "/members/").status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 200, count: 20))
            #expect(stage.identity.ledger.count("GET /account") == 1)
        }
    }

    @Test
    func `a form that asks for JSON is answered with JSON`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let browser = stage.browser()
            let fields = try await browser.form("/login")
            let json: HTTPFields = [.accept: "application/json"]
            let values = ["email": "member@example.com", "password": "open-the-gate"]
            let answer = try await browser.post("/login", fields.merging(values) { $1 }, json)
            #expect(answer.status == 200)
            #expect(answer.text == #"{"success":true}"#)
            #expect(browser.sessionSecret != nil)
        }
    }

    @Test
    func `without passwords nobody is offered to sign up`() async throws {
        try await Stage.run(site: { $0.auth.emailPassword = false }) { (stage: Stage) async throws in
            let page = try await stage.browser().visit("/login")
            #expect(page.status == 200 && !page.text.contains("/signup?to"))
        }
    }

    @Test
    func `the account page lists my sessions and ends one of them`() async throws {
        try await Stage.run { stage in
            let (laptop, phone) = (stage.browser(), stage.browser("Mozilla/5.0 (iPhone) Safari/600"))
            try await laptop.signIn()
            try await phone.signIn()
            #expect(try await phone.visit("/members/", from: "same-origin").status == 200)
            let page = try await laptop.visit("/account", from: "same-origin")
            #expect(page.status == 200)
            #expect(page.text.contains("member@example.com"))
            let actions = page.text.matches(of: #/action="(\/account\/sessions\/[^"]+\/revoke)"/#).map {
                String($0.output.1)
            }
            #expect(actions.count == 2 || actions.count == 1)
            let sessions = stage.identity.store.sessionIDs(ofUser: "member")
            #expect(sessions.count == 2)
            let own = try #require(page.hiddenFields[FormToken.fieldName])
            let answers = try await Self.revokeOther(of: laptop, among: sessions, token: own)
            #expect(answers == 303)
            #expect(stage.identity.store.sessionIDs(ofUser: "member").count == 1)
            #expect(try await phone.visit("/members/", from: "same-origin").status == 303)
            #expect(try await laptop.visit("/members/", from: "same-origin").status == 200)
        }
    }

    /// The session whose id is not in this browser's own visit cookie.
    private static func revokeOther(of browser: Browser, among sessions: [String], token: String) async throws
        -> Int
    {
        let visit = browser.cookies[VisitCookie.name] ?? ""
        let other = try #require(sessions.first { !visit.contains($0) })
        return try await browser.post("/account/sessions/\(other)/revoke", [FormToken.fieldName: token])
            .status
    }

    @Test
    func `nobody ends a session that is not theirs`() async throws {
        try await Stage.run { stage in
            let (member, pro) = (stage.browser(), stage.browser())
            try await member.signIn()
            try await pro.signIn("pro@example.com")
            let foreign = try #require(stage.identity.store.sessionIDs(ofUser: "pro").first)
            let form = try await member.form("/account")
            #expect(try await member.post("/account/sessions/\(foreign)/revoke", form).status == 404)
            #expect(stage.identity.store.sessionIDs(ofUser: "pro").count == 1)
        }
    }

    @Test
    func `a key that may end no sessions leaves that to the session itself`() async throws {
        try await Stage.run { stage in
            stage.identity.faults.set(.scopeMissing, for: "DELETE /users/{userId}/sessions/{sessionId}")
            let (laptop, phone) = (stage.browser(), stage.browser())
            try await laptop.signIn()
            try await phone.signIn()
            let page = try await laptop.visit("/account", from: "same-origin")
            let token = try #require(page.hiddenFields[FormToken.fieldName])
            let sessions = stage.identity.store.sessionIDs(ofUser: "member")
            #expect(try await Self.revokeOther(of: laptop, among: sessions, token: token) == 303)
            #expect(stage.identity.store.sessionIDs(ofUser: "member").count == 1)
            #expect(try await laptop.post("/logout", [FormToken.fieldName: token]).status == 200)
            #expect(stage.identity.store.sessionIDs(ofUser: "member").isEmpty)
        }
    }

    @Test
    func `signing out tells Appwrite with the key and clears everything`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            let answer = try await browser.post("/logout", try await browser.form("/account"))
            #expect(answer.status == 200)
            #expect(answer.fields[.init("Clear-Site-Data") ?? .accept] == "\"cache\"")
            #expect(stage.identity.store.sessionIDs(ofUser: "member").isEmpty)
            #expect(stage.identity.ledger.count("DELETE /users/{userId}/sessions/{sessionId}") == 1)
            #expect(browser.sessionSecret == nil)
        }
    }

    @Test(arguments: [
        ("member@example.com", "/pro/", 403), ("pro@example.com", "/pro/", 200),
        ("member@example.com", "/staff/", 403), ("staff@example.com", "/staff/", 200),
        ("unverified@example.com", "/verified/", 403), ("member@example.com", "/verified/", 200),
        ("unverified@example.com", "/members/", 200),
    ])
    func `each rule admits whom it names`(email: String, path: String, status: Int) async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            try await browser.signIn(email)
            let page = try await browser.visit(path, from: "same-origin")
            #expect(page.status == status)
            guard status == 403 else { return }
            #expect(page.text.contains("It is for"))
            #expect(!page.text.contains(#"href="/signup""#))
        }
    }

    @Test
    func `a member who was blocked meanwhile is told so, and keeps the cookie`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            stage.identity.store.setBlocked(true, user: "member")
            let page = try await browser.visit("/members/", from: "same-origin")
            #expect(page.status == 403)
            #expect(page.text.contains("blocked"))
            #expect(page.setCookies.isEmpty)
        }
    }

    @Test
    func `a link of another site reaches a member's page by one hop`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            let cookies = browser.cookies
            // The browser keeps the Strict cookie back.
            browser.cookies = [:]
            let hop = try await browser.visit("/members/", from: "cross-site")
            #expect(hop.status == 200)
            #expect(hop.text.contains("0;url=/members/?arrived"))
            for word in TestRelease.privateWords { #expect(!hop.text.contains(word)) }
            browser.cookies = cookies
            let arrived = try await browser.visit("/members/?arrived", from: "same-origin")
            #expect(arrived.status == 303)
            #expect(arrived.location == "/members/")
            // Without a session the hop ends at the sign-in page, whatever the browser says it comes from.
            browser.cookies = [:]
            #expect(
                try await browser.visit("/members/?arrived", from: "cross-site").location
                    == "/login?to=/members/"
            )
        }
    }

    @Test
    func `a second cookie of the same name does not lock a member out`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            let good = try #require(browser.sessionSecret)
            for cookie in [
                "a_session_testproject=Z2FyYmFnZQ==; a_session_testproject=\(good)",
                "a_session_testproject_legacy=\(good)",
                "a_session_other=\(good); a_session_testproject=\(good)",
            ] {
                #expect(try await browser.send(.get, "/members/", [.cookie: cookie]).status == 200)
            }
            #expect(
                try await browser.send(.get, "/members/", [.cookie: "a_session_other=\(good)"]).status == 401
            )
        }
    }

    @Test
    func `signing in replaces the guest and removes its anonymous user`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            _ = try await browser.visit("/")
            _ = try await browser.visit("/")
            #expect(stage.identity.store.anonymousUserCount == 1)
            try await browser.signIn()
            #expect(stage.identity.store.anonymousUserCount == 0)
            #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
        }
    }

    @Test
    func `a member who comes to the account page from another site is not asked to sign in again`()
        async throws
    {
        try await Stage.run { stage in
            let member = stage.browser()
            try await member.signIn()
            // The browser keeps Strict cookies at home: our own Lax ones come along.
            let without = member.cookies.filter { $0.key != "a_session_testproject" }
            let sent = without.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
            let hop = try await member.visit("/account", from: "cross-site", [.cookie: sent])
            #expect(hop.status == 200)
            #expect(hop.text.contains("/account?arrived"))
            #expect(
                try await member.visit("/account?arrived", from: "same-origin").text.contains(
                    "member@example.com"
                )
            )
            // Once: whoever has no session is led to the sign-in page then.
            let again = try await stage.browser().visit("/account?arrived", from: "cross-site")
            #expect(again.status == 303 && again.location.hasPrefix("/login"))
        }
    }
}
