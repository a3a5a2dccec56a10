import DevIdentity
import Foundation
import HTTPTypes
import Settings
import Testing

@testable import Server

/// The forms of the account page, each by its form and as JSON.
struct AccountFormTests {
    @Test
    func `a member changes the name, and every page knows it at once`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            let answer = try await browser.change("name", ["name": " Melanie <b> "])
            #expect(answer.status == 303 && answer.location == "/account?done=name")
            let page = try await browser.visit(answer.location, from: "same-origin")
            #expect(page.text.contains("The name is saved.") && page.text.contains("Melanie &lt;b&gt;"))
            #expect(try await browser.send(.get, "/user").text.contains("Melanie <b>"))
        }
    }

    @Test
    func `a member changes the e-mail address with the password, and it is unproved then`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            #expect(try await browser.visit("/verified/", from: "same-origin").status == 200)
            let values = ["email": "Mel@new.example", "current_password": "open-the-gate"]
            #expect(try await browser.change("email", values).location == "/account?done=email")
            let page = try await browser.visit("/account", from: "same-origin")
            #expect(page.text.contains("mel@new.example") && page.text.contains("not verified"))
            #expect(try await browser.visit("/verified/", from: "same-origin").status == 403)
            let later = stage.browser()
            #expect(try await later.signIn("mel@new.example").status == 303)
        }
    }

    @Test
    func `a member changes the phone number with the password`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let browser = stage.browser()
            try await browser.signIn()
            let values = ["phone": "+49 (30) 123-4567", "current_password": "open-the-gate"]
            #expect(try await browser.change("phone", values).location == "/account?done=phone")
            #expect(try await browser.visit("/account", from: "same-origin").text.contains("+49301234567"))
            let other = stage.browser()
            try await other.signIn("pro@example.com")
            let taken = try await other.change("phone", values)
            #expect(taken.status == 400 && taken.text.contains("cannot be used for your account"))
        }
    }

    @Test
    func `a new password ends the other sessions here, too`() async throws {
        try await Stage.run { stage in
            let (laptop, phone) = (stage.browser(), stage.browser())
            try await laptop.signIn()
            try await phone.signIn()
            #expect(try await phone.visit("/members/", from: "same-origin").status == 200)
            let values = ["old_password": "open-the-gate", "password": "another-gate"]
            #expect(try await laptop.change("password", values).location == "/account?done=password")
            #expect(try await phone.visit("/members/", from: "same-origin").status == 303)
            #expect(try await laptop.visit("/members/", from: "same-origin").status == 200)
            #expect(try await stage.browser().signIn().status == 401)
            #expect(try await stage.browser().signIn(password: "another-gate").status == 303)
        }
    }

    @Test(arguments: [
        ("name", ["name": String(repeating: "n", count: 129)], 400, "name_refused"),
        ("email", ["email": "nonsense", "current_password": "open-the-gate"], 400, "email_refused"),
        ("email", ["email": "pro@example.com", "current_password": "open-the-gate"], 400, "email_refused"),
        ("email", ["email": "a@b.example", "current_password": "wrong-password"], 403, "wrong_password"),
        ("email", ["email": "a@b.example"], 403, "wrong_password"),
        ("phone", ["phone": "12345", "current_password": "open-the-gate"], 400, "phone_refused"),
        ("password", ["old_password": "open-the-gate", "password": "short"], 400, "password_refused"),
        ("password", ["old_password": "wrong-password", "password": "another-gate"], 403, "wrong_password"),
        ("password", ["password": "another-gate"], 403, "wrong_password"),
        ("delete", ["confirm": "yes"], 400, "not_confirmed"),
    ])
    func `what is wrong is told in the form, with what was typed but no password`(
        form: String,
        values: [String: String],
        status: Int,
        code: String
    ) async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            let page = try await browser.change(form, values)
            #expect(page.status == status)
            let words = try #require(Self.words[code])
            #expect(page.text.contains(words))
            for (name, value) in values where name == "name" || name == "email" || name == "phone" {
                #expect(page.text.contains("value=\"\(value)\""))
            }
            for secret in ["wrong-password", "open-the-gate", "another-gate"] {
                #expect(!page.text.contains(secret))
            }
            let json = try await browser.changeByJSON(form, values)
            #expect(json.status == status && json.text.contains("\"code\":\"\(code)\""))
            // Nothing of it was done.
            #expect(try await stage.browser().signIn().status == 303)
            #expect(try await browser.send(.get, "/user").text.contains("Mel Member"))
        }
    }

    private static let words = [
        "name_refused": "at most 128 characters", "email_refused": "cannot be used for your account",
        "wrong_password": "That is not your password.", "phone_refused": "begins with + and the code",
        "password_refused": "Choose one of at least eight characters",
        "not_confirmed": "not what was asked for",
    ]

    @Test
    func `the forms answer programs in JSON`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            for (form, values) in [
                ("name", ["name": "Melanie"]),
                ("email", ["email": "mel@new.example", "current_password": "open-the-gate"]),
                ("password", ["old_password": "open-the-gate", "password": "another-gate"]),
                ("sessions/revoke", [:]),
            ] {
                let answer = try await browser.changeByJSON(form, values)
                #expect(answer.status == 200 && answer.text == #"{"success":true}"#, "\(form)")
            }
            let last = try await browser.changeByJSON("delete", ["confirm": "mel@new.example"])
            #expect(last.text == #"{"success":true}"# && browser.sessionSecret == nil)
        }
    }

    @Test(arguments: AccountChange.allCases)
    func `a form of another site, or of nobody's session, changes nothing`(change: AccountChange) async throws
    {
        try await Stage.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            let path = "/account/" + change.rawValue.replacing("{id}", with: "x")
            var form = try await browser.form("/account")
            stage.identity.ledger.clear()
            #expect(try await browser.post(path, [:]).status == 403)
            #expect(try await browser.post(path, form, [.origin: "https://evil.example"]).status == 403)
            let json: HTTPFields = [.contentType: "application/json", .origin: "https://evil.example"]
            #expect(try await browser.send(.post, path, json, Array("{}".utf8)).status == 403)
            #expect(stage.identity.ledger.total == 0)
            let stranger = stage.browser()
            form = try await stranger.form("/login")
            #expect(try await stranger.post(path, form).status == 403)
            let program: HTTPFields = [.contentType: "application/json"]
            let refused = try await stranger.send(.post, path, program, Array("{}".utf8))
            #expect(refused.status == 401 && refused.text.contains("sign_in_needed"))
            #expect(stage.identity.ledger.total == 0)
        }
    }

    @Test
    func `a member's password cannot be guessed at the account page`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            let form = try await browser.form("/account")
            func tried(_ password: String) async throws -> Int {
                let values = ["email": "a@b.example", "current_password": password]
                return try await browser.post("/account/email", form.merging(values) { $1 }).status
            }
            for _ in 0..<10 { #expect(try await tried("wrong-password") == 403) }
            let page = try await browser.post(
                "/account/email",
                form.merging(["email": "a@b.example", "current_password": "open-the-gate"]) { $1 }
            )
            #expect(page.status == 429 && page.fields[.init("Retry-After") ?? .accept] != nil)
            stage.clock.advance(3600)
            #expect(try await browser.change("name", ["name": "x"]).status == 303)
            #expect(
                try await browser.change(
                    "email",
                    ["email": "a@b.example", "current_password": "open-the-gate"]
                ).status == 303
            )
        }
    }

    @Test
    func `the limit that all members share at Appwrite has a text of its own`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            stage.identity.faults.set(.status(429), for: "PATCH /account/password")
            let values = ["old_password": "open-the-gate", "password": "another-gate"]
            let page = try await browser.change("password", values)
            #expect(page.status == 429)
            #expect(page.text.contains("Yours is the same as before"))
            #expect(page.text.contains("Mel Member"))
        }
    }

    @Test
    func `all other sessions end, and this one stays`() async throws {
        try await Stage.run { stage in
            let (laptop, phone, tablet) = (stage.browser(), stage.browser(), stage.browser())
            for browser in [laptop, phone, tablet] {
                try await browser.signIn()
                #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
            }
            let answer = try await laptop.change("sessions/revoke", [:])
            #expect(answer.location == "/account?done=end_others")
            #expect(stage.identity.store.sessionIDs(ofUser: "member").count == 1)
            #expect(try await phone.visit("/members/", from: "same-origin").status == 303)
            #expect(try await tablet.visit("/members/", from: "same-origin").status == 303)
            let page = try await laptop.visit("/account", from: "same-origin")
            #expect(page.status == 200 && !page.text.contains("End all other sessions"))
        }
    }

    @Test
    func `a session tells how long ago it began`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            #expect(try await browser.visit("/account", from: "same-origin").text.contains(">just now<"))
            #expect(try await browser.visit("/account", from: "same-origin").text.contains("by password"))
            stage.clock.advance(3 * 86400 + 60)
            #expect(try await browser.visit("/account", from: "same-origin").text.contains(">3 days ago<"))
        }
    }

    @Test
    func `a deleted account is gone, here and at Appwrite, for every browser`() async throws {
        try await Stage.run { stage in
            let (laptop, phone) = (stage.browser(), stage.browser())
            try await laptop.signIn()
            try await phone.signIn()
            #expect(try await phone.visit("/members/", from: "same-origin").status == 200)
            let asked = try await laptop.visit("/account/delete", from: "same-origin")
            #expect(asked.status == 200 && asked.text.contains("type member@example.com"))
            let secret = try #require(laptop.sessionSecret)
            let form = asked.hiddenFields.merging(["confirm": " Member@Example.com "]) { $1 }
            let gone = try await laptop.post("/account/delete", form)
            #expect(gone.status == 200 && gone.text.contains("Your account is gone"))
            #expect(gone.fields[.init("Clear-Site-Data") ?? .accept] == "\"cache\"")
            #expect(laptop.sessionSecret == nil)
            #expect(stage.identity.store.sessionIDs(ofUser: "member").isEmpty)
            let old: HTTPFields = [.cookie: "a_session_testproject=\(secret)"]
            #expect(try await laptop.send(.get, "/members/", old).status == 401)
            #expect(try await phone.visit("/members/", from: "same-origin").status == 303)
            #expect(try await stage.browser().signIn().status == 401)
        }
    }

    @Test(arguments: [
        ("name", ["name": "Melanie"], "PATCH /account/name"),
        ("email", ["email": "a@b.example", "current_password": "open-the-gate"], "PATCH /account/email"),
        (
            "password", ["old_password": "open-the-gate", "password": "another-gate"],
            "PATCH /account/password"
        ),
        ("sessions/revoke", [:], "DELETE /users/{userId}/sessions/{sessionId}"),
        ("delete", ["confirm": "member@example.com"], "DELETE /account"),
    ])
    func `where Appwrite is silent nothing is claimed and nobody is signed out`(
        form: String,
        values: [String: String],
        route: String
    ) async throws {
        try await Stage.run { stage in
            let (browser, other) = (stage.browser(), stage.browser())
            try await browser.signIn()
            try await other.signIn()
            let fields = try await browser.form("/account")
            stage.identity.faults.set(.hangUp, for: route)
            let page = try await browser.post("/account/\(form)", fields.merging(values) { $1 })
            #expect(page.status == 503)
            #expect(browser.sessionSecret != nil)
            stage.identity.faults.clear()
            #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
            #expect(try await browser.send(.get, "/user").text.contains("Mel Member"))
        }
    }

    @Test(arguments: ["/account", "/account/delete", "/account/data"])
    func `whoever is not signed in is led to where one signs in`(path: String) async throws {
        try await Stage.run { stage in
            let answer = try await stage.browser().visit(path)
            #expect(answer.status == 303 && answer.location == "/login?to=/account")
            let json = try await stage.browser().send(.get, path, [.accept: "application/json"])
            #expect(json.status == 401)
        }
    }

    @Test
    func `a session that ended elsewhere leads to the sign-in page, though it is remembered`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
            stage.identity.store.revokeSessions(ofUser: "member")
            let answer = try await browser.visit("/account", from: "same-origin")
            #expect(answer.status == 303 && answer.location == "/login?to=/account")
            #expect(try await browser.visit("/members/", from: "same-origin").status == 303)
        }
    }
}

extension Browser {
    /// Opens the account page and posts one of its forms.
    func change(_ form: String, _ values: [String: String]) async throws -> Page {
        let page = form == "delete" ? "/account/delete" : "/account"
        return try await post("/account/\(form)", try await self.form(page).merging(values) { $1 })
    }

    /// The same as a program does.
    func changeByJSON(_ form: String, _ values: [String: String]) async throws -> Page {
        let body = try JSONEncoder().encode(values)
        return try await send(
            .post,
            "/account/\(form)",
            [.contentType: "application/json", .accept: "application/json"],
            Array(body)
        )
    }
}
