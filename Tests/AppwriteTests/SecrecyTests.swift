import Appwrite
import Ground
import Testing

/// No secret comes back in a message.
struct SecrecyTests {
    @Test func `a refusal that repeats a secret is shown without it`() async throws {
        let server = try WireServer(
            Sample.error(
                400,
                "general_argument_invalid",
                #"Invalid `password`: hushhush\n1 is weak, hushhush\n1!"#
            )
        )
        let admin = try server.admin()
        let refused = await failure {
            try await admin.createAccount(email: "a@b.c", password: Secret("hushhush"), for: caller)
        }
        #expect(refused == .argumentInvalid("Invalid `password`: <hidden> 1 is weak, <hidden> 1!"))
    }

    @Test func `a session that cannot be read is not quoted`() async throws {
        let server = try WireServer(Sample.session(secret: "hushhush", expire: "never"))
        let admin = try server.admin()
        let refused = await failure {
            try await admin.createAnonymousSession(for: caller)
        }
        let text = try #require(refused.map { "\($0) \(String(reflecting: $0))" })
        #expect(!text.contains("hushhush"))
        #expect(text.contains("POST /account/sessions/anonymous"))
    }

    @Test func `printing a client or a session shows no secret`() async throws {
        let server = try WireServer(Sample.session(secret: "hushhush"))
        let (admin, visitor) = try (server.admin(), server.visitor())
        let session = try await admin.createAnonymousSession(for: caller)
        #expect(session.secret == Secret("hushhush"))
        var dumped = ""
        dump(admin, to: &dumped)
        dump(visitor, to: &dumped)
        dump(session, to: &dumped)
        dumped += "\(admin) \(visitor) \(session) \(String(reflecting: admin)) \(String(reflecting: session))"
        #expect(!dumped.contains("hushhush"))
    }
}
