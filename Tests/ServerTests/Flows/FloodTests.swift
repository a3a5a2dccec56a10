import DevIdentity
import Foundation
import Gate
import HTTPTypes
import Settings
import Synchronization
import Testing

@testable import Server

/// What strangers send by the hundred thousand.
struct FloodTests {
    private static let name = "a_session_testproject"

    @Test
    func `a hundred thousand made-up sessions from one address cost one minute's questions`() async throws {
        try await Stage.run(site: { $0.guests.unidentifiedLimit = .init(1_000_000, perSeconds: 1) }) {
            (stage: Stage) async throws in
            stage.identity.ledger.clear()
            // One after the other: all at once would keep the identity service beside it from answering in time.
            var statuses: Set<Int> = []
            for number in 0..<100_000 {
                let cookie: HTTPFields = [.cookie: "\(Self.name)=garbage-\(number)"]
                statuses.insert(try await stage.ask(.get, "/members/", cookie).status)
            }
            #expect(statuses == [401, 429])
            #expect(stage.identity.ledger.total <= 60)
            #expect(stage.front.desk.sessions.count <= 60)
        }
    }

    @Test
    func `made-up sessions from thousands of addresses are bounded all together, and members read on`()
        async throws
    {
        let proxies = [try #require(AddressRange("127.0.0.0/8"))]
        try await Stage.run(site: { $0.server.trustedProxies = proxies }) { (stage: Stage) async throws in
            let member = stage.browser()
            try await member.signIn()
            stage.identity.ledger.clear()
            for number in 0..<20_000 {
                let fields: HTTPFields = [
                    .cookie: "\(Self.name)=garbage-\(number)", .accept: "text/html",
                    .forwardedFor: "10.\(number >> 14).\(number >> 7 & 127).\(number & 127)",
                ]
                _ = try await stage.ask(.get, "/members/", fields)
            }
            #expect(stage.identity.ledger.total <= 1200)
            #expect(stage.front.desk.sessions.count <= 1200)
            #expect(try await member.visit("/members/").status == 200)
        }
    }

    @Test
    func
        `after ten wrong passwords in a row the wait doubles, from whatever address, and ends with the right one`()
        async throws
    {
        let proxies = [try #require(AddressRange("127.0.0.0/8"))]
        try await Stage.run(site: { $0.server.trustedProxies = proxies }) { (stage: Stage) async throws in
            let number = Counter()
            func tried(_ password: String) async throws -> (status: Int, wait: Int) {
                let fields: HTTPFields = [
                    .contentType: "application/json", .accept: "application/json",
                    .forwardedFor: "198.51.100.\(number.next())",
                ]
                let body = #"{"email": "member@example.com", "password": "\#(password)"}"#
                let answer = try await stage.ask(.post, "/login", fields, body: body)
                return (answer.status, Int(answer.fields[.retryAfter] ?? "") ?? 0)
            }
            for _ in 0..<10 { #expect(try await tried("wrong-password").status == 401) }
            var waits: [Int] = []
            for _ in 0..<6 {
                let (status, wait) = try await tried("wrong-password")
                #expect(status == 429)
                waits.append(wait)
                stage.clock.advance(TimeInterval(wait))
                #expect(try await tried("wrong-password").status == 401)
            }
            #expect(waits == [360, 720, 1440, 2880, 3600, 3600])
            stage.clock.advance(3600)
            #expect(try await tried("open-the-gate").status == 200)
            #expect(try await tried("wrong-password").status == 401)
            #expect(try await tried("open-the-gate").status == 200)
        }
    }
}

/// Numbers that are handed out once each.
private final class Counter: Sendable {
    private let numbers = Mutex(0)

    func next() -> Int {
        numbers.withLock { number in
            number += 1
            return number
        }
    }
}
