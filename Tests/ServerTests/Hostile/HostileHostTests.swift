import DevIdentity
import Foundation
import Gate
import HTTPTypes
import Settings
import Testing

@testable import Server

/// The names and addresses of `Tests/Fixtures/hostile-hosts.txt`, from a peer that is no proxy of the operator's.
@Suite(.timeLimit(.minutes(2)))
struct HostileHostTests {
    /// Each says an address of its own: in a `Location`, in a link, or to a provider.
    private static let paths = [
        "/", "/about", "/members/", "/login", "/oauth/github", "/logout", "/nowhere/",
    ]
    private static let planted = ["evil", "203.0.113.", "2001:db8:"]

    private static func words(_ stage: Stage, method: String = "GET", path: String, number: Int = 1)
        -> [String: String]
    {
        [
            "host": "127.0.0.1:\(stage.port)", "path": path, "n": "\(number)",
            "get": "\(method) \(path) HTTP/1.1\\r\\n",
        ]
    }

    private static func request(_ head: [UInt8], body: String = "") -> [UInt8] {
        var rest = "\r\nConnection: close\r\nAccept: text/html\r\nSec-Fetch-Mode: navigate\r\n"
        if !body.isEmpty {
            rest += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
        }
        return head + Array("\(rest)\r\n\(body)".utf8)
    }

    @Test
    func `no answer and no log says a host or an address that a stranger made up`() async throws {
        let lines = try HostileLine.all(in: "hostile-hosts")
        #expect(lines.count > 100)
        let log = LogLines()
        let audit = FileManager.default.temporaryDirectory.appending(path: "audit-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: audit) }
        try await Stage.run(
            adapt: { $0.audit = audit.path },
            site: { $0.guests.unidentifiedLimit = .init(1_000_000, perSeconds: 1) },
            logger: log.logger
        ) { (stage: Stage) async throws in
            for path in Self.paths {
                let proper = try await Wire.heard(
                    stage,
                    Self.request(try lines[0].bytes(1, Self.words(stage, path: path)))
                )
                for line in lines {
                    let words = Self.words(stage, path: path)
                    let heard = try await Wire.heard(stage, Self.request(try line.bytes(1, words)))
                    let wanted = line.columns[0] == "same" ? proper.status : 400
                    #expect(heard.status == wanted, "\(heard.status ?? 0) at \(path) for \(line)")
                    #expect(Self.planted.filter(heard.text.contains) == [], "\(path) \(line)")
                    // Round trips to a provider are counted by address, fifty in an hour.
                    stage.clock.advance(60)
                }
            }
            for line in log.all {
                #expect(Self.planted.filter("\(line.message) \(line.metadata)".contains) == [])
            }
            for asked in stage.identity.ledger.entries {
                #expect(Self.planted.filter("\(asked.target)".contains) == [])
            }
        }
        #expect(Self.planted.filter(try String(contentsOf: audit, encoding: .utf8).contains) == [])
    }

    @Test
    func `no mail leads to a host that a stranger made up, and no event names their address`() async throws {
        let lines = try HostileLine.all(in: "hostile-hosts").filter { $0.columns[1].hasPrefix("{get}Host: ") }
        let audit = FileManager.default.temporaryDirectory.appending(path: "audit-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: audit) }
        try await Stage.run(adapt: { $0.audit = audit.path }) { (stage: Stage) async throws in
            for (path, body) in [
                ("/recover", #"{"email": "member@example.com"}"#),
                ("/login", #"{"email": "nobody@example.com", "password": "open-the-gate"}"#),
            ] {
                for line in lines {
                    let head = try line.bytes(1, Self.words(stage, method: "POST", path: path))
                    let status = try await Wire.heard(stage, Self.request(head, body: body)).status
                    #expect([200, 202, 400, 401, 403].contains(status), "\(status ?? 0) for \(line)")
                    stage.clock.advance(3600)
                }
            }
            let mails = stage.identity.store.outbox
            #expect(mails.count > 30)
            for mail in mails { #expect(Self.planted.filter("\(mail)".contains) == []) }
            for asked in stage.identity.ledger.entries {
                let addresses = asked.headers[values: .forwardedFor].joined()
                #expect(Self.planted.filter(addresses.contains) == [])
            }
        }
        let told = try String(contentsOf: audit, encoding: .utf8)
        #expect(told.contains("127.0.0.1") && Self.planted.filter(told.contains) == [])
    }

    @Test
    func `reads are counted for who really reads, whatever they say of themselves`() async throws {
        let lines = try HostileLine.all(in: "hostile-hosts").filter { $0.columns[0] == "same" }
        try await Stage.run(site: { $0.guests.unidentifiedLimit = .init(3, perSeconds: 60) }) {
            (stage: Stage) async throws in
            for line in lines {
                var statuses: [Int?] = []
                for number in 1...4 {
                    let words = Self.words(stage, path: "/", number: number)
                    statuses.append(try await Wire.heard(stage, Self.request(line.bytes(1, words))).status)
                }
                #expect(statuses == [200, 200, 200, 429], "\(line)")
                stage.clock.advance(60)
            }
        }
    }
}
