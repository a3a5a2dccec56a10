import Appwrite
import Ground
import Testing

/// What leaves this room, seen from the other end of the wire.
struct RequestTests {
    @Test func `a sign-in carries the key, the visitor and a lower-cased e-mail`() async throws {
        let server = try WireServer(Sample.session())
        _ = try await server.admin().createEmailSession(
            email: "Ada@Example.COM",
            password: Secret("p/ss\"wörd"),
            for: caller
        )
        let request = try #require(server.received.first)
        #expect(request.line == "POST /v1/account/sessions/email")
        #expect(request.body == #"{"email":"ada@example.com","password":"p/ss\"wörd"}"#)
        #expect(
            request.fields == [
                "host": "127.0.0.1:\(server.port)", "accept": "application/json",
                "content-type": "application/json",
                "content-length": "\(request.body.utf8.count)", "user-agent": "Gatehouse",
                "x-appwrite-project": "65f0c2", "x-appwrite-response-format": "1.8.0",
                "x-appwrite-key": "standard_hushhushkey", "x-forwarded-user-agent": "Firefox/140",
                "x-forwarded-for": "192.0.2.7", "x-appwrite-locale": "de",
            ]
        )
    }

    @Test func `a visitor's question carries the session and not the visitor's browser`() async throws {
        let server = try WireServer(Sample.account)
        _ = try await server.visitor().account()
        let request = try #require(server.received.first)
        #expect(request.line == "GET /v1/account")
        #expect(
            request.fields == [
                "host": "127.0.0.1:\(server.port)", "accept": "application/json", "user-agent": "Gatehouse",
                "x-appwrite-project": "65f0c2", "x-appwrite-response-format": "1.8.0",
                "x-appwrite-session": "hushhushsession+/==", "x-forwarded-for": "192.0.2.7",
                "x-appwrite-locale": "de",
            ]
        )
    }

    @Test func `no request carries both a key and a session, nor a cookie`() async throws {
        let server = try WireServer { request in
            request.line.contains("sessions") ? Sample.session() : Sample.account
        }
        let (admin, visitor, plain) = try (server.admin(), server.visitor(), server.plain())
        _ = await failure { try await admin.createAnonymousSession(for: caller) }
        _ = await failure { try await visitor.account() }
        _ = await failure { try await admin.deleteUser("u1") }
        _ = await failure { try await visitor.deleteSession("current") }
        _ = await failure { try await plain.version() }
        let proofs = server.received.map { request in
            ["x-appwrite-key", "x-appwrite-session", "x-fallback-cookies", "cookie"].filter {
                request.fields[$0] != nil
            }
        }
        #expect(
            proofs == [
                ["x-appwrite-key"], ["x-appwrite-session"], ["x-appwrite-key"], ["x-appwrite-session"], [],
            ]
        )
    }

    @Test func `each call of the admin client asks what the contract says`() async throws {
        let server = try WireServer { request in
            switch request.line {
            case "POST /v1/account": Sample.account
            case let line where line.hasPrefix("DELETE"): Sample.noContent
            default: Sample.session()
            }
        }
        let admin = try server.admin()
        _ = try await admin.createAnonymousSession(for: caller)
        _ = try await admin.createSession(userID: "u1", secret: Secret("token"), for: caller)
        _ = try await admin.createAccount(email: "A@b.c", password: Secret("pw"), name: "Ada", for: caller)
        _ = try await admin.createAccount(email: "A@b.c", password: Secret("pw"), for: caller)
        try await admin.deleteSession(userID: "u1", sessionID: "s1")
        try await admin.deleteUser("u1")
        #expect(
            server.received.map { "\($0.line) \($0.body)" } == [
                "POST /v1/account/sessions/anonymous {}",
                #"POST /v1/account/sessions/token {"secret":"token","userId":"u1"}"#,
                #"POST /v1/account {"email":"a@b.c","name":"Ada","password":"pw","userId":"unique()"}"#,
                #"POST /v1/account {"email":"a@b.c","password":"pw","userId":"unique()"}"#,
                "DELETE /v1/users/u1/sessions/s1 ", "DELETE /v1/users/u1 ",
            ]
        )
    }

    @Test func `each call of the session client asks what the contract says`() async throws {
        let server = try WireServer { request in
            switch request.line {
            case "GET /v1/account/sessions": Sample.answer(200, #"{"total":0,"sessions":[]}"#)
            case "GET /v1/account/sessions/current": Sample.answer(200, Sample.sessionBody())
            case let line where line.hasPrefix("DELETE"): Sample.noContent
            default: Sample.account
            }
        }
        let visitor = try server.visitor()
        _ = try await visitor.sessions()
        _ = try await visitor.currentSession()
        try await visitor.deleteSession("s1")
        _ = try await visitor.convertGuest(email: "A@b.c", password: Secret("pw"))
        _ = try await visitor.updateName("Ada")
        #expect(
            server.received.map { "\($0.line) \($0.body)" } == [
                "GET /v1/account/sessions ", "GET /v1/account/sessions/current ",
                "DELETE /v1/account/sessions/s1 ",
                #"PATCH /v1/account/email {"email":"a@b.c","password":"pw"}"#,
                #"PATCH /v1/account/name {"name":"Ada"}"#,
            ]
        )
    }

    @Test(arguments: [
        "", "..", ".", "a/b", "a?b", "%2e", "-a", "a b", "ä", String(repeating: "a", count: 37),
    ])
    func `a text that is no id never comes into a path`(text: String) async throws {
        let server = try WireServer(Sample.noContent)
        let (admin, visitor) = try (server.admin(), server.visitor())
        let calls: [() async throws -> Void] = [
            { try await admin.deleteSession(userID: text, sessionID: "s1") },
            { try await admin.deleteSession(userID: "u1", sessionID: text) },
            { try await admin.deleteUser(text) },
            { try await visitor.deleteSession(text) },
            { _ = try await visitor.memberships(ofTeam: text, userID: "u1") },
        ]
        for call in calls {
            guard case .argumentInvalid = await failure(call) else {
                Issue.record("'\(text)' was taken for an id")
                continue
            }
        }
        #expect(server.received.isEmpty)
    }

    @Test(arguments: ["", "a b", "a\r\nX-Appwrite-Key: b", "ä", String(repeating: "a", count: 4097)])
    func `a text that is no secret is not sent`(text: String) async throws {
        let server = try WireServer(Sample.account)
        let visitor = try server.visitor(Secret(text))
        #expect(await failure { try await visitor.account() } == .sessionGone)
        let admin = try server.admin(Secret(text))
        let refused = await failure { try await admin.deleteUser("u1") }
        guard case .keyRefused = refused else {
            Issue.record("\(String(describing: refused))")
            return
        }
        #expect(server.received.isEmpty)
    }
}
