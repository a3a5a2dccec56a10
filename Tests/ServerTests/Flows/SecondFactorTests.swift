import DevIdentity
import Foundation
import HTTPTypes
import Testing

@testable import Server

/// Setting up an authenticator program, signing in with it, and all that goes wrong.
struct SecondFactorTests {
    @Test
    func `a member sets up an authenticator, and signs in with it from then on`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let browser = stage.browser()
            let (app, codes) = try await browser.setUpAuthenticator()
            #expect(codes.count == 6)
            // This session goes on; its account page tells how things stand.
            let account = try await browser.visit("/account", from: "same-origin")
            #expect(account.status == 200 && account.text.contains("Make new recovery codes"))
            for secret in codes { #expect(!account.text.contains(secret)) }
            let phone = stage.browser()
            #expect(try await phone.signIn(to: "/about/").location == "/login/factor?to=/about/")
            #expect(try await phone.visit("/members/", from: "same-origin").status == 303)
            var form = try await phone.form("/login/factor?to=/members/")
            #expect(form["factor"] == "totp")
            form["code"] = " \(app.code().prefix(3)) \(app.code().suffix(3)) "
            let shown = try await phone.post("/login/factor", form)
            #expect(shown.status == 303 && shown.location == "/members/")
            #expect(try await phone.visit("/members/", from: "same-origin").status == 200)
        }
    }

    @Test
    func `the other sessions of a member lack a second factor once it is switched on`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let (laptop, phone) = (stage.browser(), stage.browser())
            try await phone.signIn()
            #expect(try await phone.visit("/members/", from: "same-origin").status == 200)
            _ = try await laptop.setUpAuthenticator()
            let answer = try await phone.visit("/members/", from: "same-origin")
            #expect(answer.location == "/login/factor?to=/members/")
        }
    }

    @Test
    func `the page that sets it up is kept by nobody, and shows its secret as a picture and as text`()
        async throws
    {
        try await Stage.run { (stage: Stage) async throws in
            let browser = stage.browser()
            try await browser.signIn()
            let page = try await browser.change("authenticator", [:])
            #expect(page.status == 200 && page.fields[.cacheControl] == "private, no-store")
            #expect(page.text.contains("<svg class=\"qr\"") && page.text.contains("d=\"M4 4h7v1h-7z"))
            let wrong = try await browser.post(
                "/account/authenticator/confirm",
                page.hiddenFields.merging(["code": "x"]) { $1 }
            )
            // The same secret again: whoever scanned it need not do so a second time.
            #expect(wrong.status == 403 && wrong.text.contains("The code is wrong"))
            #expect(wrong.shownSecret == page.shownSecret && page.shownSecret != nil)
            #expect(wrong.text.contains("<svg class=\"qr\""))
            var forged = page.hiddenFields
            forged["set_up"] = forged["set_up"].map { $0 + "0" }
            forged["code"] = "x"
            let refused = try await browser.post("/account/authenticator/confirm", forged)
            #expect(refused.status == 403 && !refused.text.contains("<svg class=\"qr\""))
        }
    }

    @Test
    func `a recovery code opens the account once`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let (_, codes) = try await stage.browser().setUpAuthenticator()
            let code = try #require(codes.first)
            for status in [303, 403] {
                let browser = stage.browser()
                try await browser.signIn()
                var form = try await browser.form("/login/factor?to=/members/")
                form["factor"] = "recoveryCode"
                let page = try await browser.post("/login/factor", form)
                #expect(page.status == 200 && page.hiddenFields["challenge"] != nil)
                form = page.hiddenFields.merging(["factor": "recoveryCode", "code": code]) { $1 }
                #expect(try await browser.post("/login/factor", form).status == status)
            }
        }
    }

    @Test
    func `codes cannot be guessed, from however many browsers`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let (app, _) = try await stage.browser().setUpAuthenticator()
            for round in 0..<2 {
                let browser = stage.browser()
                try await browser.signIn()
                var form = try await browser.form("/login/factor")
                for _ in 0..<5 {
                    let page = try await browser.post(
                        "/login/factor",
                        form.merging(["code": app.wrongCode]) { $1 }
                    )
                    #expect(page.status == 403 && page.text.contains("The code is wrong"))
                    form = page.hiddenFields.merging(["factor": "totp"]) { $1 }
                }
                if round == 1 {
                    let page = try await browser.post(
                        "/login/factor",
                        form.merging(["code": app.code()]) { $1 }
                    )
                    #expect(page.status == 429 && page.fields[.init("Retry-After") ?? .accept] != nil)
                    #expect(try await browser.visit("/members/", from: "same-origin").status == 303)
                }
            }
            // Ten wrong codes were ten answers to two questions.
            #expect(stage.identity.ledger.count("PUT /account/mfa/challenges") == 10)
            #expect(stage.identity.ledger.count("POST /account/mfa/challenges") == 2)
        }
    }

    @Test
    func `a question is answered by the session that it was asked of`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let (app, _) = try await stage.browser().setUpAuthenticator()
            let (one, other) = (stage.browser(), stage.browser())
            var challenges: [String] = []
            for browser in [one, other] {
                try await browser.signIn()
                var form = try await browser.form("/login/factor")
                form["code"] = app.wrongCode
                let page = try await browser.post("/login/factor", form)
                challenges.append(try #require(page.hiddenFields["challenge"]))
            }
            stage.identity.ledger.clear()
            var form = try await one.form("/login/factor")
            form["challenge"] = challenges[1]
            form["code"] = app.code()
            // What is not this session's is not used: a question of its own is asked.
            #expect(try await one.post("/login/factor", form).status == 303)
            #expect(stage.identity.ledger.count("POST /account/mfa/challenges") == 1)
        }
    }

    @Test
    func `programs show a second factor in JSON`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let (app, _) = try await stage.browser().setUpAuthenticator()
            let browser = stage.browser()
            let json: HTTPFields = [.contentType: "application/json", .accept: "application/json"]
            let entry = Array(#"{"email":"member@example.com","password":"open-the-gate"}"#.utf8)
            #expect(try await browser.send(.post, "/login", json, entry).status == 401)
            let asked = try await browser.send(.get, "/login/factor", [.accept: "application/json"])
            #expect(
                asked.text == #"{"factor":"totp","factors":["totp","email","recoveryCode"],"success":true}"#
            )
            func post(_ body: String) async throws -> Page {
                try await browser.send(.post, "/login/factor", json, Array(body.utf8))
            }
            let wrong = try await post(#"{"factor":"totp","code":"\#(app.wrongCode)"}"#)
            #expect(wrong.status == 403 && wrong.text.contains("\"code\":\"code_refused\""))
            let unknown = try await post(#"{"factor":"password","code":"open-the-gate"}"#)
            #expect(unknown.status == 409 && unknown.text.contains("factor_unavailable"))
            let right = try await post(#"{"factor":"totp","code":"\#(app.code())"}"#)
            #expect(right.status == 200 && right.text == #"{"success":true}"#)
            #expect(try await browser.send(.get, "/user").status == 200)
        }
    }

    @Test
    func `programs set up an authenticator in JSON`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let browser = stage.browser()
            try await browser.signIn()
            let begun = try await browser.changeByJSON("authenticator", [:])
            let fields = try JSONDecoder().decode([String: Value].self, from: Data(begun.body))
            let app = try #require(AuthenticatorApp(secret: fields["secret"]?.text ?? ""))
            #expect(fields["uri"]?.text?.hasPrefix("otpauth://totp/") == true)
            let confirmed = try await browser.changeByJSON("authenticator/confirm", ["code": app.code()])
            #expect(confirmed.status == 200 && confirmed.text.contains("\"recovery_codes\":["))
            let again = try await browser.changeByJSON("authenticator", [:])
            #expect(again.status == 409 && again.text.contains("authenticator_exists"))
        }
    }

    @Test(arguments: ["authenticator/remove", "second-factor/off", "recovery-codes", "delete"])
    func `what matters asks for a second factor again, and then does it`(change: String) async throws {
        let values = change == "delete" ? ["confirm": "member@example.com"] : [:]
        try await Stage.run { (stage: Stage) async throws in
            let browser = stage.browser()
            let (app, codes) = try await browser.setUpAuthenticator()
            let answer = try await browser.change(change, values)
            #expect(answer.status == 303 && answer.location == "/login/factor?to=/account&again")
            let json = try await browser.changeByJSON(change, values)
            #expect(json.status == 401 && json.text.contains("\"code\":\"second_factor_again\""))
            var form = try await browser.form(answer.location)
            #expect(form["again"] == "1" && form["factor"] == "totp")
            form["code"] = app.code()
            #expect(try await browser.post("/login/factor", form).location == "/account")
            let done = try await browser.change(change, values)
            let later = stage.browser()
            switch change {
            case "recovery-codes":
                #expect(done.status == 200 && done.recoveryCodes.count == 6)
                #expect(Set(done.recoveryCodes).isDisjoint(with: codes))
                #expect(try await later.signIn(to: "/about/").location == "/login/factor?to=/about/")
            case "delete":
                #expect(done.status == 200 && done.text.contains("Your account is gone"))
                #expect(try await later.signIn().status == 401)
            default:
                #expect(done.status == 303 && done.location.hasPrefix("/account?done="))
                #expect(try await later.signIn(to: "/about/").location == "/about/")
                #expect(try await later.visit("/members/", from: "same-origin").status == 200)
            }
        }
    }

    @Test
    func `a second factor is not switched on without an authenticator`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let browser = stage.browser()
            try await browser.signIn()
            let page = try await browser.change("second-factor/on", [:])
            #expect(page.status == 409 && page.text.contains("Set one up before"))
            #expect(stage.identity.ledger.count("PATCH /account/mfa") == 0)
            #expect(try await browser.change("recovery-codes", [:]).status == 409)
        }
    }

    @Test(arguments: [
        "POST /account/mfa/authenticators/{type}", "PUT /account/mfa/authenticators/{type}",
        "PATCH /account/mfa", "POST /account/mfa/recovery-codes",
    ])
    func `where Appwrite falls silent on the way, nobody is locked out`(route: String) async throws {
        try await Stage.run { (stage: Stage) async throws in
            let browser = stage.browser()
            try await browser.signIn()
            let form = try await browser.form("/account")
            stage.identity.faults.set(.hangUp, for: route)
            let page = try await browser.post("/account/authenticator", form)
            if route.hasPrefix("POST /account/mfa/authenticators") {
                #expect(page.status == 503)
                return
            }
            let app = try #require(AuthenticatorApp(secret: page.shownSecret ?? ""))
            let confirmation = page.hiddenFields.merging(["code": app.code()]) { $1 }
            #expect(try await browser.post("/account/authenticator/confirm", confirmation).status == 503)
            stage.identity.faults.clear()
            #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
            // Whatever was done of it, the account page goes on from there.
            let account = try await browser.visit("/account", from: "same-origin")
            let next = [
                "PUT /account/mfa/authenticators/{type}": "Set up an authenticator app",
                "PATCH /account/mfa": "Switch on", "POST /account/mfa/recovery-codes": "Make recovery codes",
            ]
            #expect(account.text.contains(next[route] ?? "?"))
        }
    }

    @Test
    func `where Appwrite falls silent at the second factor, the session goes on waiting`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let (app, _) = try await stage.browser().setUpAuthenticator()
            let browser = stage.browser()
            try await browser.signIn()
            for route in ["POST /account/mfa/challenges", "PUT /account/mfa/challenges"] {
                let form = try await browser.form("/login/factor?to=/members/")
                stage.identity.faults.set(.hangUp, for: route)
                let values = form.merging(["code": app.code()]) { $1 }
                #expect(try await browser.post("/login/factor", values).status == 503)
                stage.identity.faults.clear()
                #expect(browser.sessionSecret != nil)
                #expect(try await browser.visit("/members/", from: "same-origin").status == 303)
            }
        }
    }

    @Test
    func `no log line holds a secret, a code or a recovery code`() async throws {
        let lines = LogLines()
        try await Stage.run(logger: lines.logger) { (stage: Stage) async throws in
            let browser = stage.browser()
            try await browser.signIn()
            let page = try await browser.change("authenticator", [:])
            let secret = try #require(page.shownSecret)
            let app = try #require(AuthenticatorApp(secret: secret))
            let code = app.code()
            let codes = try await browser.post(
                "/account/authenticator/confirm",
                page.hiddenFields.merging(["code": code]) { $1 }
            ).recoveryCodes
            #expect(codes.count == 6)
            let told = lines.all.map { "\($0.message) \($0.metadata)" }.joined(separator: "\n")
            for word in codes + [secret.filter { $0 != " " }, code] { #expect(!told.contains(word)) }
            #expect(told.contains("second_factor_on"))
        }
    }
}

private struct Value: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
        // `success` is no text.
        text = try? decoder.singleValueContainer().decode(String.self)
    }
}

extension Page {
    /// The secret as the page that sets up an authenticator shows it.
    var shownSecret: String? {
        text.firstMatch(of: #/class="secret"[^>]*><code>([^<]*)</#).map { String($0.output.1) }
    }

    var recoveryCodes: [String] {
        text.matches(of: #/<li><code>([^<]*)<\/code><\/li>/#).map { String($0.output.1) }
    }
}

extension Browser {
    /// Signs in and sets up an authenticator, as a member does.
    func setUpAuthenticator(_ email: String = "member@example.com") async throws -> (
        app: AuthenticatorApp, codes: [String]
    ) {
        try await signIn(email)
        let page = try await change("authenticator", [:])
        guard let app = AuthenticatorApp(secret: page.shownSecret ?? "") else {
            throw CocoaError(.coderInvalidValue)
        }
        let done = try await post(
            "/account/authenticator/confirm",
            page.hiddenFields.merging(["code": app.code()]) { $1 }
        )
        return (app, done.recoveryCodes)
    }
}
