import DevIdentity
import Foundation
import HTTPTypes
import Settings
import Testing

@testable import Server

/// Each flow of the SSR guide, once, between a browser, the runtime and the identity service, over sockets.
struct GuideFlowTests {
    @Test
    func `admin client: the key signs visitors in, and never travels with a session`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            _ = try await browser.visit("/members/")
            let entries = stage.identity.ledger.entries
            let signIn = try #require(entries.first { $0.route == "POST /account/sessions/email" })
            #expect(signIn.headers[.appwriteKey] == Stage.apiKey)
            for entry in entries {
                #expect(entry.headers[.appwriteKey] == nil || entry.headers[.appwriteSession] == nil)
                #expect(entry.headers[.cookie] == nil)
            }
        }
    }

    @Test
    func `session client: each visitor's requests carry that visitor's secret and no other`() async throws {
        try await Stage.run { stage in
            let (member, pro) = (stage.browser(), stage.browser())
            try await member.signIn("member@example.com")
            try await pro.signIn("pro@example.com")
            async let first = member.send(.get, "/user")
            async let second = pro.send(.get, "/user")
            let (memberPage, proPage) = try await (first, second)
            #expect(memberPage.text.contains("member@example.com"))
            #expect(proPage.text.contains("pro@example.com"))
            let secrets = stage.identity.ledger.entries.filter { $0.route == "GET /account" }
                .compactMap { $0.headers[.appwriteSession] }
            #expect(Set(secrets) == [member.sessionSecret, pro.sessionSecret])
        }
    }

    @Test
    func `e-mail and password sign-in leads to the page that was wanted`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            let refused = try await browser.visit("/members/")
            #expect(refused.status == 303)
            #expect(refused.location == "/login?to=/members/")
            #expect(!refused.text.contains("Quillwort"))
            let answer = try await browser.signIn(to: "/members/")
            #expect(answer.status == 303)
            #expect(answer.location == "/members/")
            let page = try await browser.visit("/members/", from: "same-origin")
            #expect(page.status == 200)
            #expect(page.text.contains("Quillwort"))
            #expect(page.fields[.cacheControl] == "private, no-store")
            #expect(page.fields[.vary] == "Cookie, Accept-Encoding")
        }
    }

    @Test
    func `JSON sign-in answers as the guide's examples do`() async throws {
        try await Stage.run { stage in
            let fields: HTTPFields = [.contentType: "application/json", .accept: "application/json"]
            let good = Array(#"{"email": "member@example.com", "password": "open-the-gate"}"#.utf8)
            let bad = Array(#"{"email": "member@example.com", "password": "wrong-password"}"#.utf8)
            let browser = stage.browser()
            let refused = try await browser.send(.post, "/login", fields, bad)
            #expect(refused.status == 401)
            #expect(refused.text.contains(#""success":false"#))
            let answer = try await browser.send(.post, "/login", fields, good)
            #expect(answer.status == 200)
            #expect(answer.text == #"{"success":true}"#)
            #expect(try await browser.send(.get, "/members/").status == 200)
        }
    }

    @Test
    func `the cookie is named after the project and has its five attributes`() async throws {
        try await Stage.run(site: { $0.auth.cookie.secure = .always }) { stage in
            let browser = stage.browser()
            let cookie = try #require(try await browser.signIn().setCookie("a_session_testproject"))
            let attributes = Set(cookie.split(separator: "; ").dropFirst().map(String.init))
            #expect(attributes.isSuperset(of: ["HttpOnly", "Secure", "SameSite=Strict", "Path=/"]))
            let expires = try #require(attributes.first { $0.hasPrefix("Expires=") })
            #expect(expires.hasSuffix("GMT"))
            #expect(attributes.count == 5)
        }
    }

    @Test
    func `authenticated request: user answers the account, and 401 without a session`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            let refused = try await browser.send(.get, "/user", [.accept: "application/json"])
            #expect(refused.status == 401)
            #expect(refused.text.contains(#""success":false"#))
            try await browser.signIn()
            let answer = try await browser.send(.get, "/user", [.accept: "application/json"])
            #expect(answer.status == 200)
            #expect(answer.text.contains(#""email":"member@example.com""#))
            browser.cookies["a_session_testproject"] = "Z2FyYmFnZQ=="
            #expect(try await browser.send(.get, "/user", [.accept: "application/json"]).status == 401)
        }
    }

    @Test
    func `rate limits bypassed by the key are imposed again by us`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            var values = try await browser.form("/login")
            values["email"] = "member@example.com"
            values["password"] = "wrong-password"
            for _ in 1...10 { #expect(try await browser.post("/login", values).status == 401) }
            let refused = try await browser.post("/login", values)
            #expect(refused.status == 429)
            #expect(Int(refused.fields[.retryAfter] ?? "") ?? 0 > 0)
            // Appwrite itself let the key through each time, and was not even asked the eleventh time.
            let asked = stage.identity.ledger.entries.filter { $0.route == "POST /account/sessions/email" }
            #expect(asked.count == 10)
            #expect(asked.allSatisfy { $0.status == 401 })
        }
    }

    @Test
    func `guest session: the second read of a browser that keeps cookies gets one`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            let first = try await browser.visit("/")
            #expect(first.setCookie("a_session_testproject") == nil)
            #expect(stage.identity.store.anonymousUserCount == 0)
            let second = try await browser.visit("/about/")
            let cookie = try #require(second.setCookie("a_session_testproject"))
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
            #expect(second.fields[.cacheControl] == "private, no-store")
            #expect(stage.identity.store.anonymousUserCount == 1)
            // A guest is not a member.
            #expect(try await browser.visit("/members/").status == 303)
            let third = try await browser.visit("/")
            #expect(third.setCookies.isEmpty)
            #expect(stage.identity.store.anonymousUserCount == 1)
        }
    }

    @Test
    func `a guest who signs up keeps the account's id, and gets a new session`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            _ = try await browser.visit("/")
            _ = try await browser.visit("/")
            let guestSecret = try #require(browser.sessionSecret)
            let before = stage.identity.store.userCount
            let userID = try userID(in: guestSecret)
            var values = try await browser.form("/signup?to=/members/")
            values.merge(["email": "New@Example.com", "password": "a-good-password", "name": "Nell"]) { $1 }
            let answer = try await browser.post("/signup", values)
            #expect(answer.status == 303)
            #expect(answer.location == "/members/")
            #expect(stage.identity.store.userCount == before)
            let user = try await browser.send(.get, "/user")
            #expect(user.text.contains(userID))
            #expect(user.text.contains("new@example.com") && user.text.contains("Nell"))
            // Whoever knew the guest's secret does not hold the member's.
            #expect(browser.sessionSecret != guestSecret)
            let thief = stage.browser()
            thief.cookies["a_session_testproject"] = guestSecret
            #expect(try await thief.visit("/members/").status == 303)
        }
    }

    @Test(arguments: [
        [
            "name": String(repeating: "n", count: 129), "email": "new@example.com",
            "password": "a-good-password",
        ],
        ["name": "Nell", "email": "member@example.com", "password": "a-good-password"],
        ["name": "Nell", "email": "new@example.com", "password": String(repeating: "p", count: 257)],
    ])
    func `a guest whose sign-up is refused is still a guest and can try again`(refused: [String: String])
        async throws
    {
        try await Stage.run { stage in
            let browser = stage.browser()
            _ = try await browser.visit("/")
            _ = try await browser.visit("/")
            let userID = try userID(in: #require(browser.sessionSecret))
            let guests = stage.identity.store.anonymousUserCount
            let form = try await browser.form("/signup")
            #expect(try await browser.post("/signup", form.merging(refused) { $1 }).status == 400)
            #expect(stage.identity.store.anonymousUserCount == guests)
            let second = ["name": "Nell", "email": "new@example.com", "password": "a-good-password"]
            let again = try await browser.form("/signup").merging(second) { $1 }
            #expect(try await browser.post("/signup", again).status == 303)
            #expect(try await browser.send(.get, "/user").text.contains(userID))
        }
    }

    @Test
    func `signing up without a guest session makes an account and signs in`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            let before = stage.identity.store.userCount
            var values = try await browser.form("/signup")
            browser.cookies["a_session_testproject"] = nil
            values.merge(["email": "fresh@example.com", "password": "a-good-password", "name": ""]) { $1 }
            #expect(try await browser.post("/signup", values).status == 303)
            #expect(stage.identity.store.userCount == before + 1)
            #expect(try await browser.visit("/members/").status == 200)
        }
    }

    @Test
    func `the visitor's user agent and address are forwarded`() async throws {
        try await Stage.run { stage in
            try await stage.browser("Mozilla/5.0 (Macintosh) Tested/1.0").signIn()
            let entry = try #require(
                stage.identity.ledger.entries.first { $0.route == "POST /account/sessions/email" }
            )
            #expect(entry.headers[.forwardedUserAgent] == "Mozilla/5.0 (Macintosh) Tested/1.0")
            #expect(entry.headers[.forwardedFor] == "127.0.0.1")
        }
    }
}

/// The user id that Appwrite puts into a session secret; for tests only, to us the secret is opaque.
private func userID(in secret: String) throws -> String {
    struct Inside: Decodable { let id: String }
    let data = try #require(Data(base64Encoded: secret))
    return try JSONDecoder().decode(Inside.self, from: data).id
}
