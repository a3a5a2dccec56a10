import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@testable import DevIdentity

struct IdentityServiceTests {
    @Test func `it answers over a socket, on a port of its own choice`() async throws {
        let lab = Lab()
        try await Application(
            responder: lab.service.responder,
            configuration: ApplicationConfiguration(
                address: .hostname(LoopbackAddress.standard.text, port: 0)
            ),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ).test(.live) { client in
            let caller = Caller(client: client)
            let secret = try await caller.signIn()
            #expect(
                try await caller.ask(.get, "/account", as: .session(secret))["email"] == "member@example.com"
            )
            let out = try await caller.ask(.delete, "/account/sessions/current", as: .session(secret))
            #expect((out.status, out.headers[.contentLength]) == (204, nil))
            #expect(try await caller.ask(.get, "/account", as: .session(secret)).status == 401)
        }
    }

    @Test func `running tells the port and stops when it is cancelled`() async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let service = IdentityService(
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            onRunning: { continuation.yield($0) }
        )
        await withTaskGroup(of: Void.self) { group in
            // Cancelling it may end it with an error, and that is no matter here.
            group.addTask { try? await service.run() }
            let port = await ports.first { _ in true }
            #expect(port ?? 0 > 0)
            group.cancelAll()
        }
    }

    @Test func `the ledger has every call by its template, with its headers`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            let secret = try await caller.signIn()
            for id in ["current", "nobody"] {
                try await caller.ask(.get, "/account/sessions/\(id)", as: .session(secret))
            }
            try await caller.ask(.post, "/account/sessions", as: .key, headers: [.forwardedAgent: "Firefox"])
        }
        let ledger = lab.service.ledger
        #expect(ledger.count("GET /account/sessions/{sessionId}") == 2)
        #expect(ledger.count("POST /account/sessions/email") == 2)
        #expect(ledger.total == 4)
        #expect(ledger.entries.map(\.status) == [201, 200, 404, 400])
        #expect(ledger.entries.last?.headers[.forwardedAgent] == "Firefox")
        #expect(ledger.entries.allSatisfy { $0.headers[.key] == nil || $0.headers[.session] == nil })
    }

    static let faults: [(IdentityFaults.Fault, Int, String)] = [
        (.html, 200, "text/html; charset=UTF-8"), (.status(503), 503, "application/json; charset=UTF-8"),
        (.status(429), 429, "application/json; charset=UTF-8"),
        (.slow(.zero), 201, "application/json; charset=UTF-8"),
    ]

    @Test(arguments: faults)
    func `a fault spoils the route it is set for, and no other`(
        fault: IdentityFaults.Fault,
        status: Int,
        type: String
    ) async throws {
        let lab = Lab()
        lab.service.faults.set(fault, for: "POST /account/sessions/anonymous")
        try await lab.run { caller in
            let reply = try await caller.ask(.post, "/account/sessions/anonymous", as: .key)
            #expect((reply.status, reply.headers[.contentType]) == (status, type))
            #expect(try await caller.ask(.get, "/health/version").status == 200)
            lab.service.faults.clear()
            #expect(try await caller.ask(.post, "/account/sessions/anonymous", as: .key).status == 201)
        }
    }

    @Test func `a session can come without its secret`() async throws {
        let lab = Lab()
        lab.service.faults.set(.emptySecret)
        try await lab.run { caller in
            let reply = try await caller.ask(.post, "/account/sessions/anonymous", as: .key)
            #expect((reply.status, reply["secret"]) == (201, ""))
        }
    }

    @Test func `hanging up is no answer at all`() async throws {
        let lab = Lab()
        lab.service.faults.set(.hangUp)
        await #expect(throws: (any Error).self) {
            try await Application(
                responder: lab.service.responder,
                configuration: ApplicationConfiguration(
                    address: .hostname(LoopbackAddress.standard.text, port: 0)
                ),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            ).test(.live) { client in
                try await Caller(client: client).ask(.get, "/health/version")
            }
        }
        #expect(lab.service.ledger.entries.map(\.status) == [0])
    }

    @Test func `a body that is too long is refused`() async throws {
        try await Lab().run { caller async throws in
            let long: JSONValue = ["name": .text(String(repeating: "a", count: 1 << 20))]
            #expect(try await caller.ask(.post, "/account", long).status == 400)
        }
    }
}
