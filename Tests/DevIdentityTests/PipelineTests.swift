import Ground
import HTTPTypes
import Testing

@testable import DevIdentity

/// The order of the steps is what a client sees: the first thing wrong is the one that is answered.
struct PipelineTests {
    @Test func `a foreign origin is refused before the project is looked at`() async throws {
        try await Lab().run { caller in
            let headers: HTTPFields = [.origin: "https://evil.example", .project: "nonsense"]
            let reply = try await caller.ask(.get, "/account", headers: headers)
            #expect((reply.status, reply.type) == (403, "general_unknown_origin"))
        }
    }

    static let origins = [
        ("http://localhost:8080", 401), ("https://127.0.0.1", 401), ("http://[::1]:3000", 401),
        ("https://localhost.evil.example", 403), ("null", 403),
    ]

    @Test(arguments: origins)
    func `an origin is judged by its host name alone`(origin: String, status: Int) async throws {
        try await Lab().run { caller async throws in
            #expect(try await caller.ask(.get, "/account", headers: [.origin: origin]).status == status)
        }
    }

    @Test func `a key makes the origin not matter`() async throws {
        try await Lab().run { caller in
            let reply = try await caller.ask(
                .get,
                "/users/member",
                as: .key,
                headers: [.origin: "https://evil.example"]
            )
            #expect(reply.status == 200)
        }
    }

    @Test func `an unknown project is refused before the key is looked at`() async throws {
        try await Lab().run { caller in
            let headers: HTTPFields = [.project: "nonsense", .key: "standard_wrong"]
            let reply = try await caller.ask(.get, "/account", headers: headers)
            #expect((reply.status, reply.type) == (404, "project_not_found"))
        }
    }

    @Test func `the project in the query wins over the header`() async throws {
        try await Lab().run { caller in
            let reply = try await caller.ask(.get, "/ping?project=gatehouse", headers: [.project: "nonsense"])
            #expect((reply.status, reply.text) == (200, "Pong!"))
        }
    }

    @Test func `without a project a caller is at the console, where nobody is signed in`() async throws {
        try await Lab().run { caller in
            let secret = try await caller.signIn()
            let none: HTTPFields = [.project: ""]
            let account = try await caller.ask(.get, "/account", as: .session(secret), headers: none)
            #expect((account.status, account.type) == (401, "general_unauthorized_scope"))
            #expect(try await caller.ask(.get, "/health/version", headers: none).status == 200)
            #expect(try await caller.ask(.get, "/ping", headers: none).type == "project_not_found")
            let guest = try await caller.ask(.post, "/account/sessions/anonymous", headers: none)
            #expect(guest.type == "user_anonymous_console_prohibited")
        }
    }

    static let keys = [
        ("standard_wrong", 401, "user_unauthorized"), ("ephemeral_wrong", 401, "user_unauthorized"),
        ("nounderscore", 401, "user_unauthorized"), ("unknown_kind", 401, "general_unauthorized_scope"),
        ("standard_old", 401, "project_key_expired"),
    ]

    @Test(arguments: keys)
    func `a key that is not good is refused by its kind`(key: String, status: Int, type: String) async throws
    {
        let lab = Lab {
            $0.keys.append(
                IdentityKey(
                    secret: Secret("standard_old"),
                    scopes: IdentityKey.everyday,
                    expires: Moment(milliseconds: 1)
                )
            )
        }
        try await lab.run { caller in
            let reply = try await caller.ask(.get, "/users/member", headers: [.key: key])
            #expect((reply.status, reply.type) == (status, type))
        }
    }

    @Test func `a missing scope hides a bad argument`() async throws {
        let lab = Lab { $0.keys = [IdentityKey(secret: Secret(Lab.keyText), scopes: ["users.read"])] }
        try await lab.run { caller in
            let reply = try await caller.ask(
                .post,
                "/account/sessions/email",
                as: .key,
                ["email": "nonsense"]
            )
            #expect(reply.type == "general_unauthorized_scope")
            #expect(
                reply["message"]
                    == "app.gatehouse@service.localhost (role: applications) missing scopes ([\"sessions.write\"])"
            )
        }
    }

    @Test(arguments: ["account", "public"])
    func `a key never has the scopes of a person`(scope: String) async throws {
        let lab = Lab { $0.keys = [IdentityKey(secret: Secret(Lab.keyText), scopes: [scope])] }
        try await lab.run { caller async throws in
            #expect(try await caller.ask(.get, "/account", as: .key).type == "general_unauthorized_scope")
            #expect(try await caller.ask(.get, "/health/version", as: .key).status == 401)
            #expect(try await caller.ask(.get, "/health", as: .key).status == 200)
        }
    }

    @Test func `a key with a session reads no account`() async throws {
        try await Lab().run { caller in
            let secret = try await caller.signIn()
            let reply = try await caller.ask(.get, "/account", as: .both(secret))
            #expect((reply.status, reply.type) == (401, "general_unauthorized_scope"))
        }
    }

    static let garbage = ["nonsense", "e30=", "eyJpZCI6Im1lbWJlciIsInNlY3JldCI6IjAwIn0=", "\"", "a.b.c"]

    @Test(arguments: garbage)
    func `a secret that is no good makes a guest, silently`(secret: String) async throws {
        try await Lab().run { caller in
            let reply = try await caller.ask(.get, "/account", as: .session(secret))
            #expect((reply.status, reply.type) == (401, "general_unauthorized_scope"))
            #expect(reply["message"] == "User (role: guests) missing scopes ([\"account\"])")
            // And a guest may sign in.
            let body: JSONValue = ["email": "member@example.com", "password": "open-the-gate"]
            let session = try await caller.ask(.post, "/account/sessions/email", as: .session(secret), body)
            #expect(session.status == 201)
        }
    }

    @Test func `a stale cookie beats a good header, and the fallback comes last`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let stale = try await caller.signIn()
            lab.store.revokeSessions(ofUser: "member")
            let good = try await caller.signIn()
            let cookie: HTTPFields = [.cookie: "a_session_gatehouse=\(stale)"]
            #expect(try await caller.ask(.get, "/account", as: .session(good), headers: cookie).status == 401)
            let fallback: HTTPFields = [.fallback: "{\"a_session_gatehouse\":\"\(good)\"}"]
            let reply = try await caller.ask(.get, "/account", headers: fallback)
            #expect((reply.status, reply[header: "X-Debug-Fallback"]) == (200, "true"))
            let shadowed = try await caller.ask(.get, "/account", as: .session(stale), headers: fallback)
            #expect((shadowed.status, shadowed[header: "X-Debug-Fallback"]) == (401, "false"))
        }
    }

    @Test func `the legacy cookie is read when the other is not there`() async throws {
        try await Lab().run { caller in
            let secret = try await caller.signIn()
            let cookie: HTTPFields = [.cookie: "theme=dark; a_session_gatehouse_legacy=\(secret)"]
            #expect(try await caller.ask(.get, "/account", headers: cookie).status == 200)
        }
    }

    @Test func `blocked comes before a forced password, that before a second factor`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let secret = try await caller.signIn()
            lab.store.setMFA(true, user: "member")
            lab.store.setMustResetPassword(true, user: "member")
            lab.store.setBlocked(true, user: "member")
            for type in ["user_blocked", "user_password_reset_required", "user_more_factors_required"] {
                #expect(try await caller.ask(.get, "/account", as: .session(secret)).type == type)
                switch type {
                case "user_blocked": lab.store.setBlocked(false, user: "member")
                case "user_password_reset_required": lab.store.setMustResetPassword(false, user: "member")
                default: lab.store.setMFA(false, user: "member")
                }
            }
            // The session was there all along (contract, trap 21).
            #expect(try await caller.ask(.get, "/account", as: .session(secret)).status == 200)
        }
    }

    @Test func `a pending second factor leaves the factors and the way out open`() async throws {
        let lab = Lab()
        lab.store.setMFA(true, user: "member")
        try await lab.run { caller in
            let secret = try await caller.signIn()
            let list = try await caller.ask(.get, "/account/sessions", as: .session(secret))
            #expect((list.status, list.type) == (401, "user_more_factors_required"))
            let factors = try await caller.ask(.get, "/account/mfa/factors", as: .session(secret))
            #expect(factors.json["email"] == true)
            let out = try await caller.ask(.delete, "/account/sessions/current", as: .session(secret))
            #expect(out.status == 204)
        }
    }

    @Test func `a way in that is switched off is open to keys`() async throws {
        try await Lab { $0.disabledMethods = [.anonymous] }.run { caller in
            let reply = try await caller.ask(.post, "/account/sessions/anonymous")
            #expect((reply.status, reply.type) == (501, "user_auth_method_unsupported"))
            #expect(try await caller.ask(.post, "/account/sessions/anonymous", as: .key).status == 201)
        }
    }

    @Test func `an unknown route is 404 for a known project only`() async throws {
        try await Lab().run { caller async throws in
            #expect(try await caller.ask(.get, "/nowhere").type == "general_route_not_found")
            #expect(
                try await caller.ask(.get, "/nowhere", headers: [.project: "x"]).type == "project_not_found"
            )
        }
    }

    @Test func `every answer has a content type and errors are not to be kept`() async throws {
        try await Lab().run { caller in
            let secret = try await caller.signIn()
            let answers = [
                try await caller.ask(.get, "/account", as: .session(secret)),
                try await caller.ask(.get, "/nowhere"),
                try await caller.ask(.get, "/account/tokens/oauth2/github", as: .key),
                try await caller.ask(.delete, "/account/sessions", as: .session(secret)),
            ]
            #expect(answers.map(\.status) == [200, 404, 301, 204])
            #expect(
                answers.allSatisfy { $0.headers[.contentType] != nil && $0.headers[.server] == "Appwrite" }
            )
            #expect(answers[1].headers[.cacheControl] == "no-cache, no-store, must-revalidate")
            #expect(answers[1].json["code"] == 404)
            #expect(answers[1]["version"] == "1.9.6")
        }
    }
}
