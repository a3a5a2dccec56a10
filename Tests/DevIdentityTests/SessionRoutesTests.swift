import HTTPTypes
import Testing

@testable import DevIdentity

struct SessionRoutesTests {
    @Test func `a sign-in with the key gives a session whose secret opens the account`() async throws {
        try await Lab().run { caller in
            let body: JSONValue = ["email": "Member@Example.com", "password": "open-the-gate"]
            let session = try await caller.ask(.post, "/account/sessions/email", as: .key, body)
            #expect(session.status == 201)
            #expect(session["provider"] == "email")
            #expect(session.json["factors"] == .list(["password"]))
            #expect(session["expire"] == "2027-07-22T10:00:00.000+00:00")
            #expect((380...420).contains(session["secret"].count))
            let account = try await caller.ask(.get, "/account", as: .session(session["secret"]))
            #expect(account.status == 200)
            #expect(account["email"] == "member@example.com")
        }
    }

    @Test func `without a key the secret is blank and only the cookie has it`() async throws {
        try await Lab().run { caller in
            let body: JSONValue = ["email": "member@example.com", "password": "open-the-gate"]
            let session = try await caller.ask(.post, "/account/sessions", body)
            #expect(session.status == 201)
            #expect(session["secret"] == "")
            let cookies = session.headers[values: .setCookie]
            #expect(cookies.count == 2)
            #expect(
                cookies.contains { $0.hasPrefix("a_session_gatehouse_legacy=") && !$0.contains("samesite") }
            )
            let cookie = try #require(cookies.first { $0.hasPrefix("a_session_gatehouse=") })
            #expect(
                cookie.hasSuffix("expires=Thu, 22-Jul-2027 10:00:00 GMT; path=/; httponly; samesite=None")
            )
            let pair = String(cookie.prefix { $0 != ";" })
            #expect(try await caller.ask(.get, "/account", headers: [.cookie: pair]).status == 200)
        }
    }

    static let wrong: [JSONValue] = [
        ["email": "member@example.com", "password": "not-this-one"],
        ["email": "nobody@example.com", "password": "open-the-gate"],
    ]

    @Test(arguments: wrong)
    func `a wrong password and an unknown address are one answer`(body: JSONValue) async throws {
        try await Lab().run { caller in
            let reply = try await caller.ask(.post, "/account/sessions/email", as: .key, body)
            #expect(reply.status == 401)
            #expect(reply.type == "user_invalid_credentials")
        }
    }

    @Test func `an account with no password is refused like a wrong one`() async throws {
        try await Lab().run { caller in
            _ = try await caller.guest()
            let body: JSONValue = ["email": "", "password": "open-the-gate"]
            #expect(try await caller.ask(.post, "/account/sessions/email", as: .key, body).status == 400)
        }
    }

    @Test func `a blocked account gets no session by password`() async throws {
        try await Lab().run { caller in
            let body: JSONValue = ["email": "blocked@example.com", "password": "open-the-gate"]
            let reply = try await caller.ask(.post, "/account/sessions/email", as: .key, body)
            #expect((reply.status, reply.type) == (403, "user_blocked"))
        }
    }

    static let creating: [(String, JSONValue)] = [
        ("/account/sessions/email", ["email": "member@example.com", "password": "open-the-gate"]),
        ("/account/sessions/anonymous", [:]),
        ("/account/sessions/token", ["userId": "member", "secret": "whatever"]),
    ]

    @Test(arguments: creating)
    func `a session is not made while one is active, with and without a key`(path: String, body: JSONValue)
        async throws
    {
        try await Lab().run { caller in
            let secret = try await caller.signIn()
            for credential in [Credential.session(secret), .both(secret)] {
                let reply = try await caller.ask(.post, path, as: credential, body)
                #expect((reply.status, reply.type) == (401, "user_session_already_exists"))
            }
        }
    }

    @Test func `a guest's session is a user record with no e-mail`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let session = try await caller.ask(.post, "/account/sessions/anonymous", as: .key)
            #expect(session["provider"] == "anonymous")
            #expect(session.json["factors"] == .list(["anonymous"]))
            let account = try await caller.ask(.get, "/account", as: .session(session["secret"]))
            for key in ["email", "name", "phone", "passwordUpdate"] { #expect(account[key] == "") }
            #expect(account.json["prefs"] == [:])
        }
        #expect(lab.store.anonymousUserCount == 1)
    }

    @Test func `a custom token opens one session, once`() async throws {
        try await Lab().run { caller in
            let token = try await caller.ask(.post, "/users/member/tokens", as: .key, [:])
            #expect(token.status == 201)
            #expect(token["secret"].count == 6)
            let body: JSONValue = ["userId": "member", "secret": .text(token["secret"])]
            let session = try await caller.ask(.post, "/account/sessions/token", as: .key, body)
            #expect((session.status, session["provider"]) == (201, "token"))
            #expect(session.json["factors"] == .list(["token"]))
            let again = try await caller.ask(.post, "/account/sessions/token", as: .key, body)
            #expect((again.status, again.type) == (401, "user_invalid_token"))
        }
    }

    @Test func `a token is no good for another user or after its time`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let secret = try await caller.ask(.post, "/users/member/tokens", as: .key, ["expire": 60])[
                "secret"
            ]
            for user in ["pro", "nobody"] {
                let body: JSONValue = ["userId": .text(user), "secret": .text(secret)]
                #expect(try await caller.ask(.post, "/account/sessions/token", as: .key, body).status == 401)
            }
            lab.clock.advance(bySeconds: 61)
            let body: JSONValue = ["userId": "member", "secret": .text(secret)]
            let late = try await caller.ask(.post, "/account/sessions/token", as: .key, body)
            #expect((late.status, late.type) == (401, "user_invalid_token"))
        }
    }

    @Test func `a blocked user gets a session by token and is refused at the next call`() async throws {
        try await Lab().run { caller in
            let secret = try await caller.ask(.post, "/users/blocked/tokens", as: .key, [:])["secret"]
            let body: JSONValue = ["userId": "blocked", "secret": .text(secret)]
            let session = try await caller.ask(.post, "/account/sessions/token", as: .key, body)
            #expect(session.status == 201)
            let account = try await caller.ask(.get, "/account", as: .session(session["secret"]))
            #expect((account.status, account.type) == (403, "user_blocked"))
        }
    }

    @Test func `the list has all sessions, secrets blank, and says which is current`() async throws {
        try await Lab().run { caller in
            _ = try await caller.signIn()
            let secret = try await caller.signIn()
            let list = try await caller.ask(.get, "/account/sessions", as: .session(secret))
            let sessions = try #require(list.json["sessions"]?.list)
            #expect(list.json["total"] == 2)
            #expect(sessions.map { $0["current"]?.flag } == [false, true])
            #expect(sessions.allSatisfy { $0["secret"] == "" })
        }
    }

    @Test func `a deleted current session is over and its cookies expire`() async throws {
        try await Lab().run { caller in
            let secret = try await caller.signIn()
            let reply = try await caller.ask(.delete, "/account/sessions/current", as: .session(secret), [:])
            #expect(reply.status == 204)
            #expect(reply.headers[.contentType] != nil)
            #expect(reply[header: "X-Fallback-Cookies"] == "[]")
            #expect(
                reply.headers[values: .setCookie].allSatisfy { $0.contains("=; expires=Thu, 01-Jan-1970") }
            )
            let after = try await caller.ask(.get, "/account", as: .session(secret))
            #expect((after.status, after.type) == (401, "general_unauthorized_scope"))
        }
    }

    @Test func `all sessions can be ended at once`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            _ = try await caller.signIn()
            let secret = try await caller.signIn()
            #expect(try await caller.ask(.delete, "/account/sessions", as: .session(secret)).status == 204)
        }
        #expect(lab.store.sessionCount == 0)
    }

    @Test func `somebody else's session is not found`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            _ = try await caller.signIn("pro@example.com")
            let id = try #require(lab.store.sessionIDs(ofUser: "pro").first)
            let secret = try await caller.signIn()
            for method in [HTTPRequest.Method.get, .patch, .delete] {
                let reply = try await caller.ask(method, "/account/sessions/\(id)", as: .session(secret))
                #expect((reply.status, reply.type) == (404, "user_session_not_found"))
            }
        }
    }

    @Test func `a session lives for its time, and longer only when prolonged`() async throws {
        let lab = Lab { $0.sessionDuration = 3600 }
        try await lab.run { caller in
            let (kept, left) = (try await caller.signIn(), try await caller.signIn())
            lab.clock.advance(bySeconds: 3000)
            let prolonged = try await caller.ask(.patch, "/account/sessions/current", as: .session(kept))
            // 1.9.6 answers this one without T and zone.
            #expect(prolonged["expire"] == "2026-07-22 11:50:00.000")
            lab.clock.advance(bySeconds: 601)
            #expect(try await caller.ask(.get, "/account", as: .session(kept)).status == 200)
            let expired = try await caller.ask(.get, "/account", as: .session(left))
            #expect((expired.status, expired.type) == (401, "general_unauthorized_scope"))
        }
    }

    @Test func `the forwarded user agent counts with a key only`() async throws {
        let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
        try await Lab().run { caller in
            let header: HTTPFields = [.forwardedAgent: agent, .userAgent: "curl/8"]
            let withKey = try await caller.ask(
                .post,
                "/account/sessions/anonymous",
                as: .key,
                headers: header
            )
            #expect((withKey["clientName"], withKey["osName"]) == ("Firefox", "GNU/Linux"))
            let without = try await caller.ask(.post, "/account/sessions/anonymous", headers: header)
            #expect(without["clientName"] == "curl")
        }
    }
}
