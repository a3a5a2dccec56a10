import HTTPTypes
import Testing

@testable import DevIdentity

struct OAuthRoutesTests {
    private static let success = "http://localhost:8080/oauth/success?to=%2Ffees%2F"
    private static let failure = "http://localhost:8080/oauth/failure"

    @Test func `the round trip ends at the site with a secret that opens one session`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let end = try await Self.roundTrip(caller, Self.allow("member@example.com"))
            let query = try Self.query(of: end, after: "http://localhost:8080/oauth/success?to=%2Ffees%2F&")
            let secret = try #require(query["secret"]?.text)
            #expect(query["userId"] == "member")
            #expect((200...260).contains(secret.utf8.count))
            let body: JSONValue = ["userId": "member", "secret": .text(secret)]
            let session = try await caller.ask(.post, "/account/sessions/token", as: .key, body)
            #expect((session.status, session["provider"]) == (201, "github"))
            #expect(session.json["factors"] == .list(["email"]))
            #expect(session["providerUid"] == "")
            #expect(try await caller.ask(.post, "/account/sessions/token", as: .key, body).status == 401)
        }
    }

    @Test func `the secret is good for a minute and in its signed form only`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let end = try await Self.roundTrip(caller, Self.allow("member@example.com"))
            let secret = try #require(try Self.query(of: end, after: "?to=%2Ffees%2F&")["secret"]?.text)
            let inner = try #require(
                lab.store.transaction { SignedToken(secret, key: $0.signingKey)?.secret }
            )
            for text in [inner, secret + "x", "a" + secret] {
                let body: JSONValue = ["userId": "member", "secret": .text(text)]
                let reply = try await caller.ask(.post, "/account/sessions/token", as: .key, body)
                #expect((reply.status, reply.type) == (401, "user_invalid_token"))
            }
            lab.clock.advance(bySeconds: 61)
            let body: JSONValue = ["userId": "member", "secret": .text(secret)]
            #expect(try await caller.ask(.post, "/account/sessions/token", as: .key, body).status == 401)
        }
    }

    @Test func `somebody new gets an account, once`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let form = ["decision": "allow", "other_email": "New@Example.com", "verified": "yes"]
            let first = try Self.query(of: try await Self.roundTrip(caller, form), after: "Ffees%2F&")[
                "userId"
            ]
            let second = try Self.query(of: try await Self.roundTrip(caller, form), after: "Ffees%2F&")[
                "userId"
            ]
            #expect(first == second)
            let account = try await caller.ask(.get, "/users/\(first?.text ?? "")", as: .key)
            #expect((account["email"], account.json["emailVerification"]) == ("new@example.com", true))
            // The address belongs to an identity now.
            let body: JSONValue = [
                "userId": "unique()", "email": "new@example.com", "password": "long-enough",
            ]
            #expect(try await caller.ask(.post, "/account", as: .key, body).type == "general_bad_request")
        }
        #expect(lab.store.userCount == DemoUser.defaults.count + 1)
    }

    static let failures: [([String: String], String, Double)] = [
        (["decision": "refuse"], "user_oauth2_provider_error", 424),
        (["decision": "error"], "user_oauth2_provider_error", 424),
        (
            ["decision": "allow", "other_email": "blocked@example.com", "verified": "yes"], "user_blocked",
            403
        ),
        (["decision": "allow", "other_email": "pro@example.com"], "general_bad_request", 400),
        (["decision": "allow"], "user_unauthorized", 401),
    ]

    @Test(arguments: failures)
    func `a failure goes to the failure address with its reason`(
        form: [String: String],
        type: String,
        code: Double
    ) async throws {
        try await Lab().run { caller in
            let end = try await Self.roundTrip(caller, form)
            let text = try #require(try Self.query(of: end, after: Self.failure + "?")["error"]?.text)
            let error = try #require(JSONValue(parsing: text.utf8))
            #expect(error["type"] == .text(type))
            #expect(error["code"] == .number(code))
        }
    }

    @Test func `without a failure address an error is a page, and 424 goes out as 500`() async throws {
        try await Lab().run { caller in
            let start = try await caller.ask(.get, "/account/tokens/oauth2/github", as: .key)
            let end = try await Self.finish(caller, start, ["decision": "refuse"])
            #expect(end.status == 500)
            #expect(end.headers[.contentType]?.hasPrefix("text/html") == true)
            #expect(end.text.contains("user_oauth2_provider_error"))
        }
    }

    @Test func `without a success address the round trip ends on a page here`() async throws {
        try await Lab().run { caller in
            let start = try await caller.ask(.get, "/account/tokens/oauth2/github", as: .key)
            let end = try await Self.finish(caller, start, Self.allow("pro@example.com"))
            let location = try #require(end.headers[.location])
            #expect(location.hasPrefix("http://localhost/auth/oauth2/success?userId=pro&secret="))
            let page = try await caller.ask(.get, "!" + location.dropFirst("http://localhost".count))
            #expect(page.status == 200)
        }
    }

    @Test(arguments: [
        "https://evil.example/x", "nonsense", "javascript://evil.example/", "http://localhost.evil.example",
    ])
    func `an address that is not a platform is refused at the start and at the end`(url: String) async throws
    {
        try await Lab().run { caller in
            let encoded = FormText.encoded(url)
            let start = try await caller.ask(
                .get,
                "/account/tokens/oauth2/github?success=\(encoded)",
                as: .key
            )
            #expect(start.status == 400)
            #expect(start.text.contains("general_argument_invalid"))
            let state = FormText.encoded(OAuthState(success: url, failure: "").text)
            let path = "/account/sessions/oauth2/github/redirect?project=gatehouse&code=x&state=\(state)"
            let end = try await caller.ask(.get, path)
            #expect(end.status == 400)
            #expect(end.text.contains("project_invalid_success_url"))
        }
    }

    @Test func `a provider that is off and one that does not exist are told apart`() async throws {
        try await Lab { $0.providers = ["google"] }.run { caller in
            let off = try await caller.ask(.get, "/account/tokens/oauth2/github", as: .key)
            #expect(off.status == 412)
            #expect(off.text.contains("project_provider_disabled"))
            let unknown = try await caller.ask(.get, "/account/tokens/oauth2/nonsense", as: .key)
            #expect(unknown.status == 400)
            #expect(try await caller.ask(.get, "!/mock/oauth2/github/authorize").status == 412)
        }
    }

    @Test func `a code is exchanged once, and not by another provider`() async throws {
        try await Lab().run { caller in
            let start = try await caller.ask(.get, Self.startPath, as: .key)
            let callback = try await Self.callback(
                caller,
                start,
                Self.allow("pro@example.com")
            )
            let relay = try #require(callback.headers[.location]).dropFirst("http://localhost/v1".count)
            let wrong = relay.replacing("oauth2/github/", with: "oauth2/google/")
            for path in [String(wrong), String(relay)] {
                let end = try await caller.ask(.get, path, headers: [.project: ""])
                #expect(end.headers[.location]?.contains("user_oauth2_bad_request") == true)
            }
        }
    }

    @Test func `the scopes asked for reach the provider`() async throws {
        try await Lab().run { caller in
            let path = "/account/tokens/oauth2/github?scopes%5B0%5D=user&scopes%5B1%5D=repo"
            let start = try await caller.ask(.get, path, as: .key)
            #expect(start.headers[.location]?.contains("scope=user%20repo&") == true)
            #expect(start.headers[.cacheControl]?.contains("no-store") == true)
        }
    }
}

extension OAuthRoutesTests {
    private static let startPath =
        "/account/tokens/oauth2/github?success=\(FormText.encoded(success))&failure=\(FormText.encoded(failure))"

    private static func allow(_ email: String) -> [String: String] {
        ["decision": "allow", "email": email, "verified": "yes"]
    }

    /// Walks from the start to the last redirect, as a browser would.
    private static func roundTrip(_ caller: Caller, _ form: [String: String]) async throws -> Reply {
        try await finish(caller, try await caller.ask(.get, startPath, as: .key), form)
    }

    private static func finish(_ caller: Caller, _ start: Reply, _ form: [String: String]) async throws
        -> Reply
    {
        let callback = try await callback(caller, start, form)
        let relay = try #require(callback.headers[.location])
        return try await caller.ask(
            .get,
            "!" + relay.dropFirst("http://localhost".count),
            headers: [.project: ""]
        )
    }

    /// The answer of the provider's callback.
    private static func callback(_ caller: Caller, _ start: Reply, _ form: [String: String]) async throws
        -> Reply
    {
        #expect(start.status == 301)
        let authorize = try #require(start.headers[.location])
        let state = try #require(try query(of: start, after: "/authorize?")["state"]?.text)
        let path = String(authorize.dropFirst("http://localhost".count))
        let page = try await caller.ask(.get, "!" + path, headers: [.project: ""])
        #expect(page.text.contains(Page.escaped(state)))
        var fields: [String: JSONValue] = ["state": .text(state)]
        for (name, value) in form { fields[name] = .text(value) }
        let body = JSONValue.object(fields.map { .init(key: $0.key, value: $0.value) })
        let post = "!" + path.prefix { $0 != "?" }
        let allowed = try await caller.ask(.post, post, body, headers: [.project: ""])
        #expect(allowed.status == 303)
        let callback = try #require(allowed.headers[.location]).dropFirst("http://localhost".count)
        return try await caller.ask(.get, "!" + callback, headers: [.project: ""])
    }

    private static func query(of reply: Reply, after prefix: String) throws -> [String: JSONValue] {
        let location = try #require(reply.headers[.location])
        let range = try #require(location.firstRange(of: prefix), "\(location)")
        return FormText.fields(location[range.upperBound...])
    }
}
