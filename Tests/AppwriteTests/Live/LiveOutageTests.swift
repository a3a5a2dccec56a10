import Appwrite
import DevIdentity
import Ground
import Testing

/// What is understood when the service is ill, against the local identity service.
struct LiveOutageTests {
    @Test(arguments: [IdentityFaults.Fault.html, .status(500), .status(503), .hangUp])
    func `an outage says nothing about the session`(fault: IdentityFaults.Fault) async throws {
        try await LocalAppwrite.run { appwrite in
            let session = try await appwrite.signIn()
            appwrite.identity.faults.set(fault)
            let refused = await failure { try await appwrite.visitor(session.secret).account() }
            guard case .unavailable = refused else {
                Issue.record("\(String(describing: refused))")
                return
            }
            appwrite.identity.faults.clear()
            #expect(try await appwrite.visitor(session.secret).account().id == session.userID)
        }
    }

    @Test func `a service that answers too late is unavailable`() async throws {
        try await LocalAppwrite.run { appwrite in
            appwrite.identity.faults.set(.slow(.seconds(2)))
            let impatient = PlainClient(
                endpoint: appwrite.endpoint,
                transfer: appwrite.transfer,
                timeout: .milliseconds(50)
            )
            guard case .unavailable = await failure({ try await impatient.version() }) else {
                Issue.record("a late answer was waited for")
                return
            }
        }
    }

    @Test func `a secret that is kept back is a loud failure`() async throws {
        try await LocalAppwrite.run { appwrite in
            appwrite.identity.faults.set(.emptySecret)
            #expect(await failure { try await appwrite.signIn() } == .emptySecret)
        }
    }

    @Test func `a limit is told with the time to wait`() async throws {
        try await LocalAppwrite.run { appwrite in
            let session = try await appwrite.signIn()
            let visitor = appwrite.visitor(session.secret)
            var refused: AppwriteFailure?
            // 100 deletions an hour for one address (contract §3).
            for _ in 1...101 { refused = await failure { try await visitor.deleteSession("none") } }
            guard case .rateLimited(let seconds?) = refused else {
                Issue.record("\(String(describing: refused))")
                return
            }
            #expect(1...3600 ~= seconds)
        }
    }

    @Test func `another project is not this one`() async throws {
        try await LocalAppwrite.run { appwrite in
            let other = try #require(AppwriteEndpoint(url: appwrite.endpoint.url, project: "another"))
            let client = AdminClient(endpoint: other, key: LocalAppwrite.key, transfer: appwrite.transfer)
            #expect(
                await failure { try await client.createAnonymousSession(for: caller) } == .projectNotFound
            )
        }
    }
}
