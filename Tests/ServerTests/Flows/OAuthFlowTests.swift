import DevIdentity
import Foundation
import HTTPTypes
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
            let cookie = try #require(start.setCookie(OAuthTrip.cookieName))
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
            #expect(browser.cookies[OAuthTrip.cookieName] == nil)
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

/// Goes to the provider, decides there, and gives back the path and query at which the browser returns to the site.
private func roundTrip(_ browser: Browser, _ stage: Stage, decision: String) async throws -> String {
    let start = try await browser.visit("/oauth/github?to=/members/", from: "same-origin").location
    let consent = try #require(URLComponents(string: start))
    let origin = "http://\(consent.host ?? ""):\(consent.port ?? 0)"
    let provider = Browser(origin: origin, transfer: stage.transfer, agent: Browser.firefox)
    var form = try await provider.visit(String(start.dropFirst(origin.count))).hiddenFields
    form["email"] = "member@example.com"
    form["verified"] = "yes"
    form["decision"] = decision
    var location = try await provider.post(consent.path, form).location
    while location.hasPrefix(origin) {
        location = try await provider.visit(String(location.dropFirst(origin.count))).location
    }
    try #require(location.hasPrefix(stage.origin))
    return String(location.dropFirst(stage.origin.count))
}
