import DevIdentity
import Foundation
import HTTPTypes
import Testing
import Theme

@testable import Server

/// The server's own pages speak the language of the page that leads to them, and else that of the browser.
struct LanguageFlowTests {
    @Test func `each page of the server is in the language of where it is asked for`() async throws {
        let release = try TestRelease(languages: ["en", "de", "ar"])
        defer { release.remove() }
        let output = release.output
        try await Stage.run(adapt: { $0.output = output }) { stage in
            let browser = stage.browser()
            for (path, accepted, expected) in Self.visits {
                let page = try await browser.visit(path, accepted.map { [.acceptLanguage: $0] } ?? [:])
                #expect(
                    page.text.contains("<html lang=\"\(expected.language)\""),
                    "\(path) \(accepted ?? "-")"
                )
                #expect(page.text.contains("<h1>\(expected.heading)</h1>"), "\(path) \(accepted ?? "-")")
            }
        }
    }

    private static let visits:
        [(path: String, accepted: String?, expected: (language: String, heading: String))] = [
            ("/login", nil, ("en", "Sign in")),
            ("/login", "de-CH, en;q=0.5", ("de", "Anmelden")),
            ("/login", "fr, en;q=0.5, de;q=0.7", ("de", "Anmelden")),
            ("/login", "xx, *;q=0.1", ("en", "Sign in")),
            ("/login", "de;q=0", ("en", "Sign in")),
            ("/login?to=/de/x/", "en", ("de", "Anmelden")),
            ("/login?to=/about/", "de", ("en", "Sign in")),
            ("/login?to=/account", "de", ("de", "Anmelden")),
            (
                "/login?language=ar&to=/de/x/", "en",
                ("ar", "\u{62a}\u{633}\u{62c}\u{64a}\u{644} \u{627}\u{644}\u{62f}\u{62e}\u{648}\u{644}")
            ),
            ("/login?language=xx", "de", ("de", "Anmelden")),
            ("/nowhere/", "de", ("en", "Page not found")),
            ("/de/nowhere/", "en", ("de", "Seite nicht gefunden")),
            ("/signup?language=de", nil, ("de", "Registrieren")),
        ]

    @Test func `a mistake in a form is told in the language of the form`() async throws {
        let release = try TestRelease(languages: ["en", "de"])
        defer { release.remove() }
        let output = release.output
        try await Stage.run(adapt: { $0.output = output }) { stage in
            let browser = stage.browser()
            let form = try await browser.visit("/login?language=de")
            #expect(form.text.contains("action=\"/login?language=de\""))
            #expect(form.text.contains("href=\"/signup?to=/&amp;language=de\""))
            var values = form.hiddenFields
            values["email"] = "a@b.example"
            values["password"] = "wrong-password"
            let page = try await browser.post("/login?language=de", values)
            #expect(page.text.contains("Die E-Mail-Adresse oder das Passwort ist falsch."))
        }
    }

    @Test func `the account page and its forms speak the visitor's language, ages and all`() async throws {
        let release = try TestRelease(languages: ["en", "ar"])
        defer { release.remove() }
        let output = release.output
        try await Stage.run(adapt: { $0.output = output }) { (stage: Stage) async throws in
            let browser = stage.browser()
            try await browser.signIn()
            stage.clock.advance(3 * 86400 + 60)
            let page = try await browser.visit("/account?language=ar", from: "same-origin")
            #expect(page.text.contains("منذ 3 أيام"))
            #expect(page.text.contains("action=\"/account/name?language=ar\""))
            var values = page.hiddenFields
            values["name"] = String(repeating: "n", count: 129)
            let refused = try await browser.post("/account/name?language=ar", values)
            #expect(refused.text.contains("لا يزيد الاسم على 128 حرفًا."))
            values["name"] = "ميل"
            let saved = try await browser.post("/account/name?language=ar", values)
            #expect(saved.location == "/account?language=ar&done=name")
            let told = try await browser.visit(saved.location, from: "same-origin")
            #expect(told.text.contains("تم حفظ الاسم."))
            stage.identity.store.setMFA(true, user: "member")
            let other = stage.browser()
            var form = try await other.form("/login?language=ar")
            form["email"] = "member@example.com"
            form["password"] = "open-the-gate"
            let led = try await other.post("/login?language=ar", form)
            #expect(led.location == "/login/factor?to=/&language=ar")
            #expect(try await other.visit(led.location, from: "same-origin").text.contains("العامل الثاني"))
        }
    }

    @Test func `every problem has its words`() {
        let problems: [Problem] =
            [
                .malformed, .notFound, .signInNeeded, .secondFactor, .blocked, .passwordReset, .tooLarge,
                .tooSlow, .notAllowed(because: ""),
                .notOurForm, .tooManyRequests, .internalError, .methodNotAllowed(""),
                .unavailable(retryAfter: 1),
                .refused(lacking: []), .wrongPassword, .wrongToken, .notAccepted, .switchedOff,
                .misconfigured,
                .strangeTrip, OAuthRefusal(nil).problem, .wrongOwnPassword, .passwordRefused, .passwordsBusy,
                .passwordFirst, .nameRefused, .emailRefused, .phoneRefused, .lastWayIn, .notConfirmed,
                .secondFactorAgain, .codeRefused, .factorUnavailable, .factorNotCounted, .authenticatorExists,
                .authenticatorFirst, .addressNeeded, .numberNeeded, .noAccount,
            ] + SessionEnd.allCases.map(Problem.signedOut)
        #expect(Set(problems.map(\.code)) == Set(Words.problems))
        for type in Words.refusals {
            #expect(OAuthRefusal("{\"type\":\"\(type)\"}").problem.reason == type)
        }
    }
}
