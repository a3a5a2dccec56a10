import DevIdentity
import Foundation
import HTTPTypes
import Settings
import Testing

@testable import Server

/// A session that lacks its second factor: what it opens, which is nothing, and where it is led.
struct PendingFactorTests {
    @Test
    func `a member who lacks a second factor is led to where it is shown, and back`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            stage.identity.store.setMFA(true, user: "member")
            let browser = stage.browser()
            #expect(try await browser.signIn(to: "/members/").location == "/members/")
            let page = try await browser.visit("/members/", from: "same-origin")
            #expect(page.status == 303 && page.location == "/login/factor?to=/members/")
            #expect(page.setCookies.isEmpty)
            let asked = try await browser.visit(page.location, from: "same-origin")
            #expect(asked.status == 200 && asked.hiddenFields["to"] == "/members/")
            #expect(asked.text.contains("Send a code to my e-mail address"))
            #expect(!asked.text.contains("Authenticator app"))
        }
    }

    @Test
    func `the way from the sign-in form to a page for everyone leads past the second factor`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            stage.identity.store.setMFA(true, user: "member")
            let browser = stage.browser()
            #expect(try await browser.signIn(to: "/about/").location == "/login/factor?to=/about/")
            #expect(browser.sessionSecret != nil)
            #expect(try await browser.signIn("pro@example.com", to: "/about/").location == "/about/")
        }
    }

    @Test
    func `programs, pictures and forms are told what is missing`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            stage.identity.store.setMFA(true, user: "member")
            let browser = stage.browser()
            let body = Array(#"{"email":"member@example.com","password":"open-the-gate"}"#.utf8)
            let signedIn = try await browser.send(.post, "/login", [.contentType: "application/json"], body)
            #expect(signedIn.status == 401 && signedIn.text.contains("\"code\":\"second_factor_needed\""))
            #expect(browser.sessionSecret != nil)
            for path in ["/members/", "/members/plan.svg", "/user", "/account", "/account/data"] {
                let answer = try await browser.send(.get, path, [.accept: "application/json"])
                #expect(answer.status == 401, "\(path)")
                #expect(answer.text.contains("\"code\":\"second_factor_needed\""), "\(path)")
            }
            let picture = try await browser.send(.get, "/members/plan.svg", [.accept: "image/*"])
            #expect(picture.status == 401 && !picture.text.contains("Quillwort"))
            #expect(
                try await browser.visit("/account", from: "same-origin").location
                    == "/login/factor?to=/account"
            )
        }
    }

    @Test(arguments: AccountChange.allCases)
    func `the account's forms stay shut until the second factor is shown`(change: AccountChange) async throws
    {
        try await Stage.run { (stage: Stage) async throws in
            stage.identity.store.setMFA(true, user: "member")
            let browser = stage.browser()
            try await browser.signIn()
            let asked = try await browser.visit("/login/factor", from: "same-origin")
            // The form for signing out has a token that is good for the account page's forms, too.
            let token = try #require(asked.signOutToken)
            let path = "/account/" + change.rawValue.replacing("{id}", with: "x")
            stage.identity.ledger.clear()
            let answer = try await browser.post(path, [FormToken.fieldName: token, "name": "Intruder"])
            #expect(answer.status == 303 && answer.location == "/login/factor?to=/account")
            #expect(stage.identity.ledger.counts.keys.allSatisfy { $0 == "GET /account" })
        }
    }

    @Test
    func `one can sign out before the second factor is shown`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            stage.identity.store.setMFA(true, user: "member")
            let browser = stage.browser()
            try await browser.signIn()
            let asked = try await browser.visit("/login/factor", from: "same-origin")
            let token = try #require(asked.signOutToken)
            #expect(try await browser.post("/logout", [FormToken.fieldName: token]).status == 200)
            #expect(browser.sessionSecret == nil)
            #expect(stage.identity.store.sessionIDs(ofUser: "member").isEmpty)
        }
    }

    @Test
    func `the page for second factors is for those who lack one`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let browser = stage.browser()
            let stranger = try await browser.visit("/login/factor?to=/members/")
            #expect(stranger.status == 303 && stranger.location == "/login?to=/members/")
            let program = try await browser.send(.get, "/login/factor", [.accept: "application/json"])
            #expect(program.status == 401 && program.text.contains("sign_in_needed"))
            try await browser.signIn()
            #expect(try await browser.visit("/login/factor?to=/members/").location == "/members/")
            #expect(try await browser.visit("/login/factor?to=https://evil.example/").location == "/")
        }
    }

    @Test
    func `a second factor is not taken from another site's form`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            stage.identity.store.setMFA(true, user: "member")
            let browser = stage.browser()
            try await browser.signIn()
            var form = try await browser.visit("/login/factor", from: "same-origin").hiddenFields
            form["factor"] = "email"
            stage.identity.ledger.clear()
            #expect(
                try await browser.post("/login/factor", form, [.origin: "https://evil.example"]).status == 403
            )
            #expect(try await browser.post("/login/factor", ["factor": "email"]).status == 403)
            form[FormToken.fieldName] = try await browser.form("/login")[FormToken.fieldName]
            #expect(try await browser.post("/login/factor", form).status == 403)
            #expect(stage.identity.ledger.total == 0)
        }
    }

    @Test
    func `while Appwrite does not say which factors there are, the page is not there`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            stage.identity.store.setMFA(true, user: "member")
            let browser = stage.browser()
            try await browser.signIn()
            stage.identity.faults.set(.hangUp, for: "GET /account/mfa/factors")
            #expect(try await browser.visit("/login/factor", from: "same-origin").status == 503)
            #expect(browser.sessionSecret != nil)
            // The account page of another goes on without that part.
            let other = stage.browser()
            try await other.signIn("pro@example.com")
            let page = try await other.visit("/account", from: "same-origin")
            #expect(page.status == 200 && !page.text.contains("Set up an authenticator app"))
        }
    }
}

extension Page {
    /// The form token of the form that signs out, which stands last.
    var signOutToken: String? {
        text.matches(of: #/name="form_token" value="([^"]*)"/#).last.map { String($0.output.1) }
    }
}
