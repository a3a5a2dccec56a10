import Appwrite
import DevIdentity
import Foundation
import Ground
import Logging
import Synchronization
import Testing
import Transfer

@testable import gatehouse

/// The command as a process, before an identity service whose clock the tests turn.
@Suite(.timeLimit(.minutes(1))) struct GuestsCommandTests {
    private static let key = Secret("standard_0123456789abcdef")

    /// An identity service with the accounts of a site, and the command before it.
    private struct Town: Sendable {
        let identity: IdentityService
        let clock: TownClock
        let admin: AdminClient
        let visitor: @Sendable (Secret) -> SessionClient
        let site: DemoSite

        func guest() async throws -> Session {
            try await admin.createAnonymousSession(for: Appwrite.Caller())
        }

        func guests(_ count: Int) async throws -> [Session] {
            var sessions: [Session] = []
            for _ in 0..<count { sessions.append(try await guest()) }
            return sessions
        }

        func prune(_ more: String...) async throws -> Command.Outcome {
            try await Command.run(
                ["guests", "prune", "--older-than", "30d"] + more,
                environment: ["APPWRITE_API_KEY": key.revealed],
                folder: site.folder
            )
        }

        var users: Set<String> { Set(identity.store.anonymousUsers) }
    }

    /// Days before the present moment, until a test turns it.
    private final class TownClock: Sendable {
        private let days = Mutex(0)

        func turn(toDaysAgo days: Int) { self.days.withLock { $0 = days } }

        var now: Moment {
            let seconds = Date().timeIntervalSince1970 - Double(days.withLock { $0 } * 86_400)
            return Moment(milliseconds: Int64(seconds * 1000))
        }
    }

    private static func town(
        scopes: Set<String> = IdentityKey.everyday,
        _ test: @escaping @Sendable (Town) async throws -> Void
    ) async throws {
        let clock = TownClock()
        let (ports, port) = AsyncStream<Int>.makeStream()
        let identity = IdentityService(
            configuration: IdentityConfiguration(keys: [
                IdentityKey(secret: key, scopes: scopes),
                IdentityKey(secret: Secret("standard_all"), scopes: IdentityKey.everyday),
            ]),
            clock: IdentityClock { clock.now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            onRunning: { port.yield($0) }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await identity.run() }
            let running = try #require(await ports.first { _ in true })
            let endpoint = try #require(
                AppwriteEndpoint(url: "http://127.0.0.1:\(running)/v1", project: "gatehouse")
            )
            let transfer = try TransferClient()
            let site = try DemoSite(
                configuration:
                    "appwrite: { endpoint: http://127.0.0.1:\(running)/v1, project: gatehouse, key: '${APPWRITE_API_KEY}' }"
            )
            defer { site.remove() }
            try await test(
                Town(
                    identity: identity,
                    clock: clock,
                    admin: AdminClient(endpoint: endpoint, key: Secret("standard_all"), transfer: transfer),
                    visitor: { SessionClient(endpoint: endpoint, secret: $0, transfer: transfer) },
                    site: site
                )
            )
            await transfer.shutdown()
            group.cancelAll()
        }
    }

    private struct Tally: Decodable {
        let accounts: Int
        let guests: Int
        let old: Int
        let removed: Int
        let kept: [String: Int]
        let failed: Int
        let dry_run: Bool
    }

    private static func tally(_ outcome: Command.Outcome) throws -> Tally {
        try JSONDecoder().decode(Tally.self, from: Data(outcome.output.utf8))
    }

    @Test func `guests who were not there for long go, and everybody else stays`() async throws {
        try await Self.town { town in
            let members = town.identity.store.userCount
            town.clock.turn(toDaysAgo: 40)
            let old = try await town.guests(3)
            let faithful = try await town.guest()
            let converted = try await town.guest()
            _ = try await town.visitor(converted.secret).convertGuest(
                email: "new@example.com",
                password: Secret("long-enough-8")
            )
            town.clock.turn(toDaysAgo: 10)
            _ = try await town.visitor(faithful.secret).account()
            let young = try await town.guest()
            town.clock.turn(toDaysAgo: 0)

            let dry = try Self.tally(try await town.prune("--dry-run", "--json"))
            #expect((dry.dry_run, dry.removed, dry.old, dry.guests) == (true, 3, 3, 5))
            #expect(dry.accounts == members + 6)
            #expect(town.users.isSuperset(of: old.map(\.userID)))

            let outcome = try await town.prune()
            #expect(outcome.code == 0 && outcome.error.isEmpty)
            #expect(
                outcome.output.hasPrefix("\(members + 6) accounts, 5 of guests; nobody was there since 20")
            )
            #expect(outcome.output.hasSuffix(" as 3\nremoved 3 guests\n"))
            #expect(town.users == [faithful.userID, young.userID])
            #expect(town.identity.store.userCount == members + 3)
        }
    }

    @Test func `in doubt an account stays`() async throws {
        try await Self.town { town in
            town.clock.turn(toDaysAgo: 400)
            let store = town.identity.store
            let (labelled, blocked, gone) = (
                try await town.guest(), try await town.guest(), try await town.guest()
            )
            let (teamed, connected) = (try await town.guest(), try await town.guest())
            store.setLabels(["kept"], user: labelled.userID)
            store.setBlocked(true, user: blocked.userID)
            store.revokeSessions(ofUser: gone.userID)
            store.join(team: "staff", user: teamed.userID)
            store.connect("github", user: connected.userID)
            // A program of the operator's makes accounts that have nothing but an id, and signs them in by tokens.
            let made = try await town.guest()
            store.revokeSessions(ofUser: made.userID)
            store.addSession(provider: "token", user: made.userID)
            town.clock.turn(toDaysAgo: 0)
            let tally = try Self.tally(try await town.prune("--json"))
            #expect(
                tally.kept == [
                    "marked": 2, "no_session": 1, "in_team": 1, "connected": 1, "other_session": 1,
                ]
            )
            #expect((tally.old, tally.removed, tally.failed) == (6, 0, 0))
            let without = try Self.tally(try await town.prune("--json", "--without-session"))
            #expect(without.removed == 1 && without.kept["no_session"] == nil)
            #expect(!town.users.contains(gone.userID) && town.users.count == 5)
        }
    }

    @Test func `a guest who converts while the list is worked off stays`() async throws {
        try await Self.town { town in
            town.clock.turn(toDaysAgo: 40)
            let (quick, old) = (try await town.guest(), try await town.guest())
            town.clock.turn(toDaysAgo: 0)
            let latch = Latch()
            town.identity.faults.set(.held(latch), for: "GET /users/{userId}/sessions")
            async let outcome = town.prune("--json")
            while town.identity.ledger.count("GET /users") == 0 {
                try await Task.sleep(for: .milliseconds(5))
            }
            _ = try await town.visitor(quick.secret).convertGuest(
                email: "quick@example.com",
                password: Secret("long-enough-8")
            )
            latch.open()
            let tally = try Self.tally(try await outcome)
            #expect((tally.old, tally.removed, tally.kept) == (2, 1, ["came_back": 1]))
            #expect(town.users.isEmpty && !town.users.contains(old.userID))
            _ = try await town.visitor(quick.secret).account()
        }
    }

    @Test func `all of many pages are removed`() async throws {
        try await Self.town { town in
            town.clock.turn(toDaysAgo: 40)
            _ = try await town.guests(250)
            town.clock.turn(toDaysAgo: 0)
            let tally = try Self.tally(try await town.prune("--json"))
            #expect((tally.guests, tally.removed, tally.failed) == (250, 250, 0))
            #expect(town.identity.store.anonymousUserCount == 0)
        }
    }

    @Test(arguments: [
        (["users.write"], "users.read"), (["users.read"], "users.write"),
        (["sessions.write"], "users.read"),
    ])
    func `a scope that the key lacks is named, and nothing is removed`(scopes: [String], missing: String)
        async throws
    {
        try await Self.town(scopes: Set(scopes)) { town in
            town.clock.turn(toDaysAgo: 40)
            let guest = try await town.guest()
            town.clock.turn(toDaysAgo: 0)
            let outcome = try await town.prune()
            #expect(outcome.code == 3)
            #expect(outcome.error.contains("takes the scope \(missing): add it to the key"))
            #expect(town.users == [guest.userID])
            // To look takes no right to remove.
            let dry = try await town.prune("--dry-run")
            #expect(dry.code == (missing == "users.write" ? 0 : 3))
        }
    }

    @Test func `when Appwrite fails it is given up soon, and what could not be asked about stays`()
        async throws
    {
        try await Self.town { town in
            town.clock.turn(toDaysAgo: 40)
            _ = try await town.guests(30)
            town.clock.turn(toDaysAgo: 0)
            town.identity.faults.set(.status(500), for: "GET /users/{userId}/memberships")
            let outcome = try await town.prune()
            #expect(outcome.code == 3)
            #expect(outcome.output.contains("\nfailed at "))
            #expect(outcome.error.contains("could not be looked at or removed"))
            #expect(town.users.count == 30)
            #expect(town.identity.ledger.count("GET /users/{userId}/memberships") < 10)
        }
    }

    @Test func `a person sees how far it is, and a pipe does not`() async throws {
        try await Self.town { town in
            town.clock.turn(toDaysAgo: 40)
            _ = try await town.guests(2)
            town.clock.turn(toDaysAgo: 0)
            let seen = try await Terminal.run(
                ["guests", "prune", "--older-than", "30d", "--source", town.site.path],
                environment: ["APPWRITE_API_KEY": Self.key.revealed]
            )
            #expect(seen.contains("removing guests 2/2"))
            #expect(seen.contains("removed 2 guests"))
        }
    }

    @Test(arguments: ["2d", "30", "d", "-5d", "30h"])
    func `an age that is too young, or none, is wrong usage`(age: String) async throws {
        let outcome = try await Command.run(["guests", "prune", "--older-than=\(age)"])
        #expect(outcome.code == 2)
    }
}
