import HTTPTypes
import Testing

@testable import DevIdentity

struct LimitsTests {
    private static let wrong: JSONValue = ["email": "member@example.com", "password": "not-this-one"]
    private static let right: JSONValue = ["email": "member@example.com", "password": "open-the-gate"]

    @Test func `the eleventh wrong password in an hour is refused, for that address alone`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            for left in (0...9).reversed() {
                let reply = try await caller.ask(.post, "/account/sessions/email", Self.wrong)
                #expect(reply.status == 401)
                #expect(reply[header: "X-RateLimit-Limit"] == "10")
                #expect(reply[header: "X-RateLimit-Remaining"] == String(left))
                // The window begins at a whole hour.
                #expect(reply[header: "X-RateLimit-Reset"] == "1784718000")
            }
            let refused = try await caller.ask(.post, "/account/sessions/email", Self.right)
            #expect((refused.status, refused.type) == (429, "general_rate_limit_exceeded"))
            let other: JSONValue = ["email": "pro@example.com", "password": "open-the-gate"]
            #expect(try await caller.ask(.post, "/account/sessions/email", other).status == 201)
            lab.clock.advance(bySeconds: 3600)
            #expect(try await caller.ask(.post, "/account/sessions/email", Self.right).status == 201)
        }
    }

    @Test func `a success clears what was counted`() async throws {
        try await Lab().run { caller in
            for _ in 0..<9 { try await caller.ask(.post, "/account/sessions/email", Self.wrong) }
            #expect(try await caller.ask(.post, "/account/sessions/email", Self.right).status == 201)
            let next = try await caller.ask(.post, "/account/sessions/email", Self.wrong)
            #expect(next[header: "X-RateLimit-Remaining"] == "9")
        }
    }

    @Test func `a key sees the headers and is neither counted nor refused`() async throws {
        try await Lab().run { caller in
            for _ in 0..<12 {
                let reply = try await caller.ask(.post, "/account/sessions/email", as: .key, Self.wrong)
                #expect((reply.status, reply[header: "X-RateLimit-Remaining"]) == (401, "9"))
            }
        }
    }

    @Test func `a malformed request spends budget`() async throws {
        try await Lab().run { caller in
            for _ in 0..<10 { try await caller.ask(.post, "/account", ["userId": "unique()"]) }
            #expect(try await caller.ask(.post, "/account", [:]).status == 429)
        }
    }

    @Test func `a caller without the scope spends none`() async throws {
        try await Lab().run { caller in
            for _ in 0..<11 {
                let reply = try await caller.ask(.patch, "/account/password", [:])
                #expect((reply.status, reply[header: "X-RateLimit-Limit"]) == (401, nil))
            }
        }
    }

    @Test func `guests are counted by the address that is forwarded`() async throws {
        try await Lab().run { caller in
            for _ in 0..<50 { try await caller.ask(.post, "/account/sessions/anonymous") }
            #expect(try await caller.ask(.post, "/account/sessions/anonymous").status == 429)
            let elsewhere: HTTPFields = [.forwardedFor: "unknown, 203.0.113.9, 10.0.0.1"]
            let reply = try await caller.ask(.post, "/account/sessions/anonymous", headers: elsewhere)
            #expect((reply.status, reply["ip"]) == (201, "203.0.113.9"))
        }
    }

    @Test func `prolonging and deleting a session share one count`() async throws {
        try await Lab().run { caller in
            let secret = try await caller.signIn()
            for _ in 0..<10 {
                try await caller.ask(.delete, "/account/sessions/nobody", as: .session(secret))
            }
            let reply = try await caller.ask(.patch, "/account/sessions/current", as: .session(secret))
            #expect(reply.status == 429)
        }
    }

    @Test func `limits can be switched off`() async throws {
        try await Lab { $0.rateLimits = false }.run { caller async throws in
            for _ in 0..<12 {
                #expect(try await caller.ask(.post, "/account/sessions/email", Self.wrong).status == 401)
            }
        }
    }
}
