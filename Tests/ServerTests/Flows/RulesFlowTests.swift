import DevIdentity
import Foundation
import Gate
import HTTPTypes
import Testing

@testable import Server

/// Pages that ask for something of each kind, over sockets and with an identity service behind.
struct RulesFlowTests {
    /// What a page asks for, how an account comes to it and loses it, and how its want is told.
    struct Rule: Sendable, CustomTestStringConvertible {
        let asks: Requirement
        let gain: @Sendable (IdentityStore) -> Void
        let lose: @Sendable (IdentityStore) -> Void
        let told: String

        var testDescription: String { asks.text }
    }

    static let rules = [
        Rule(
            asks: Requirement(labels: ["pro", "gold"]),
            gain: { $0.setLabels(["gold"], user: "unverified") },
            lose: { $0.setLabels(["silver"], user: "unverified") },
            told: "It is for members with the label gold or pro."
        ),
        Rule(
            asks: Requirement(teams: ["board"]),
            gain: { $0.join(team: "board", user: "unverified") },
            lose: { $0.leave(team: "board", user: "unverified") },
            told: "It is for the team board."
        ),
        Rule(
            asks: Requirement(oneOf: [.role("chair", team: "board")]),
            gain: {
                $0.leave(team: "board", user: "unverified")
                $0.join(team: "board", as: ["chair"], user: "unverified")
            },
            lose: {
                $0.leave(team: "board", user: "unverified")
                $0.join(team: "board", as: ["member", "chairs"], user: "unverified")
            },
            told: "It asks for the role chair in the team board."
        ),
        Rule(
            asks: .verified,
            gain: { $0.setVerified(true, user: "unverified") },
            lose: { $0.setVerified(false, user: "unverified") },
            told: "It is for members whose e-mail address or phone number is verified."
        ),
        Rule(
            asks: Requirement(oneOf: [.email(domain: "example.com")]),
            gain: { $0.setVerified(true, user: "unverified") },
            lose: {
                // A number says nothing of an address.
                $0.setVerified(false, user: "unverified")
                $0.setPhone("+15005550006", isVerified: true, user: "unverified")
            },
            told: "It asks for a verified e-mail address at example.com."
        ),
        Rule(
            asks: Requirement(oneOf: [.label("pro"), .role("chair", team: "board")]),
            gain: { $0.join(team: "board", as: ["chair"], user: "unverified") },
            lose: { $0.leave(team: "board", user: "unverified") },
            told: "It asks for the label pro or the role chair in the team board."
        ),
    ]

    static func run(
        _ asks: [Requirement],
        _ test: @escaping @Sendable (Stage) async throws -> Void
    ) async throws {
        try await Stage.run(
            pages: TestRelease.pages + [("/asked/", .private, asks, "<h1>Bladderwrack</h1>")],
            test
        )
    }

    @Test(arguments: rules)
    func `who lacks something is told who they are and what it is, and gets in once they have it`(rule: Rule)
        async throws
    {
        try await Self.run([rule.asks]) { stage in
            let browser = stage.browser()
            try await browser.signIn("unverified@example.com")
            rule.lose(stage.identity.store)
            let page = try await browser.visit("/asked/", from: "same-origin")
            #expect(page.status == 403 && !page.text.contains("Bladderwrack"))
            #expect(page.text.contains("You are signed in as unverified@example.com."))
            #expect(page.text.contains(rule.told))
            let program = try await browser.send(.get, "/asked/", [.accept: "application/json"])
            #expect(program.status == 403)
            #expect(program.text.contains("\"account\":\"unverified@example.com\""))
            #expect(program.text.contains(rule.told))
            rule.gain(stage.identity.store)
            stage.clock.advance(30)
            let open = try await browser.visit("/asked/", from: "same-origin")
            #expect(open.status == 200 && open.text.contains("Bladderwrack"))
        }
    }

    @Test(arguments: rules)
    func `what is lost at Appwrite opens a page for no longer than the cache's time`(rule: Rule) async throws
    {
        try await Self.run([rule.asks]) { stage in
            let browser = stage.browser()
            try await browser.signIn("unverified@example.com")
            rule.gain(stage.identity.store)
            #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
            // Longest where who it is was learned first, and what they have much later.
            stage.clock.advance(20)
            #expect(try await browser.visit("/asked/", from: "same-origin").status == 200)
            rule.lose(stage.identity.store)
            var seconds = 0
            while seconds < 60, try await browser.visit("/asked/", from: "same-origin").status == 200 {
                stage.clock.advance(1)
                seconds += 1
            }
            #expect(seconds <= 30)
            #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
        }
    }

    @Test
    func `a member who lacks two things is told both, in the page's language, and one alone is not enough`()
        async throws
    {
        let asks = [Requirement(labels: ["pro"]), Requirement(oneOf: [.role("chair", team: "board")])]
        try await Self.run(asks) { stage in
            let browser = stage.browser()
            try await browser.signIn()
            let both = try await browser.visit("/asked/", from: "same-origin")
            #expect(both.status == 403)
            #expect(both.text.contains("the label pro.") && both.text.contains("the role chair"))
            stage.identity.store.setLabels(["pro"], user: "member")
            stage.clock.advance(30)
            let one = try await browser.visit("/asked/", from: "same-origin")
            #expect(one.status == 403)
            #expect(!one.text.contains("the label pro") && one.text.contains("the role chair"))
        }
    }

    @Test
    func `teams and roles are asked for where a page needs them, once, and nowhere else`() async throws {
        let asks = [Requirement(oneOf: [.label("pro"), .role("chair", team: "board")])]
        try await Self.run(asks) { stage in
            let (member, pro) = (stage.browser(), stage.browser())
            try await member.signIn()
            try await pro.signIn("pro@example.com")
            stage.identity.ledger.clear()
            func questions() -> Int {
                ["GET /teams", "GET /teams/{teamId}/memberships", "GET /account/sessions/{sessionId}"].map {
                    stage.identity.ledger.count($0)
                }.reduce(0, +)
            }
            for path in ["/members/", "/pro/", "/verified/", "/"] {
                _ = try await member.visit(path, from: "same-origin")
                _ = try await pro.visit(path, from: "same-origin")
            }
            #expect(questions() == 0)
            // Whoever has the label gets in without a further question.
            for _ in 0..<3 { #expect(try await pro.visit("/asked/", from: "same-origin").status == 200) }
            #expect(questions() == 0)
            for _ in 0..<3 { #expect(try await member.visit("/asked/", from: "same-origin").status == 403) }
            #expect(questions() == 1)
        }
    }

    @Test
    func `while nobody can say what roles a member has, the page stays closed and the others stay open`()
        async throws
    {
        try await Self.run([Requirement(oneOf: [.role("chair", team: "board")])]) { stage in
            let browser = stage.browser()
            try await browser.signIn()
            stage.identity.store.join(team: "board", as: ["chair"], user: "member")
            stage.identity.faults.set(.status(500), for: "GET /teams/{teamId}/memberships")
            let closed = try await browser.visit("/asked/", from: "same-origin")
            #expect(closed.status == 503 && !closed.text.contains("Bladderwrack"))
            #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
            stage.identity.faults.clear()
            stage.clock.advance(2)
            #expect(try await browser.visit("/asked/", from: "same-origin").status == 200)
        }
    }
}

extension RulesFlowTests {
    @Test
    func `a page that asks for a second factor leads a member to show it, and back`() async throws {
        try await Self.run([.secondFactor]) { stage in
            let browser = stage.browser()
            try await browser.signIn("careful@example.com", to: "/asked/")
            let asked = try await browser.visit("/asked/", from: "same-origin")
            #expect(asked.location == "/login/factor?to=/asked/")
            var form = try await browser.form("/login/factor?to=/asked/")
            form["code"] = stage.identity.store.authenticatorCode(ofUser: "careful")
            #expect(try await browser.post("/login/factor", form).location == "/asked/")
            let page = try await browser.visit("/asked/", from: "same-origin")
            #expect(page.status == 200 && page.text.contains("Bladderwrack"))
        }
    }

    @Test
    func `a member whose account asks for no second factor shows one by mail, and keeps it for the session`()
        async throws
    {
        try await Self.run([.secondFactor]) { stage in
            let browser = stage.browser()
            try await browser.signIn()
            let asked = try await browser.visit("/asked/", from: "same-origin")
            #expect(asked.status == 303 && asked.location == "/login/factor?to=/asked/")
            let way = try await browser.visit("/login/factor?to=/asked/", from: "same-origin")
            #expect(way.status == 200 && way.text.contains("This page asks for a second factor."))
            let sent = try await browser.post(
                "/login/factor",
                way.hiddenFields.merging(["factor": "email"]) { $1 }
            )
            let message = try #require(stage.identity.store.lastMessage(to: "member@example.com"))
            var form = sent.hiddenFields
            form["code"] = "000000"
            #expect(try await browser.post("/login/factor", form).status == 403)
            #expect(try await browser.visit("/asked/", from: "same-origin").status == 303)
            form["code"] = message.code
            let shown = try await browser.post("/login/factor", form)
            #expect(shown.status == 303 && shown.location == "/asked/")
            let page = try await browser.visit("/asked/", from: "same-origin")
            #expect(page.status == 200 && page.text.contains("Bladderwrack"))
            let again = try await browser.visit("/login/factor?to=/asked/", from: "same-origin")
            #expect(again.location == "/asked/")
            // Another session of theirs has shown nothing.
            let phone = stage.browser()
            try await phone.signIn()
            #expect(try await phone.visit("/asked/", from: "same-origin").status == 303)
        }
    }

    @Test
    func `a member without a second factor is led to set one up, and nowhere in a circle`() async throws {
        try await Self.run([.secondFactor]) { stage in
            let browser = stage.browser()
            try await browser.signIn("unverified@example.com")
            let asked = try await browser.visit("/asked/", from: "same-origin")
            #expect(asked.status == 303 && asked.location == "/login/factor?to=/asked/")
            let way = try await browser.visit("/login/factor?to=/asked/", from: "same-origin")
            #expect(way.status == 200 && way.text.contains("Set up an authenticator app at your account"))
            #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
            let program = try await browser.send(.get, "/asked/", [.accept: "application/json"])
            #expect(program.status == 403 || program.status == 401)
            #expect(program.text.contains("\"code\":\"second_factor_needed\""))
            // Once it is set up, the page opens.
            let other = stage.browser()
            _ = try await other.setUpAuthenticator()
            #expect(try await other.visit("/asked/", from: "same-origin").status == 200)
            let guest = try await stage.browser().visit("/asked/", from: "same-origin")
            #expect(guest.status == 303 && guest.location == "/login?to=/asked/")
        }
    }
}
