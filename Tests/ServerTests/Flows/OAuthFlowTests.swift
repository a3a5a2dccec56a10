import DevIdentity
import Foundation
import Ground
import HTTPTypes
import Settings
import Testing

@testable import Server

/// The round trip to an OAuth provider, with the identity service playing Appwrite and the provider.
struct OAuthFlowTests {
    @Test
    func `OAuth start leads to the provider with a 303 and a nonce of this browser`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            let start = try await browser.visit("/oauth/github?to=/members/", from: "same-origin")
            #expect(start.status == 303)
            #expect(start.location.contains("/mock/oauth2/github/authorize"))
            let cookie = try #require(start.setCookies.first { $0.hasPrefix(Trip.cookiePrefix) })
            #expect(cookie.contains("SameSite=Lax") && cookie.contains("HttpOnly"))
            let asked = try #require(
                stage.identity.ledger.entries.first { $0.route == "GET /account/tokens/oauth2/{provider}" }
            )
            #expect(asked.headers[.appwriteKey] == Stage.apiKey)
        }
    }

    @Test
    func `OAuth success with userId and secret signs in, and navigates on from our own site`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            let callback = try await roundTrip(browser, stage, decision: "allow")
            let answer = try await browser.visit(callback, from: "cross-site")
            // A redirect here would not carry the Strict cookie along.
            #expect(answer.status == 200)
            #expect(answer.text.contains(#"content="0;url=/members/""#))
            #expect(answer.setCookie("a_session_testproject")?.contains("SameSite=Strict") == true)
            #expect(answer.fields[.init("Referrer-Policy") ?? .accept] == "no-referrer")
            #expect(answer.fields[.cacheControl] == "private, no-store")
            #expect(browser.trips.isEmpty)
            #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
        }
    }

    @Test
    func `OAuth failure says why and offers the sign-in page`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            let callback = try await roundTrip(browser, stage, decision: "refuse")
            #expect(callback.hasPrefix("/oauth/failure"))
            let answer = try await browser.visit(callback, from: "cross-site")
            #expect(answer.status == 401)
            #expect(answer.text.contains("You refused"))
            #expect(answer.text.contains("/login"))
            #expect(browser.sessionSecret == nil)
        }
    }

    @Test
    func `a callback that another browser began, or that was used before, signs nobody in`() async throws {
        try await Stage.run { stage in
            let (attacker, victim) = (stage.browser(), stage.browser())
            let callback = try await roundTrip(attacker, stage, decision: "allow")
            let forged = try await victim.visit(callback, from: "cross-site")
            #expect(forged.status == 403)
            #expect(victim.sessionSecret == nil)
            let trip = attacker.cookies
            #expect(try await attacker.visit(callback, from: "cross-site").status == 200)
            attacker.cookies = trip
            #expect(try await attacker.visit(callback, from: "cross-site").status == 401)
        }
    }

    @Test
    func `a short code signs nobody in by way of OAuth, and a trip ends once`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            let callback = try await roundTrip(browser, stage, decision: "allow")
            let trip = browser.cookies
            let nonce = try #require(callback.firstMatch(of: #/trip=([^&]+)/#)?.output.1)
            stage.identity.ledger.clear()
            var statuses: [Int] = []
            for code in ["123456", String(repeating: "a", count: 64)] {
                browser.cookies = trip
                let guess = "/oauth/success?trip=\(nonce)&userId=member&secret=\(code)"
                statuses.append(try await browser.visit(guess, from: "cross-site").status)
            }
            #expect(statuses == [401, 401])
            // The first spent the trip, so neither reached Appwrite.
            #expect(stage.identity.ledger.entries.isEmpty)
            #expect(browser.sessionSecret == nil)
        }
    }

    @Test
    func `guesses at one account are counted across addresses`() async throws {
        let proxies = [try #require(AddressRange("127.0.0.0/8"))]
        try await Stage.run(site: { $0.server.trustedProxies = proxies }) { stage in
            stage.identity.ledger.clear()
            for number in 0..<15 {
                let browser = stage.browser()
                let address: HTTPFields = [.forwardedFor: "198.51.100.\(number)"]
                _ = try await browser.visit("/oauth/github", from: "same-origin", address)
                let held = try #require(browser.trips.first)
                let nonce = held.split(separator: "~")[1]
                let secret = String(repeating: "b", count: 64)
                let guess = "/oauth/success?trip=\(nonce)&userId=member&secret=\(secret)"
                let answer = try await browser.visit(guess, from: "cross-site", address)
                #expect(answer.status == (number < 10 ? 401 : 429))
            }
            #expect(stage.identity.ledger.count("POST /account/sessions/token") == 10)
        }
    }

    @Test
    func `a trip may lead to a page whose address holds a tilde`() {
        let trips = Trip(
            keys: ServerKeys(from: Secret("key")),
            attributes: CookieAttributes(CookieSettings(), siteIsSecure: false),
            now: { Date(timeIntervalSince1970: 0) }
        )
        let (nonce, cookies) = trips.begin(.oauth, towards: "/~bob/a~b/", in: [:])
        let fields: HTTPFields = [.cookie: String(cookies[0].prefix { $0 != ";" })]
        #expect(trips.target(.oauth, for: nonce, in: fields) == "/~bob/a~b/")
        // What was begun for one thing is no good for another.
        #expect(trips.target(.link, for: nonce, in: fields) == nil)
        #expect(trips.target(.oauth, for: "another", in: fields) == nil)
        #expect(
            trips.target(.oauth, for: nonce.prefix(8) + String(repeating: "a", count: 14), in: fields) == nil
        )
    }

    @Test
    func `several trips are under way at once, and only so many`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            let callbacks = [
                try await roundTrip(browser, stage, decision: "allow"),
                try await roundTrip(browser, stage, decision: "allow"),
            ]
            for callback in callbacks {
                #expect(try await browser.visit(callback, from: "cross-site").status == 200)
            }
            for _ in 0..<20 { _ = try await browser.visit("/oauth/github", from: "same-origin") }
            #expect(browser.trips.count == Trip.most)
        }
    }

    @Test
    func `a site that takes nobody new keeps no account that a provider's trip made`() async throws {
        try await Stage.run(site: { $0.auth.signUp = false }) { stage in
            let users = stage.identity.store.userCount
            let stranger = stage.browser()
            let callback = try await roundTrip(stranger, stage, decision: "allow", email: "new@example.com")
            #expect(stage.identity.store.userCount == users + 1)
            let answer = try await stranger.visit(callback, from: "cross-site")
            #expect(answer.status == 403 && answer.text.contains("takes no new members"))
            #expect(stranger.sessionSecret == nil)
            #expect(stage.identity.store.userCount == users)
            let member = stage.browser()
            let known = try await roundTrip(member, stage, decision: "allow")
            #expect(try await member.visit(known, from: "cross-site").status == 200)
            #expect(try await member.visit("/members/", from: "same-origin").status == 200)
        }
    }

    @Test
    func `an account that was there before is never removed, however young its session`() async throws {
        try await Stage.run(site: { $0.auth.signUp = false }) { stage in
            // The operator made it a moment ago, for somebody who comes by a provider.
            let fields: HTTPFields = [
                .contentType: "application/json", .appwriteKey: Stage.apiKey,
                .init("X-Appwrite-Project") ?? .accept: Stage.project,
            ]
            let appwrite = try await stage.appwrite()
            let account = Array(#"{"userId":"invited","email":"invited@example.com"}"#.utf8)
            _ = try await appwrite.send(.post, "/v1/users", fields, account)
            stage.identity.store.setLabels(["pro"], user: "invited")
            let users = stage.identity.store.userCount
            let browser = stage.browser()
            let callback = try await roundTrip(
                browser,
                stage,
                decision: "allow",
                email: "invited@example.com"
            )
            #expect(try await browser.visit(callback, from: "cross-site").status == 200)
            #expect(stage.identity.store.userCount == users)
        }
    }

    @Test
    func `where it cannot be told whether an account is new, a site that takes nobody new stays closed`()
        async throws
    {
        try await Stage.run(site: { $0.auth.signUp = false }) { stage in
            let browser = stage.browser()
            let callback = try await roundTrip(browser, stage, decision: "allow")
            let sessions = stage.identity.store.sessionCount
            stage.identity.faults.set(.status(500), for: "GET /account/sessions")
            #expect(try await browser.visit(callback, from: "cross-site").status == 503)
            #expect(browser.sessionSecret == nil)
            #expect(stage.identity.store.sessionCount == sessions)
        }
    }

    @Test
    func `a callback that comes too late is refused`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            let callback = try await roundTrip(browser, stage, decision: "allow")
            stage.clock.advance(601)
            #expect(try await browser.visit(callback, from: "cross-site").status == 403)
        }
    }

    @Test
    func `a provider that is not named in the configuration has no route`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            #expect(try await stage.browser().visit("/oauth/google").status == 404)
        }
    }
}

extension Browser {
    /// The values of the cookies of trips that are under way.
    var trips: [String] { cookies.filter { $0.key.hasPrefix(Trip.cookiePrefix) }.map(\.value) }
}

/// Goes to the provider, decides there, and gives back the path and query at which the browser returns to the site.
func roundTrip(
    _ browser: Browser,
    _ stage: Stage,
    decision: String,
    email: String = "member@example.com"
) async throws -> String {
    let start = try await browser.visit("/oauth/github?to=/members/", from: "same-origin").location
    let consent = try #require(URLComponents(string: start))
    let origin = "http://\(consent.host ?? ""):\(consent.port ?? 0)"
    let provider = Browser(origin: origin, transfer: stage.transfer, agent: Browser.firefox)
    var form = try await provider.visit(String(start.dropFirst(origin.count))).hiddenFields
    form["email"] = email
    form["verified"] = "yes"
    form["decision"] = decision
    var location = try await provider.post(consent.path, form).location
    while location.hasPrefix(origin) {
        location = try await provider.visit(String(location.dropFirst(origin.count))).location
    }
    try #require(location.hasPrefix(stage.origin))
    return String(location.dropFirst(stage.origin.count))
}
