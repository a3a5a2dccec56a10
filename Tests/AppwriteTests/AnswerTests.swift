import Foundation
import Ground
import Testing

@testable import Appwrite

struct AnswerTests {
    @Test func `a session is read whole`() async throws {
        let server = try WireServer(Sample.session())
        let session = try await server.admin().createEmailSession(
            email: "a@b.c",
            password: Secret("pw"),
            for: caller
        )
        #expect(
            session
                == Session(
                    id: "s1",
                    userID: "u1",
                    secret: Secret(Sample.secretOfSession),
                    expire: Date(timeIntervalSince1970: 1_816_250_400),
                    provider: "email",
                    factors: ["password"]
                )
        )
    }

    @Test(arguments: ["ab; Domain=evil.example", "a,b", "a b", "a\u{7f}b"])
    func `a secret that could end the cookie is refused`(secret: String) async throws {
        let server = try WireServer(Sample.session(secret: secret))
        let admin = try server.admin()
        let failure = await failure { try await admin.createAnonymousSession(for: caller) }
        let path = "POST /account/sessions/anonymous"
        #expect(failure == .unavailable("the answer to \(path) is not what Appwrite answers"))
        withExtendedLifetime(server) {}
    }

    @Test func `a session without its secret is a loud failure`() async throws {
        let server = try WireServer(Sample.session(secret: ""))
        let admin = try server.admin()
        let makers: [() async throws -> Session] = [
            { try await admin.createAnonymousSession(for: caller) },
            {
                try await admin.createEmailSession(email: "a@b.c", password: Secret("pw"), for: caller)
            },
            {
                try await admin.createSession(userID: "u1", secret: Secret("token"), for: caller)
            },
        ]
        for make in makers { #expect(await failure(make) == .emptySecret) }
        #expect(AppwriteFailure.emptySecret.description.contains("sessions.write"))
    }

    @Test func `an account is read whole`() async throws {
        let server = try WireServer(Sample.account)
        let account = try await server.visitor().account()
        #expect(
            account
                == Account(
                    id: "u1",
                    name: "Ada",
                    email: "ada@example.com",
                    emailVerification: true,
                    labels: ["pro", "eu"],
                    mfa: true,
                    registration: Date(timeIntervalSince1970: 1_767_323_045.678)
                )
        )
    }

    @Test func `an older server's account is read as far as it goes`() async throws {
        let server = try WireServer(Sample.answer(200, #"{"$id":"u1","email":null}"#))
        #expect(try await server.visitor().account() == Account(id: "u1"))
    }

    @Test(arguments: [
        ("", "", true), ("ada@example.com", "", false), ("", "+4912345678", false),
    ])
    func `who has neither e-mail nor phone is a guest`(email: String, phone: String, isAnonymous: Bool) {
        #expect(Account(id: "u1", email: email, phone: phone).isAnonymous == isAnonymous)
    }

    @Test(arguments: [(false, false, false), (true, false, true), (false, true, true)])
    func `either proof makes an account verified`(email: Bool, phone: Bool, isVerified: Bool) {
        let account = Account(id: "u1", emailVerification: email, phoneVerification: phone)
        #expect(account.isVerified == isVerified)
    }

    @Test func `sessions are listed with their devices`() async throws {
        let server = try WireServer(Sample.answer(200, #"{"total":1,"sessions":[\#(Sample.sessionBody())]}"#))
        let session = try #require(try await server.visitor().sessions().first)
        #expect(session.id == "s1")
        #expect(session.clientName == "Firefox")
        #expect(session.countryName == "Iceland")
        #expect(session.createdAt == Date(timeIntervalSince1970: 1_784_714_400))
        #expect(session.current)
    }

    @Test func `the version is asked for without any proof`() async throws {
        let server = try WireServer(Sample.answer(200, #"{"version":"1.9.6"}"#))
        #expect(try await server.plain().version() == "1.9.6")
        #expect(server.received.map(\.line) == ["GET /v1/health/version"])
    }
}
