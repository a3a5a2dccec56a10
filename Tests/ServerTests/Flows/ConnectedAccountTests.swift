import DevIdentity
import Foundation
import HTTPTypes
import Testing

@testable import Server

/// Members who came by way of a provider: what is connected, what they have no password for, and what they take along.
struct ConnectedAccountTests {
    @Test
    func `the last way in stays until there is a password`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let browser = stage.browser()
            try await browser.arriveByOAuth(stage)
            let page = try await browser.visit("/account", from: "same-origin")
            #expect(page.text.contains("GitHub") && page.text.contains("newcomer@example.com"))
            #expect(page.text.contains("your only way in") && page.disconnectAction == nil)
            // A form of one's own making does not get further.
            let id = try await browser.identityID()
            let refused = try await browser.change("identities/\(id)/disconnect", [:])
            #expect(refused.status == 409 && refused.text.contains("could not sign in any more"))
            // It is no form's mistake, so no form says it.
            #expect(refused.text.matches(of: #/role="alert"/#).count == 1)
            let chosen = try await browser.change("password", ["password": "my-first-gate"])
            #expect(chosen.location == "/account?done=password")
            let offered = try await browser.visit("/account", from: "same-origin")
            let action = try #require(offered.disconnectAction)
            let done = try await browser.post(action, offered.hiddenFields)
            #expect(done.location == "/account?done=disconnect")
            let after = try await browser.visit(done.location, from: "same-origin")
            #expect(after.status == 200 && !after.text.contains("Connected accounts"))
            let later = stage.browser()
            #expect(try await later.signIn("newcomer@example.com", password: "my-first-gate").status == 303)
        }
    }

    @Test
    func `nobody disconnects an account that is not theirs`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let (owner, other) = (stage.browser(), stage.browser())
            try await owner.arriveByOAuth(stage)
            try await other.signIn()
            let id = try await owner.identityID()
            #expect(try await other.change("identities/\(id)/disconnect", [:]).status == 404)
            #expect(try await owner.identityID() == id)
            #expect(stage.identity.ledger.count("DELETE /account/identities/{identityId}") == 0)
        }
    }

    @Test(arguments: [
        ("email", ["email": "a@b.example", "current_password": "made-up-here"]),
        ("phone", ["phone": "+49301234567", "current_password": "made-up-here"]),
    ])
    func `a password that is typed by the way does not become the account's`(
        form: String,
        values: [String: String]
    ) async throws {
        try await Stage.run { (stage: Stage) async throws in
            let browser = stage.browser()
            try await browser.arriveByOAuth(stage)
            let page = try await browser.visit("/account", from: "same-origin")
            #expect(page.text.contains("Choose a password first"))
            let refused = try await browser.change(form, values)
            #expect(refused.status == 409 && refused.text.contains("has no password yet"))
            let later = stage.browser()
            #expect(try await later.signIn("newcomer@example.com", password: "made-up-here").status == 401)
        }
    }

    @Test
    func `who signed in by e-mail or a provider is not offered the e-mail address as a second factor`()
        async throws
    {
        try await Stage.run { (stage: Stage) async throws in
            let browser = stage.browser()
            try await browser.arriveByOAuth(stage)
            let page = try await browser.change("authenticator", [:])
            let app = try #require(AuthenticatorApp(secret: page.shownSecret ?? ""))
            let values = page.hiddenFields.merging(["code": app.code()]) { $1 }
            #expect(try await browser.post("/account/authenticator/confirm", values).status == 200)
            // A first password is a new way in: it asks for a second factor that is fresh.
            let chosen = try await browser.change("password", ["password": "my-first-gate"])
            #expect(chosen.location == "/login/factor?to=/account&again")
            let later = stage.browser()
            let callback = try await roundTrip(
                later,
                stage,
                decision: "allow",
                email: "newcomer@example.com"
            )
            #expect(try await later.visit(callback, from: "cross-site").status == 200)
            let asked = try await later.visit("/members/", from: "same-origin")
            #expect(asked.location == "/login/factor?to=/members/")
            let offered = try await later.visit(asked.location, from: "same-origin")
            #expect(offered.text.contains("Use a recovery code"))
            #expect(!offered.text.contains("Send a code to my e-mail address"))
            var form = offered.hiddenFields
            form["factor"] = "email"
            #expect(try await later.post("/login/factor", form).status == 409)
            form["factor"] = "totp"
            form["code"] = app.code()
            #expect(try await later.post("/login/factor", form).location == "/members/")
            #expect(try await later.visit("/members/", from: "same-origin").status == 200)
        }
    }

    @Test
    func `a factor that was counted before is told not to be enough`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let browser = stage.browser()
            try await browser.arriveByOAuth(stage)
            let user = try await browser.ownID()
            stage.identity.store.setMFA(true, user: user)
            let later = stage.browser()
            let callback = try await roundTrip(
                later,
                stage,
                decision: "allow",
                email: "newcomer@example.com"
            )
            _ = try await later.visit(callback, from: "cross-site")
            // Without our own cookie nobody knows what the session began with.
            later.cookies[VisitCookie.name] = nil
            var form = try await later.form("/login/factor")
            form["factor"] = "email"
            let sent = try await later.post("/login/factor", form)
            #expect(sent.status == 200 && sent.text.contains("A code is on its way"))
            form = sent.hiddenFields
            form["factor"] = "email"
            let code: String = try #require(
                stage.identity.store.lastMessage(to: "newcomer@example.com")?.code
            )
            form["code"] = code
            let told = try await later.post("/login/factor", form)
            #expect(told.status == 409 && told.text.contains("The code was right"))
            #expect(told.text.contains("no second factor that you have not shown"))
            #expect(try await later.visit("/members/", from: "same-origin").status == 303)
        }
    }

    @Test
    func `a code that was mailed opens the account, and only the one of its question`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            stage.identity.store.setMFA(true, user: "member")
            let browser = stage.browser()
            try await browser.signIn()
            var form = try await browser.form("/login/factor?to=/members/")
            form["factor"] = "email"
            let sent = try await browser.post("/login/factor", form)
            let code = try #require(stage.identity.store.lastMessage(to: "member@example.com")?.code)
            // Without its question a code is none: another is sent.
            form["code"] = code
            let again = try await browser.post("/login/factor", form)
            #expect(again.status == 200 && again.text.contains("A code is on its way"))
            form = sent.hiddenFields
            form["code"] = code
            #expect(try await browser.post("/login/factor", form).location == "/members/")
            #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
        }
    }

    @Test
    func `a member takes along everything that is known of them, and no secret`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let browser = stage.browser()
            try await browser.arriveByOAuth(stage)
            let answer = try await browser.visit("/account/data", from: "same-origin")
            #expect(answer.status == 200)
            #expect(answer.fields[.contentType] == "application/json")
            #expect(answer.fields[.contentDisposition] == "attachment; filename=\"account.json\"")
            #expect(answer.fields[.cacheControl] == "private, no-store")
            let json = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
            let data = try #require(json)
            #expect(Set(data.keys) == ["account", "preferences", "sessions", "identities", "teams"])
            #expect((data["account"] as? [String: Any])?["email"] as? String == "newcomer@example.com")
            #expect((data["sessions"] as? [[String: Any]])?.count == 1)
            #expect((data["identities"] as? [[String: Any]])?.first?["provider"] as? String == "github")
            for word in ["mock-access", "mock-refresh", "\"secret\"", browser.sessionSecret ?? "?"] {
                #expect(!answer.text.contains(word))
            }
            stage.identity.faults.set(.hangUp, for: "GET /teams")
            // Half of it would look like all of it.
            #expect(try await browser.visit("/account/data", from: "same-origin").status == 503)
        }
    }
}

extension Browser {
    /// Makes an account by way of a provider, which has no password.
    fileprivate func arriveByOAuth(_ stage: Stage) async throws {
        let callback = try await roundTrip(self, stage, decision: "allow", email: "newcomer@example.com")
        _ = try await visit(callback, from: "cross-site")
    }

    fileprivate func ownID() async throws -> String {
        let text = try await send(.get, "/user").text
        return text.firstMatch(of: #/"\$id":"([^"]+)"/#).map { String($0.output.1) } ?? ""
    }

    fileprivate func identityID() async throws -> String {
        let text = try await send(.get, "/account/data").text
        return text.firstMatch(of: #/"identities":\[\{"\$createdAt":"[^"]*","\$id":"([^"]+)"/#)
            .map { String($0.output.1) } ?? ""
    }
}

extension Page {
    fileprivate var disconnectAction: String? {
        text.firstMatch(of: #/action="(\/account\/identities\/[^"]+\/disconnect)"/#).map {
            String($0.output.1)
        }
    }
}
