import DevIdentity
import Foundation
import Gate
import Ground
import HTTPTypes
import Hooks
import Settings
import Synchronization
import Testing

@testable import Server

/// What is told of a visitor's ways, and to whom.
@Suite(.timeLimit(.minutes(1))) struct EventFlowTests {
    /// Remembers what it hears, and refuses where it is told to.
    private final class Recorder: AuthHook {
        private let heard = Mutex<[AuthEvent]>([])
        private let asked = Mutex<[AuthAttempt]>([])
        let verdict: AuthVerdict

        init(_ verdict: AuthVerdict = .allow) { self.verdict = verdict }

        func observe(_ event: AuthEvent) async { heard.withLock { $0.append(event) } }
        func authorize(_ attempt: AuthAttempt) async -> AuthVerdict {
            asked.withLock { $0.append(attempt) }
            return verdict
        }

        var attempts: [AuthAttempt] { asked.withLock { $0 } }

        /// The first event of a kind; it comes a moment after the answer.
        func first(_ kind: AuthEvent.Kind) async throws -> AuthEvent {
            while true {
                if let event = heard.withLock({ $0.first { $0.kind == kind } }) { return event }
                try Task.checkCancellation()
                await Task.yield()
            }
        }
    }

    /// Runs a test with a hook and an audit log, and gives back the log's text.
    private func audited(
        _ recorder: Recorder,
        limit: RateLimit = RateLimit(120, perSeconds: 60),
        _ test: @escaping @Sendable (Stage) async throws -> Void
    ) async throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "audit-\(UUID().uuidString)")
        defer {
            // What stays behind lies in the temporary folder.
            try? FileManager.default.removeItem(at: file)
        }
        try await Stage.run(
            adapt: { options in
                options.hooks = [recorder]
                options.audit = file.path
            },
            site: { $0.guests.unidentifiedLimit = limit },
            test
        )
        return try String(contentsOf: file, encoding: .utf8)
    }

    @Test func `signing in, being refused, revoking and signing out are told`() async throws {
        let recorder = Recorder()
        let secrets = Mutex<[String]>([])
        let log = try await audited(recorder) { stage in
            let browser = stage.browser()
            try await browser.signIn(password: "a wrong password")
            try await browser.signIn()
            secrets.withLock { $0.append(browser.sessionSecret ?? "") }
            #expect(try await browser.visit("/staff/").status == 403)
            let other = stage.browser()
            try await other.signIn()
            let account = try await browser.visit("/account")
            let revoke = try #require(
                account.text.matches(of: #/action="(/account/sessions/[^"]*/revoke)"/#).map { String($0.1) }
                    .last
            )
            _ = try await browser.post(revoke, account.hiddenFields)
            let token = try await browser.form("/account")
            _ = try await browser.post("/logout", token)

            let refused = try await recorder.first(.refused)
            #expect(refused.way == "password" && refused.reason == "invalid_credentials")
            #expect(refused.address == "127.0.0.1" && refused.user == nil)
            let signIn = try await recorder.first(.signIn)
            #expect(signIn.way == "password" && signIn.user != nil && signIn.session != nil)
            #expect(signIn.request?.count == 22)
            #expect(try await recorder.first(.sessionRevoked).user == signIn.user)
            #expect(try await recorder.first(.signOut).user == signIn.user)
        }
        let kinds = log.split(separator: "\n").compactMap { AuthEvent(json: Array($0.utf8))?.kind }
        #expect(kinds == [.refused, .signIn, .refused, .signIn, .sessionRevoked, .signOut])
        for secret in secrets.withLock({ $0 }) + ["open-the-gate", "a wrong password", Stage.apiKey] {
            #expect(secret.count > 8 && !log.contains(secret))
        }
    }

    @Test func `a guest, and what becomes of it, are told`() async throws {
        let recorder = Recorder()
        _ = try await audited(recorder) { stage in
            let browser = stage.browser()
            _ = try await browser.visit("/")
            _ = try await browser.visit("/")
            let guest = try await recorder.first(.guest)
            #expect(guest.user != nil && guest.address == "127.0.0.1")
            var form = try await browser.form("/signup")
            form["email"] = "new@example.com"
            form["password"] = "correct horse"
            #expect(try await browser.post("/signup", form).status == 303)
            #expect(try await recorder.first(.converted).user == guest.user)
            #expect(try await recorder.first(.signUp).user == guest.user)
        }
    }

    @Test func `who asks too often is told of once a minute`() async throws {
        let recorder = Recorder()
        let log = try await audited(recorder, limit: RateLimit(1, perSeconds: 60)) { stage in
            for _ in 0..<5 { _ = try await stage.browser().visit("/about/") }
            #expect(try await recorder.first(.rateLimited).reason == "address")
        }
        #expect(log.split(separator: "\n").count { $0.contains("rate_limited") } == 1)
    }

    @Test func `whoever must wait longer and longer is told of by our own limit`() async throws {
        let recorder = Recorder()
        _ = try await audited(recorder) { stage in
            let browser = stage.browser()
            for _ in 0..<11 { _ = try await browser.signIn(password: "not-this-one") }
            #expect(try await recorder.first(.rateLimited).reason == "sign-in")
        }
    }

    @Test func `each way of failing is written down, and no secret with it`() async throws {
        let log = try await audited(Recorder()) { stage in
            let browser = stage.browser()
            _ = try await browser.visit("/oauth/success?trip=x&userId=member&secret=y", from: "cross-site")
            let trip = try await browser.visit("/oauth/github", from: "same-origin")
            #expect(trip.status == 303)
            let nonce = try #require(browser.trips.first?.split(separator: "~")[1])
            _ = try await browser.visit("/oauth/success?trip=\(nonce)&userId=member&secret=short1")
            _ = try await browser.visit("/oauth/success?trip=\(nonce)&userId=member&secret=short2")
            _ = try await browser.signIn("careful@example.com")
            var form = try await browser.form("/login/factor")
            form["factor"] = "totp"
            form["code"] = "wrong-one"
            #expect(try await browser.post("/login/factor", form).status == 403)
        }
        for (way, reason) in [
            ("oauth", "oauth_not_started_here"), ("oauth", "invalid_token"), ("factor:totp", "code_refused"),
        ] {
            #expect(log.contains("\"reason\":\"\(reason)\"") && log.contains("\"way\":\"\(way)\""))
        }
        #expect(log.split(separator: "\n").count { $0.contains("invalid_token") } == 2)
        for secret in ["short1", "short2", "wrong-one"] { #expect(!log.contains(secret)) }
    }

    @Test func `a new release is told`() async throws {
        let recorder = Recorder()
        _ = try await audited(recorder) { stage in
            try stage.release.add(id: "20261123T101501Z-bbbbbb", pages: TestRelease.pages)
            #expect(try await recorder.first(.published).release == "20261123T101501Z-bbbbbb")
        }
    }

    @Test func `a hook that refuses keeps the session from the visitor, and ends it`() async throws {
        let recorder = Recorder(.refuse("Not from <here>."))
        _ = try await audited(recorder) { stage in
            let browser = stage.browser()
            let page = try await browser.signIn()
            #expect(page.status == 403)
            #expect(page.text.contains("Not from &lt;here&gt;."))
            #expect(browser.sessionSecret == nil)
            let attempt = try #require(recorder.attempts.first)
            #expect(attempt.kind == .signIn && attempt.way == "password" && attempt.user != nil)
            #expect(
                stage.identity.ledger.entries.contains {
                    $0.route == "DELETE /users/{userId}/sessions/{sessionId}"
                }
            )
            #expect(try await recorder.first(.refused).reason == "not_allowed")

            let json = try await browser.send(
                .post,
                "/login",
                [.contentType: "application/json"],
                Array(#"{"email":"member@example.com","password":"open-the-gate"}"#.utf8)
            )
            #expect(json.status == 403)
            #expect(json.text.contains(#""code":"not_allowed""#) && json.setCookies.isEmpty)
        }
    }

    @Test func `a hook that refuses a sign-up is asked before an account is made`() async throws {
        let recorder = Recorder(.refuse(""))
        _ = try await audited(recorder) { stage in
            let browser = stage.browser()
            var form = try await browser.form("/signup")
            form["email"] = "New@Example.com"
            form["password"] = "correct horse"
            let page = try await browser.post("/signup", form)
            #expect(page.status == 403)
            #expect(page.text.contains("does not admit"))
            #expect(!stage.identity.ledger.entries.contains { $0.route == "POST /account" })
            let attempt = try #require(recorder.attempts.first)
            #expect(try await recorder.first(.refused).reason == "not_allowed")
            #expect(attempt.kind == .signUp && attempt.email == "new@example.com" && attempt.user == nil)
        }
    }

    @Test func `what a hook could not be told waits on the disk, and no visitor waits with it`() async throws
    {
        let state = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID().uuidString)")
        defer {
            // What stays behind lies in the temporary folder.
            try? FileManager.default.removeItem(at: state)
        }
        let hook = HookSettings(
            name: "crm",
            url: "http://127.0.0.1:9/",
            events: [.signIn],
            secret: SecretSetting(name: "HOOK_SECRET", place: Place(file: "site.config"))
        )
        try await Stage.run(adapt: { options in
            options.webhooks = [(hook, [Secret("hushhush")])]
            options.state = state.path
        }) { stage in
            let answer = try await stage.browser().signIn()
            #expect(answer.status == 303)
        }
        let spool = try Spool(folder: state.path + "/hooks/crm")
        #expect(spool.count == 1)
        let names = try FileManager.default.contentsOfDirectory(atPath: spool.folder)
        let text = try names.map { try String(contentsOfFile: spool.folder + "/" + $0, encoding: .utf8) }
            .joined()
        #expect(text.contains("sign_in") && !text.contains("open-the-gate") && !text.contains("hushhush"))
    }
}
