import Appwrite
import Testing

struct CheckKeyTests {
    @Test func `a key that only lacks values is good`() async throws {
        let server = try WireServer { request in
            request.line == "GET /v1/health"
                ? Sample.answer(200, #"{"name":"http","ping":1,"status":"pass"}"#)
                : Sample.error(400, "general_argument_invalid")
        }
        try await server.admin().checkKey()
        #expect(server.received.map(\.line) == ["GET /v1/health", "POST /v1/account/sessions/token"])
    }

    @Test func `a key that counts as no key is refused`() async throws {
        let server = try WireServer { request in
            request.line == "GET /v1/health"
                ? Sample.error(401, "general_unauthorized_scope", "User (role: guests) missing scopes")
                : Sample.error(400, "general_argument_invalid")
        }
        let admin = try server.admin()
        let refused = await failure { try await admin.checkKey() }
        #expect(refused == .keyRefused("it lacks a scope; Appwrite says: User (role: guests) missing scopes"))
    }

    @Test func `a key without the scope is refused`() async throws {
        let server = try WireServer { request in
            request.line == "GET /v1/health"
                ? Sample.answer(200, "{}")
                : Sample.error(401, "general_unauthorized_scope", "missing sessions.write")
        }
        let admin = try server.admin()
        let refused = await failure { try await admin.checkKey() }
        #expect(refused == .keyRefused("it lacks a scope; Appwrite says: missing sessions.write"))
    }
}
