import DevIdentity
import Foundation
import HTTPTypes
import Settings
import Testing

@testable import Server

/// A forgotten password, and addresses and numbers that are proved.
struct RecoveryFlowTests {
    @Test
    func `a forgotten password is replaced by way of the mail, and every session ends`() async throws {
        try await Stage.run { stage in
            let elsewhere = stage.browser()
            _ = try await elsewhere.signIn()
            #expect(try await elsewhere.visit("/members/", from: "same-origin").status == 200)
            let browser = stage.browser()
            #expect(try await browser.visit("/login").text.contains("href=\"/recover?to=/"))
            let sent = try await browser.recover("Member@example.com")
            #expect(sent.status == 200 && sent.text.contains("member@example.com"))
            let link = try stage.mailedPath("member@example.com")
            let page = try await browser.visit(link, from: "cross-site")
            #expect(page.status == 200)
            #expect(page.fields[.init("Referrer-Policy") ?? .accept] == "no-referrer")
            var form = page.hiddenFields
            form["password"] = "short"
            let refused = try await browser.post("/recover/confirm", form)
            #expect(refused.status == 400 && refused.hiddenFields["secret"] == form["secret"])
            form["password"] = "brand-new-one"
            let done = try await browser.post("/recover/confirm", form)
            #expect((done.status, done.location) == (303, "/login?done=recovered"))
            #expect(try await browser.visit(done.location).text.contains("The new password is saved"))
            let ended = try await elsewhere.visit("/members/", from: "same-origin")
            #expect(ended.status == 303 && ended.location.hasPrefix("/login"))
            #expect(try await browser.signIn(password: "brand-new-one").status == 303)
            // The link is used up.
            #expect(try await browser.post("/recover/confirm", form).status == 401)
        }
    }

    @Test(arguments: ["nobody@example.com", "blocked@example.com"])
    func `whoever has no account, or may not have a new password, sees the same`(email: String) async throws {
        try await Stage.run { stage in
            let known = try await stage.browser().recover("member@example.com")
            let other = try await stage.browser().recover(email)
            #expect(known.status == 200 && other.status == 200)
            #expect(other.plain(without: email) == known.plain(without: "member@example.com"))
            #expect(stage.identity.store.outbox.map(\.receiver) == ["member@example.com"])
        }
    }

    @Test
    func `a recovery that was made up costs tries`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            var statuses: [Int] = []
            for _ in 0..<12 {
                var form = try await browser.visit("/recover/confirm?userId=member&secret=abc").hiddenFields
                form["password"] = "brand-new-one"
                statuses.append(try await browser.post("/recover/confirm", form).status)
            }
            #expect(statuses == Array(repeating: 401, count: 10) + [429, 429])
        }
    }

    @Test
    func `a new member gets a mail, and one button verifies the address`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            var form = try await browser.form("/signup")
            form["email"] = "new@example.com"
            form["password"] = "long-enough"
            #expect(try await browser.post("/signup", form).status == 303)
            let link = try stage.mailedPath("new@example.com")
            let page = try await browser.visit(link, from: "cross-site")
            #expect(page.status == 200)
            // Looking at it proves nothing.
            let before = try await browser.visit("/account", from: "same-origin")
            #expect(before.text.contains("/account/email/verify"))
            let done = try await browser.post("/verify", page.hiddenFields)
            #expect((done.status, done.location) == (303, "/account?done=verified"))
            let after = try await browser.visit(done.location, from: "same-origin")
            #expect(!after.text.contains("/account/email/verify") && after.text.contains("It is verified."))
            #expect(try await browser.post("/verify", page.hiddenFields).status == 401)
        }
    }

    @Test
    func `the mail that verifies an address is sent again from the account page`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            _ = try await browser.signIn("unverified@example.com")
            let page = try await browser.visit("/account", from: "same-origin")
            #expect(page.text.contains("action=\"/account/email/verify\""))
            let sent = try await browser.post("/account/email/verify", page.hiddenFields)
            #expect((sent.status, sent.location) == (303, "/account?done=mail_sent"))
            // In another browser, by nobody who is signed in.
            let other = stage.browser()
            let done = try await other.follow(try stage.mailedPath("unverified@example.com"))
            #expect(done.location == "/login?done=verified")
            let verified = try await browser.visit("/account", from: "same-origin")
            #expect(!verified.text.contains("/account/email/verify"))
            // Asking for it once more is no mistake.
            #expect(try await browser.post("/account/email/verify", page.hiddenFields).status == 303)
        }
    }

    @Test
    func `a sign-up without a mail server is one all the same`() async throws {
        try await Stage.run { stage in
            stage.identity.faults.set(
                .refusal(503, "general_smtp_disabled"),
                for: "POST /account/verifications/email"
            )
            let browser = stage.browser()
            var form = try await browser.form("/signup")
            form["email"] = "new@example.com"
            form["password"] = "long-enough"
            #expect(try await browser.post("/signup", form).status == 303)
            #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
        }
    }

    @Test
    func `a number is verified by a code`() async throws {
        try await Stage.run { stage in
            stage.identity.store.setPhone("+49301234567", isVerified: false, user: "member")
            let browser = stage.browser()
            _ = try await browser.signIn()
            let account = try await browser.visit("/account", from: "same-origin")
            var form = try await browser.post("/account/phone/verify", account.hiddenFields).hiddenFields
            #expect(form["phone"] == "+49301234567")
            form["code"] = "x"
            let refused = try await browser.post("/account/phone/confirm", form)
            #expect(
                refused.status == 403 && refused.text.contains("That code") || refused.text.contains("wrong")
            )
            form["code"] = stage.identity.store.lastMessage(to: "+49301234567")?.code
            let done = try await browser.post("/account/phone/confirm", form)
            #expect((done.status, done.location) == (303, "/account?done=verified"))
            let page = try await browser.visit("/account", from: "same-origin")
            #expect(!page.text.contains("/account/phone/verify"))
        }
    }

    static let paces: [(Duration, Duration, Duration)] = [
        (.milliseconds(500), .milliseconds(3), .milliseconds(497)),
        (.milliseconds(500), .milliseconds(180), .milliseconds(320)),
        (.milliseconds(500), .milliseconds(500), .zero),
        (.milliseconds(500), .milliseconds(501), .milliseconds(499)),
        (.milliseconds(500), .zero, .milliseconds(500)), (.zero, .milliseconds(7), .zero),
    ]

    @Test(arguments: paces)
    func `answers wait for the next moment`(step: Duration, taken: Duration, rest: Duration) {
        let found = Pace(step: step).rest(after: taken)
        #expect(abs((found - rest) / .microseconds(1)) < 1)
    }

    @Test
    func `a refused sign-in and a recovery are held, whoever it was about`() async throws {
        try await Stage.run(adapt: { $0.pace = .milliseconds(300) }) { stage in
            for email in ["member@example.com", "nobody@example.com"] {
                let browser = stage.browser()
                var form = try await browser.form("/login")
                form["email"] = email
                form["password"] = "not-this-one"
                var began = ContinuousClock.now
                #expect(try await browser.post("/login", form).status == 401)
                #expect(ContinuousClock.now - began > .milliseconds(290))
                began = .now
                #expect(try await browser.recover(email).status == 200)
                #expect(ContinuousClock.now - began > .milliseconds(290))
            }
        }
    }
}

extension Browser {
    func recover(_ email: String) async throws -> Page {
        var form = try await form("/recover")
        form["email"] = email
        return try await post("/recover", form)
    }
}
