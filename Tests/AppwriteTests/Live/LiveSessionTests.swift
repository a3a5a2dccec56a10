import Appwrite
import DevIdentity
import Foundation
import Ground
import HTTPTypes
import Testing

/// Signing in, looking and signing out, against the local identity service.
struct LiveSessionTests {
    @Test func `a member signs in, is known, and signs out`() async throws {
        try await LocalAppwrite.run { appwrite in
            let session = try await appwrite.signIn("Member@Example.com")
            #expect(session.provider == "email")
            #expect(session.factors == ["password"])
            #expect(session.expire > Date())
            let visitor = appwrite.visitor(session.secret)
            let account = try await visitor.account()
            #expect(account.id == session.userID)
            #expect(account.email == "member@example.com")
            #expect(!account.isAnonymous)
            #expect(account.isVerified)
            let current = try await visitor.currentSession()
            #expect(current.id == session.id)
            #expect(current.current)
            try await visitor.deleteSession("current")
            #expect(await failure { try await visitor.account() } == .sessionGone)
        }
    }

    @Test func `a browser's name becomes the session's`() async throws {
        try await LocalAppwrite.run { appwrite in
            let session = try await appwrite.signIn()
            #expect(try await appwrite.visitor(session.secret).currentSession().clientName == "Firefox")
        }
    }

    @Test func `another device is signed out by the key`() async throws {
        try await LocalAppwrite.run { appwrite in
            let (here, there) = (try await appwrite.signIn(), try await appwrite.signIn())
            let visitor = appwrite.visitor(here.secret)
            #expect(Set(try await visitor.sessions().map(\.id)) == [here.id, there.id])
            try await appwrite.admin().deleteSession(userID: there.userID, sessionID: there.id)
            #expect(try await visitor.sessions().map(\.id) == [here.id])
            #expect(await failure { try await appwrite.visitor(there.secret).account() } == .sessionGone)
            let again = await failure {
                try await appwrite.admin().deleteSession(userID: there.userID, sessionID: there.id)
            }
            #expect(again == .notFound)
        }
    }

    @Test(arguments: ["garbage", "e30=", "eyJpZCI6Im1lbWJlciIsInNlY3JldCI6ImZvcmdlZCJ9"])
    func `a forged secret is a session that is gone`(secret: String) async throws {
        try await LocalAppwrite.run { appwrite in
            #expect(await failure { try await appwrite.visitor(Secret(secret)).account() } == .sessionGone)
        }
    }

    @Test func `a wrong password and an unknown e-mail look alike`() async throws {
        try await LocalAppwrite.run { appwrite in
            for email in ["member@example.com", "nobody@example.com"] {
                let refused = await failure {
                    try await appwrite.admin().createEmailSession(
                        email: email,
                        password: Secret("wrong-password"),
                        for: caller
                    )
                }
                #expect(refused == .invalidCredentials)
            }
        }
    }

    @Test func `a key that the project does not know is found out`() async throws {
        try await LocalAppwrite.run { appwrite in
            let unknown = appwrite.admin(Secret("standard_another"))
            guard case .keyRefused = await failure({ try await unknown.checkKey() }) else {
                Issue.record("an unknown key passed")
                return
            }
            // A key whose kind is unknown counts as none: the session is made, and its secret is kept back.
            let shapeless = appwrite.admin(Secret("foreign_kind"))
            guard case .keyRefused = await failure({ try await shapeless.checkKey() }) else {
                Issue.record("a key of no kind passed")
                return
            }
            #expect(await failure { try await shapeless.createAnonymousSession(for: caller) } == .emptySecret)
            try await appwrite.admin().checkKey()
        }
    }

    @Test func `a key without the scope is found out`() async throws {
        try await LocalAppwrite.run(scopes: ["users.read"]) { appwrite in
            for call in [appwrite.admin().checkKey, { _ = try await appwrite.signIn() }] {
                guard case .keyRefused(let why) = await failure(call) else {
                    Issue.record("a key without sessions.write passed")
                    return
                }
                #expect(why.contains("sessions.write"))
            }
        }
    }

    @Test func `no call that was made carries key and session together`() async throws {
        try await LocalAppwrite.run { appwrite in
            let session = try await appwrite.signIn()
            _ = try await appwrite.visitor(session.secret).account()
            _ = try await appwrite.visitor(session.secret).teams()
            try await appwrite.admin().deleteSession(userID: session.userID, sessionID: session.id)
            let entries = appwrite.identity.ledger.entries
            #expect(entries.count == 4)
            for entry in entries {
                let proofs = entry.headers.filter {
                    ["x-appwrite-key", "x-appwrite-session", "cookie"].contains($0.name.canonicalName)
                }
                #expect(proofs.count == 1)
            }
        }
    }
}
