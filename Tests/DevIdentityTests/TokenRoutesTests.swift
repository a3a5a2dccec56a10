import HTTPTypes
import Testing

@testable import DevIdentity

struct TokenRoutesTests {
    @Test func `a mailed link signs in once, and proves the address`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let body: JSONValue = [
                "userId": "unique()", "email": "unverified@example.com", "url": "http://localhost/in?n=1#x",
            ]
            let token = try await caller.ask(.post, "/account/tokens/magic-url", as: .key, body)
            #expect((token.status, token["userId"], token["secret"].count) == (201, "unverified", 64))
            let link = try #require(lab.store.lastMessage(to: "unverified@example.com")?.link)
            #expect(link.hasPrefix("http://localhost/in?n=1&userId=unverified&secret=\(token["secret"])&"))
            #expect(link.hasSuffix("&project=gatehouse#x"))
            let proof: JSONValue = ["userId": "unverified", "secret": .text(token["secret"])]
            let session = try await caller.ask(.post, "/account/sessions/token", as: .key, proof)
            #expect((session.status, session["provider"]) == (201, "magic-url"))
            #expect(session.json["factors"] == JSONValue(texts: ["email"]))
            let account = try await caller.ask(.get, "/account", as: .session(session["secret"]))
            #expect(account.json["emailVerification"] == true)
            let again = try await caller.ask(.post, "/account/sessions/token", as: .key, proof)
            #expect((again.status, again.type) == (401, "user_invalid_token"))
        }
    }

    @Test func `a mailed code signs in, within a quarter of an hour`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let body: JSONValue = ["userId": "unique()", "email": "member@example.com"]
            for delay in [900, 901] {
                let token = try await caller.ask(.post, "/account/tokens/email", as: .key, body)
                let message = try #require(lab.store.lastMessage(to: "member@example.com"))
                #expect(message.code == token["secret"] && message.code.count == 6 && message.link.isEmpty)
                lab.clock.advance(bySeconds: delay)
                let proof: JSONValue = ["userId": "member", "secret": .text(message.code)]
                let session = try await caller.ask(.post, "/account/sessions/token", as: .key, proof)
                #expect(session.status == (delay == 900 ? 201 : 401))
                if session.status == 201 { #expect(session["provider"] == "token") }
            }
        }
    }

    @Test func `a code by text message signs in, and proves the number`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let body: JSONValue = ["userId": "unique()", "phone": "+49301234567"]
            let token = try await caller.ask(.post, "/account/tokens/phone", as: .key, body)
            let code = try #require(lab.store.lastMessage(to: "+49301234567")?.code)
            // What a key sees wraps the code.
            #expect(SessionSecret(token["secret"])?.inner == code)
            let proof: JSONValue = ["userId": .text(token["userId"]), "secret": .text(code)]
            let session = try await caller.ask(.post, "/account/sessions/token", as: .key, proof)
            #expect(session["provider"] == "phone" && session.json["factors"] == JSONValue(texts: ["phone"]))
            let account = try await caller.ask(.get, "/account", as: .session(session["secret"]))
            #expect(account.json["phoneVerification"] == true && account["phone"] == "+49301234567")
            let next = try await caller.ask(.post, "/account/tokens/phone", as: .key, body)
            #expect(next["userId"] == token["userId"])
        }
        #expect(lab.store.userCount == DemoUser.defaults.count + 1)
    }

    @Test(arguments: ["/account/tokens/magic-url", "/account/tokens/email"])
    func `whoever is unknown gets an account at once, and capitals make another one`(path: String)
        async throws
    {
        let lab = Lab()
        try await lab.run { caller in
            for email in ["new@example.com", "new@example.com", "Member@example.com"] {
                let body: JSONValue = ["userId": "unique()", "email": .text(email)]
                let reply = try await caller.ask(.post, path, as: .key, body)
                #expect(reply.status == 201)
            }
        }
        #expect(lab.store.userCount == DemoUser.defaults.count + 2)
    }

    @Test func `without a key the secret is blank`() async throws {
        try await Lab().run { caller in
            let body: JSONValue = ["userId": "unique()", "email": "member@example.com", "phrase": true]
            let token = try await caller.ask(.post, "/account/tokens/email", as: .none, body)
            #expect((token.status, token["secret"]) == (201, ""))
            #expect(!token["phrase"].isEmpty)
        }
    }

    @Test func `recovery sets a password, proves the address, and ends every session`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let old = try await caller.signIn("unverified@example.com")
            let body: JSONValue = ["email": "unverified@example.com", "url": "http://localhost/recover"]
            let token = try await caller.ask(.post, "/account/recovery", as: .key, body)
            #expect((token.status, token["secret"].count) == (201, 256))
            let proof: JSONValue = [
                "userId": "unverified", "secret": .text(token["secret"]), "password": "brand-new-one",
            ]
            // It opens no session.
            let session = try await caller.ask(.post, "/account/sessions/token", as: .key, proof)
            #expect(session.type == "user_invalid_token")
            #expect(try await caller.ask(.put, "/account/recovery", as: .key, proof).status == 200)
            #expect(try await caller.ask(.put, "/account/recovery", as: .key, proof).status == 401)
            #expect(try await caller.ask(.get, "/account", as: .session(old)).status == 401)
            let entry: JSONValue = ["email": "unverified@example.com", "password": "brand-new-one"]
            let fresh = try await caller.ask(.post, "/account/sessions/email", as: .key, entry)
            let account = try await caller.ask(.get, "/account", as: .session(fresh["secret"]))
            #expect(account.json["emailVerification"] == true)
        }
    }

    @Test(arguments: [
        ("nobody@example.com", 404, "user_not_found"), ("blocked@example.com", 403, "user_blocked"),
    ])
    func `recovery tells who is unknown and who is blocked`(email: String, status: Int, type: String)
        async throws
    {
        try await Lab().run { caller in
            let body: JSONValue = ["email": .text(email), "url": "http://localhost/recover"]
            let reply = try await caller.ask(.post, "/account/recovery", as: .key, body)
            #expect((reply.status, reply.type) == (status, type))
        }
    }

    @Test func `an address is proved without a key, and once`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let secret = try await caller.signIn("unverified@example.com")
            let path = "/account/verifications/email"
            let body: JSONValue = ["url": "http://localhost/verify"]
            #expect(try await caller.ask(.post, path, as: .session(secret), body).status == 201)
            let link = try #require(lab.store.lastMessage(to: "unverified@example.com")?.link)
            let mailed = try #require(link.split(separator: "secret=").last?.prefix { $0 != "&" })
            let proof: JSONValue = ["userId": "unverified", "secret": .text(String(mailed))]
            #expect(try await caller.ask(.put, path, as: .key, proof).type == "general_unauthorized_scope")
            #expect(try await caller.ask(.put, path, as: .none, proof).status == 200)
            #expect(try await caller.ask(.put, path, as: .none, proof).type == "user_invalid_token")
            let again = try await caller.ask(.post, path, as: .session(secret), body)
            #expect((again.status, again.type) == (409, "user_email_already_verified"))
        }
    }

    @Test func `a number is proved, and another number is not`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let secret = Credential.session(try await caller.signIn())
            let path = "/account/verifications/phone"
            #expect(try await caller.ask(.post, path, as: secret, [:]).type == "user_phone_not_found")
            let number: JSONValue = ["phone": "+49301234567", "password": "open-the-gate"]
            try await caller.ask(.patch, "/account/phone", as: secret, number)
            #expect(try await caller.ask(.post, path, as: secret, [:]).status == 201)
            let code = try #require(lab.store.lastMessage(to: "+49301234567")?.code)
            let wrong: JSONValue = ["userId": "member", "secret": "x"]
            #expect(try await caller.ask(.put, path, as: .none, wrong).type == "user_invalid_token")
            let proof: JSONValue = ["userId": "member", "secret": .text(code)]
            #expect(try await caller.ask(.put, path, as: .none, proof).status == 200)
            #expect(try await caller.ask(.get, "/account", as: secret).json["phoneVerification"] == true)
            let other: JSONValue = ["phone": "+49301234568", "password": "open-the-gate"]
            let changed = try await caller.ask(.patch, "/account/phone", as: secret, other)
            #expect(changed.json["phoneVerification"] == false)
        }
    }

    static let silent = [
        ("/account/tokens/magic-url", "general_smtp_disabled"),
        ("/account/tokens/email", "general_smtp_disabled"),
        ("/account/tokens/phone", "general_phone_disabled"), ("/account/recovery", "general_smtp_disabled"),
    ]

    @Test(arguments: silent)
    func `without a mail server what needs one says so`(path: String, type: String) async throws {
        let lab = Lab { ($0.sendsMail, $0.sendsMessages) = (false, false) }
        try await lab.run { caller in
            let body: JSONValue = [
                "userId": "unique()", "email": "a@example.com", "url": "http://localhost/x",
            ]
            let reply = try await caller.ask(.post, path, as: .key, body)
            #expect((reply.status, reply.type) == (503, type))
        }
    }

    @Test func `the outbox shows what was sent, to people and to programs`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let body: JSONValue = [
                "userId": "unique()", "email": "a@example.com", "url": "http://localhost/x?a=1&b=%22",
            ]
            try await caller.ask(.post, "/account/tokens/magic-url", as: .key, body)
            let page = try await caller.ask(.get, "!/outbox")
            #expect(page.text.contains("href=\"http://localhost/x?a=1&amp;b=%22&amp;userId="))
            #expect(page.headers[.cacheControl] == "no-store")
            let messages = try await caller.ask(.get, "!/outbox.json").json["messages"]?.list
            #expect(messages?.map { $0["kind"] } == ["magicURL"])
            #expect(messages?.first?["to"] == "a@example.com")
        }
    }
}
