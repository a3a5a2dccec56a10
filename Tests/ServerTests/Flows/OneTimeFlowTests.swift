import DevIdentity
import Foundation
import HTTPTypes
import Settings
import Testing

@testable import Server

/// Signing in by a mailed link, and by a code that was mailed or sent.
struct OneTimeFlowTests {
    private static let allWays: @Sendable (inout Settings) -> Void = { settings in
        (settings.auth.magicURL, settings.auth.emailOTP, settings.auth.phoneOTP) = (true, true, true)
    }

    @Test
    func `a mailed link signs in, in the browser that asked for it, and leads to the page that was wanted`()
        async throws
    {
        try await Stage.run(site: Self.allWays) { stage in
            let browser = stage.browser()
            let sent = try await browser.askForLink(to: "/members/")
            #expect(sent.status == 200 && sent.text.contains("member@example.com"))
            let link = try stage.mailedPath("member@example.com")
            let answer = try await browser.visit(link, from: "cross-site")
            #expect(answer.status == 200 && answer.text.contains(#"content="0;url=/members/""#))
            #expect(answer.fields[.init("Referrer-Policy") ?? .accept] == "no-referrer")
            #expect(browser.trips.isEmpty)
            #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
            let again = try await stage.browser().follow(link)
            #expect(again.status == 401)
        }
    }

    @Test
    func `in another browser a mailed link asks first, says whose it is, and is not used up by looking`()
        async throws
    {
        try await Stage.run(site: Self.allWays) { stage in
            _ = try await stage.browser().askForLink()
            let link = try stage.mailedPath("member@example.com")
            let other = stage.browser()
            for _ in 0..<3 {
                let page = try await other.visit(link, from: "cross-site")
                #expect(page.status == 200 && page.text.contains("<bdi>member@example.com</bdi>"))
                #expect(page.fields[.init("Referrer-Policy") ?? .accept] == "no-referrer")
                #expect(page.fields[.cacheControl] == "private, no-store")
            }
            #expect(other.sessionSecret == nil)
            #expect(try await other.send(.head, link).status == 405)
            let answer = try await other.follow(link)
            #expect(answer.status == 303)
            #expect(try await other.visit("/members/", from: "same-origin").status == 200)
        }
    }

    @Test(arguments: [
        ("for=member%40example.com", "for=pro%40example.com"), ("seal=", "seal=x"), ("trip=", "trip=x"),
        ("secret=", "nothing="),
    ])
    func `a mailed link that somebody changed is no link`(original: String, changed: String) async throws {
        try await Stage.run(site: Self.allWays) { stage in
            _ = try await stage.browser().askForLink()
            let link = try stage.mailedPath("member@example.com")
            try #require(link.contains(original))
            let forged = link.replacing(original, with: changed)
            let page = try await stage.browser().visit(forged, from: "cross-site")
            #expect(page.status == 401)
            #expect(!page.text.contains("pro@example.com"))
        }
    }

    @Test
    func `a mailed code signs in`() async throws {
        try await Stage.run(site: Self.allWays) { stage in
            let browser = stage.browser()
            let page = try await browser.askForCode(
                "otp",
                ["email": "Member@Example.com", "to": "/members/"]
            )
            #expect(page.status == 200)
            let code = try #require(stage.identity.store.lastMessage(to: "member@example.com")?.code)
            var form = page.hiddenFields
            form["code"] = " \(code.prefix(3)) \(code.suffix(3)) "
            let answer = try await browser.post("/login/otp/verify", form)
            #expect((answer.status, answer.location) == (303, "/members/"))
            #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
            #expect(stage.identity.store.userCount == DemoUser.defaults.count)
        }
    }

    @Test
    func `a code by message signs in, and makes an account for a new number`() async throws {
        try await Stage.run(site: Self.allWays) { stage in
            let browser = stage.browser()
            let page = try await browser.askForCode("phone", ["phone": "+49 (30) 123-4567"])
            let code = try #require(stage.identity.store.lastMessage(to: "+49301234567")?.code)
            var form = page.hiddenFields
            form["code"] = code
            #expect(try await browser.post("/login/phone/verify", form).status == 303)
            #expect(try await browser.visit("/account", from: "same-origin").text.contains("+49301234567"))
            #expect(stage.identity.store.userCount == DemoUser.defaults.count + 1)
        }
    }

    @Test
    func `a wrong code is told on its page, and guesses are counted for each member`() async throws {
        try await Stage.run(site: Self.allWays) { stage in
            for number in 0..<13 {
                // Another browser and another ticket help nobody.
                let browser = stage.browser()
                let page = try await browser.askForCode("otp", ["email": "member@example.com"])
                if page.status == 429 { break }
                var form = page.hiddenFields
                form["code"] = "x\(number)"
                let answer = try await browser.post("/login/otp/verify", form)
                #expect(answer.status == (number < 10 ? 403 : 429))
                if number < 10 { #expect(answer.hiddenFields["ticket"] == form["ticket"]) }
            }
            #expect(stage.identity.ledger.count("POST /account/sessions/token") == 10)
        }
    }

    @Test
    func `a ticket that is not ours, or too old, is no ticket`() async throws {
        try await Stage.run(site: Self.allWays) { stage in
            let browser = stage.browser()
            let page = try await browser.askForCode("otp", ["email": "member@example.com"])
            let code = try #require(stage.identity.store.lastMessage(to: "member@example.com")?.code)
            var form = page.hiddenFields
            form["code"] = code
            let ticket = try #require(form["ticket"])
            stage.identity.ledger.clear()
            for forged in ["", "x", ticket.replacing("member", with: "pro"), ticket + "x"] {
                form["ticket"] = forged
                #expect(try await browser.post("/login/otp/verify", form).status == 403)
            }
            form["ticket"] = ticket
            // A mailed code is none by message.
            #expect(try await browser.post("/login/phone/verify", form).status == 403)
            stage.clock.advance(901)
            #expect(try await browser.post("/login/otp/verify", form).status == 403)
            #expect(stage.identity.ledger.count("POST /account/sessions/token") == 0)
        }
    }

    @Test
    func `a secret of another kind is no way in, and its session is ended`() async throws {
        try await Stage.run(site: Self.allWays) { stage in
            let browser = stage.browser()
            let page = try await browser.askForCode("otp", ["email": "member@example.com"])
            let fields: HTTPFields = [
                .contentType: "application/json", .appwriteKey: Stage.apiKey,
                .init("X-Appwrite-Project") ?? .accept: Stage.project,
            ]
            let appwrite = try await stage.appwrite()
            let made = try await appwrite.send(.post, "/v1/users/member/tokens", fields, Array("{}".utf8))
            let secret = try #require(made.text.firstMatch(of: #/"secret":"([^"]+)"/#)?.output.1)
            var form = page.hiddenFields
            form["code"] = String(secret)
            #expect(try await browser.post("/login/otp/verify", form).status == 403)
            #expect(browser.sessionSecret == nil)
            #expect(stage.identity.store.sessionCount == 0)
        }
    }

    @Test(arguments: ["otp", "magic-url"])
    func `where nobody new is taken, the known and the unknown see the same, and only the known get a mail`(
        way: String
    ) async throws {
        try await Stage.run(site: {
            Self.allWays(&$0); $0.auth.signUp = false
        }) { stage in
            var pages: [String] = []
            for email in ["member@example.com", "nobody@example.com"] {
                let page = try await stage.browser().askForCode(way, ["email": email])
                #expect(page.status == 200)
                pages.append(page.plain(without: email))
            }
            #expect(pages[0] == pages[1])
            #expect(stage.identity.store.outbox.map(\.receiver) == ["member@example.com"])
            #expect(stage.identity.store.userCount == DemoUser.defaults.count)
        }
    }

    @Test
    func `a code for nobody is as wrong as any`() async throws {
        try await Stage.run(site: {
            Self.allWays(&$0); $0.auth.signUp = false
        }) { stage in
            let browser = stage.browser()
            var answers: [String] = []
            for email in ["member@example.com", "nobody@example.com"] {
                var form = try await browser.askForCode("otp", ["email": email]).hiddenFields
                form["code"] = "000000x"
                let answer = try await browser.post("/login/otp/verify", form)
                #expect(answer.status == 403)
                answers.append(answer.plain(without: email))
            }
            #expect(answers[0] == answers[1])
        }
    }

    @Test(arguments: [
        ("otp", ["email": "nonsense"], "name@example.org"), ("magic-url", ["email": ""], "name@example.org"),
        ("phone", ["phone": "030 1234567"], "+49 30 1234567"),
    ])
    func `what is no address is told on the sign-in page`(
        way: String,
        typed: [String: String],
        told: String
    ) async throws {
        try await Stage.run(site: Self.allWays) { stage in
            let page = try await stage.browser().askForCode(way, typed)
            #expect(page.status == 400 && page.text.contains(told))
            #expect(page.text.contains("name=\"password\""))
            #expect(stage.identity.store.outbox.isEmpty)
        }
    }

    @Test(arguments: ["otp", "magic-url", "phone"])
    func `mails and messages to one receiver are counted, whoever asks for them`(way: String) async throws {
        let proxies = [try #require(AddressRange("127.0.0.0/8"))]
        try await Stage.run(site: {
            Self.allWays(&$0); $0.server.trustedProxies = proxies
        }) { stage in
            var statuses: [Int] = []
            for number in 0..<12 {
                let address: HTTPFields = [.forwardedFor: "198.51.100.\(number)"]
                let typed = ["email": "member@example.com", "phone": "+49301234567"]
                statuses.append(try await stage.browser().askForCode(way, typed, address).status)
            }
            let allowed = way == "phone" ? 5 : 10
            #expect(
                statuses == Array(repeating: 200, count: allowed) + Array(repeating: 429, count: 12 - allowed)
            )
            #expect(stage.identity.store.outbox.count == allowed)
        }
    }

    @Test(arguments: [
        "/login/otp", "/login/otp/verify", "/login/phone", "/login/phone/verify", "/login/magic-url",
        "/login/magic-url/callback", "/recover", "/recover/confirm", "/verify",
    ])
    func `a form of another site is refused`(path: String) async throws {
        try await Stage.run(site: Self.allWays) { stage in
            let browser = stage.browser()
            var form = try await browser.form("/login")
            form["email"] = "member@example.com"
            let foreign = try await browser.post(path, form, [.origin: "https://evil.example"])
            #expect(foreign.status == 403)
            form["form_token"] = "1.x"
            #expect(try await browser.post(path, form).status == 403)
            #expect(stage.identity.store.outbox.isEmpty)
        }
    }

    @Test
    func `programs get and give JSON`() async throws {
        try await Stage.run(site: Self.allWays) { stage in
            let browser = stage.browser()
            let fields: HTTPFields = [
                .contentType: "application/json", .accept: "application/json", .origin: stage.origin,
            ]
            let asked = try await browser.send(
                .post,
                "/login/otp",
                fields,
                Array(#"{"email":"member@example.com"}"#.utf8)
            )
            struct Sent: Decodable { let ticket: String }
            let ticket = try JSONDecoder().decode(Sent.self, from: Data(asked.body)).ticket
            let code = try #require(stage.identity.store.lastMessage(to: "member@example.com")?.code)
            let shown = try await browser.send(
                .post,
                "/login/otp/verify",
                fields,
                Array(#"{"ticket":"\#(ticket)","code":"\#(code)"}"#.utf8)
            )
            #expect(shown.status == 200 && shown.text == #"{"success":true}"#)
            #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
        }
    }

    @Test
    func `a site without passwords has no field for one, and no page that asks for one`() async throws {
        try await Stage.run(site: {
            Self.allWays(&$0); $0.auth.emailPassword = false
        }) { stage in
            let browser = stage.browser()
            let page = try await browser.visit("/login")
            #expect(!page.text.contains("type=\"password\"") && !page.text.contains("/recover"))
            #expect(page.text.contains("action=\"/login/otp\""))
            #expect(page.text.contains("formaction=\"/login/magic-url\""))
            #expect(page.text.contains("makes your account as well"))
            for path in ["/signup", "/recover", "/recover/confirm"] {
                #expect(try await browser.visit(path).status == 404)
            }
            #expect(try await browser.post("/login", [:]).status == 405)
            var form = try await browser.askForCode("otp", ["email": "member@example.com"]).hiddenFields
            form["code"] = stage.identity.store.lastMessage(to: "member@example.com")?.code
            _ = try await browser.post("/login/otp/verify", form)
            let account = try await browser.visit("/account", from: "same-origin")
            #expect(account.status == 200 && !account.text.contains("type=\"password\""))
            #expect(try await browser.post("/account/password", [:]).status == 404)
        }
    }

    @Test
    func `a guest who signs in by a code leaves no anonymous account behind`() async throws {
        try await Stage.run(site: Self.allWays) { stage in
            let browser = stage.browser()
            for _ in 0..<2 { _ = try await browser.visit("/", from: "same-origin") }
            #expect(stage.identity.store.anonymousUserCount == 1)
            var form = try await browser.askForCode("otp", ["email": "member@example.com"]).hiddenFields
            form["code"] = stage.identity.store.lastMessage(to: "member@example.com")?.code
            #expect(try await browser.post("/login/otp/verify", form).status == 303)
            #expect(stage.identity.store.anonymousUserCount == 0)
        }
    }

    @Test
    func `without a mail server the way is closed, for everybody alike`() async throws {
        try await Stage.run(site: Self.allWays) { stage in
            stage.identity.faults.set(
                .refusal(503, "general_smtp_disabled"),
                for: "POST /account/tokens/email"
            )
            for email in ["member@example.com", "nobody@example.com"] {
                let page = try await stage.browser().askForCode("otp", ["email": email])
                #expect(page.status == 501)
            }
        }
    }

    @Test
    func `the project's being full is told to nobody`() async throws {
        try await Stage.run(site: Self.allWays) { stage in
            let known = try await stage.browser().askForCode("otp", ["email": "member@example.com"])
            stage.identity.faults.set(.refusal(400, "user_count_exceeded"), for: "POST /account/tokens/email")
            let unknown = try await stage.browser().askForCode("otp", ["email": "nobody@example.com"])
            #expect(
                unknown.plain(without: "nobody@example.com") == known.plain(without: "member@example.com")
            )
        }
    }
}

extension Stage {
    /// The path and query of the link that was mailed last to an address.
    func mailedPath(_ receiver: String) throws -> String {
        let link = try #require(identity.store.lastMessage(to: receiver)?.link)
        try #require(link.hasPrefix(origin))
        return String(link.dropFirst(origin.count))
    }

    /// The identity service, to be asked past the server.
    func appwrite() async throws -> Browser {
        let start = try await browser().visit("/oauth/github", from: "same-origin").location
        let parts = try #require(URLComponents(string: start))
        let origin = "http://\(parts.host ?? ""):\(parts.port ?? 0)"
        return Browser(origin: origin, transfer: transfer, agent: Browser.firefox)
    }
}

extension Browser {
    func askForLink(_ email: String = "member@example.com", to target: String = "/") async throws -> Page {
        try await askForCode("magic-url", ["email": email, "to": target])
    }

    /// Fills in the sign-in page and pushes the button of a way that sends something.
    func askForCode(_ way: String, _ typed: [String: String], _ fields: HTTPFields = [:]) async throws -> Page
    {
        var form = try await form("/login")
        form.merge(typed) { _, new in new }
        return try await post("/login/\(way)", form, fields)
    }

    /// Opens a link and pushes its button.
    func follow(_ link: String) async throws -> Page {
        let form = try await visit(link, from: "cross-site").hiddenFields
        return try await post(String(link.prefix { $0 != "?" }), form)
    }
}

extension Page {
    /// The text without what is another for each visitor: tokens, tickets, ids, and what was typed.
    func plain(without typed: String) -> String {
        text.replacing(typed, with: "")
            .replacing(#/name="(form_token|ticket)" value="[^"]*"/#, with: "")
            .replacing(#/<code>[0-9a-f-]{8,}<\/code>/#, with: "")
    }
}
