import HTTPTypes
import Testing

@testable import DevIdentity

struct AccountRoutesTests {
    @Test func `an account is made without a session`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let body: JSONValue = [
                "userId": "unique()", "email": "New@Example.com", "password": "long-enough",
                "name": "Nia New",
            ]
            let account = try await caller.ask(.post, "/account", as: .key, body)
            #expect(account.status == 201)
            #expect((account["email"], account["name"]) == ("new@example.com", "Nia New"))
            #expect(account.json["emailVerification"] == false)
            #expect(account["$id"].count == 20)
            #expect(account.headers[values: .setCookie].isEmpty)
        }
        #expect(lab.store.sessionCount == 0)
    }

    static let clashes: [JSONValue] = [
        ["userId": "member", "email": "other@example.com", "password": "long-enough"],
        ["userId": "unique()", "email": "MEMBER@example.com", "password": "long-enough"],
    ]

    @Test(arguments: clashes)
    func `an id or address that is taken is 409`(body: JSONValue) async throws {
        try await Lab().run { caller in
            let reply = try await caller.ask(.post, "/account", as: .key, body)
            #expect((reply.status, reply.type) == (409, "user_already_exists"))
        }
    }

    static let malformed: [(JSONValue, String)] = [
        (["email": "a@example.com", "password": "long-enough"], "Param \"userId\" is not optional."),
        (["userId": "_a", "email": "a@example.com", "password": "long-enough"], "Invalid `userId` param"),
        (["userId": "a b", "email": "a@example.com", "password": "long-enough"], "Invalid `userId` param"),
        (["userId": "a", "email": "example.com", "password": "long-enough"], "Invalid `email` param"),
        (["userId": "a", "email": "a@localhost", "password": "long-enough"], "Invalid `email` param"),
        (["userId": "a", "email": "a@@example.com", "password": "long-enough"], "Invalid `email` param"),
        (["userId": "a", "email": 1, "password": "long-enough"], "Invalid `email` param"),
        (["userId": "a", "email": "a@example.com", "password": "short77"], "Invalid `password` param"),
        (
            ["userId": "a", "email": "a@example.com", "password": "long-enough", "name": 5],
            "Invalid `name` param"
        ),
    ]

    @Test(arguments: malformed)
    func `an argument that is no good is named`(body: JSONValue, message: String) async throws {
        try await Lab().run { caller in
            let reply = try await caller.ask(.post, "/account", as: .key, body)
            #expect((reply.status, reply.type) == (400, "general_argument_invalid"))
            #expect(reply["message"].hasPrefix(message))
        }
    }

    @Test func `a guest becomes a member by taking an address, and keeps id, session and preferences`()
        async throws
    {
        let lab = Lab()
        try await lab.run { caller in
            let secret = try await caller.guest()
            let guest = try await caller.ask(
                .patch,
                "/account/prefs",
                as: .session(secret),
                ["prefs": ["theme": "dark"]]
            )
            let body: JSONValue = ["email": "Guest@Example.com", "password": "long-enough"]
            let member = try await caller.ask(.patch, "/account/email", as: .session(secret), body)
            #expect(member.status == 200)
            #expect((member["$id"], member["email"]) == (guest["$id"], "guest@example.com"))
            #expect(member.json["prefs"] == ["theme": "dark"])
            #expect(!member["passwordUpdate"].isEmpty)
            #expect(try await caller.ask(.get, "/account", as: .session(secret)).status == 200)
            #expect(try await caller.ask(.post, "/account/sessions/email", as: .key, body).status == 201)
        }
        #expect(lab.store.anonymousUserCount == 0)
    }

    @Test func `that an account is in use is noted once a day, by its session and by no key`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let secret = try await caller.guest()
            let id = try #require(lab.store.anonymousUsers.first)
            let made = lab.store.accessed(byUser: id)
            func read(_ credential: Credential, _ path: String = "/account") async throws -> String {
                try await caller.ask(.get, path, as: credential)["accessedAt"]
            }
            lab.clock.advance(bySeconds: 86_400)
            #expect(try await read(.session(secret)) == made?.text)
            lab.clock.advance(bySeconds: 1)
            #expect(try await read(.key, "/users/\(id)") == made?.text)
            let seen = try await read(.session(secret))
            #expect(seen == made?.advanced(bySeconds: 86_401).text)
            lab.clock.advance(bySeconds: 3600)
            #expect(try await read(.session(secret)) == seen)
            // Also by a call that is refused.
            lab.clock.advance(bySeconds: 90_000)
            #expect(try await caller.ask(.get, "/users", as: .session(secret)).status == 401)
            #expect(try await read(.key, "/users/\(id)") > seen)
        }
    }

    @Test func `a clash at conversion depends on how the other account was made`() async throws {
        try await Lab().run { caller in
            let (first, second) = (try await caller.guest(), try await caller.guest())
            let taken: JSONValue = ["email": "member@example.com", "password": "long-enough"]
            let made = try await caller.ask(.patch, "/account/email", as: .session(first), taken)
            #expect((made.status, made.type) == (409, "user_target_already_exists"))
            let free: JSONValue = ["email": "free@example.com", "password": "long-enough"]
            #expect(try await caller.ask(.patch, "/account/email", as: .session(first), free).status == 200)
            let converted = try await caller.ask(.patch, "/account/email", as: .session(second), free)
            #expect((converted.status, converted.type) == (400, "general_bad_request"))
        }
    }

    @Test func `a member changes the address with the password only, and is unverified then`() async throws {
        try await Lab().run { caller in
            let secret = try await caller.signIn()
            let wrong: JSONValue = ["email": "mel@example.com", "password": "not-this-one"]
            let refused = try await caller.ask(.patch, "/account/email", as: .session(secret), wrong)
            #expect((refused.status, refused.type) == (401, "user_invalid_credentials"))
            let right: JSONValue = ["email": "mel@example.com", "password": "open-the-gate"]
            let changed = try await caller.ask(.patch, "/account/email", as: .session(secret), right)
            #expect(changed.json["emailVerification"] == false)
            #expect(changed.json["targets"]?.list?.first?["identifier"] == "mel@example.com")
        }
    }

    @Test func `a new password ends the other sessions`() async throws {
        try await Lab().run { caller in
            let (other, secret) = (try await caller.signIn(), try await caller.signIn())
            let wrong: JSONValue = ["password": "brand-new-one", "oldPassword": "not-this-one"]
            let refused = try await caller.ask(.patch, "/account/password", as: .session(secret), wrong)
            #expect((refused.status, refused.type) == (401, "user_invalid_credentials"))
            let right: JSONValue = ["password": "brand-new-one", "oldPassword": "open-the-gate"]
            #expect(
                try await caller.ask(.patch, "/account/password", as: .session(secret), right).status == 200
            )
            #expect(try await caller.ask(.get, "/account", as: .session(secret)).status == 200)
            #expect(try await caller.ask(.get, "/account", as: .session(other)).status == 401)
        }
    }

    @Test func `preferences are replaced, and empty ones are an object`() async throws {
        try await Lab().run { caller in
            let secret = Credential.session(try await caller.signIn())
            let account = try await caller.ask(
                .patch,
                "/account/prefs",
                as: secret,
                ["prefs": ["a": 1, "b": .list([true, nil])]]
            )
            #expect(account.json["prefs"] == ["a": 1, "b": .list([true, nil])])
            #expect(
                try await caller.ask(.patch, "/account/prefs", as: secret, ["prefs": .list([])]).status == 200
            )
            #expect(try await caller.ask(.get, "/account/prefs", as: secret).text == "{}")
        }
    }

    @Test func `a name is changed and the account can be deleted or blocked by its owner`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let secret = Credential.session(try await caller.signIn())
            #expect(
                try await caller.ask(.patch, "/account/name", as: secret, ["name": "Mel"])["name"] == "Mel"
            )
            let pro = Credential.session(try await caller.signIn("pro@example.com"))
            #expect(try await caller.ask(.patch, "/account/status", as: pro, [:]).json["status"] == false)
            #expect(try await caller.ask(.get, "/account", as: pro).type == "user_blocked")
            #expect(try await caller.ask(.delete, "/account", as: secret).status == 204)
            #expect(try await caller.ask(.get, "/account", as: secret).type == "general_unauthorized_scope")
        }
        #expect(lab.store.userCount == DemoUser.defaults.count - 1)
    }
}
