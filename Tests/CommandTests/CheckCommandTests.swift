import Foundation
import Settings
import Testing
import Transfer

@testable import gatehouse

struct CheckCommandTests {
    @Test
    func `a good site is checked and nothing is written`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        let outcome = try await Command.run(["check"], folder: site.folder)
        #expect(outcome.code == 0)
        #expect(outcome.output == "Checked 1 public and 1 private page, 0 assets: all is well\n")
        #expect(outcome.error.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: site.path + "/dist"))
    }

    @Test
    func `mistakes are told as a build tells them`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        try site.write("content/a.md", "---\ntitel: A\n---\n")
        let outcome = try await Command.run(["check"], folder: site.folder)
        #expect(outcome.code == 1)
        #expect(outcome.error.hasPrefix("content/a.md:2:1: error: unknown key 'titel'"))
        let json = try await Command.run(["check", "--json"], folder: site.folder)
        #expect(json.code == 1)
        #expect(json.output.contains("\"line\" : 2"))
        #expect(json.error.isEmpty)
    }

    /// A server that answers by the path, and notes what it was asked.
    private func server() throws -> WebServer {
        try WebServer { method, path in
            switch path {
            case "/good", "/home": "200 OK"
            case "/moved": "302 Found\r\nLocation: /good"
            case "/round": "302 Found\r\nLocation: /round"
            case "/old": method == "HEAD" ? "405 Method Not Allowed" : "200 OK"
            case "/whole": method == "HEAD" ? "404 Not Found" : "200 OK"
            case "/gone": "410 Gone"
            default: "404 Not Found"
            }
        }
    }

    @Test
    func `links to other sites are asked, each address once`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        let server = try server()
        let base = "http://127.0.0.1:\(server.port)"
        try site.write(
            "content/links.md",
            """
            ---
            title: Links
            ---
            [a](\(base)/good) [b](\(base)/good#part) [c](\(base)/moved) [d](\(base)/old) [d](\(base)/whole)
            [e](\(base)/gone) [f](\(base)/round) <mailto:a@b.example>

            [g](\(base)/gone#x) ![h](http://nowhere.invalid/) [i](http://127.0.0.1:8080/own)
            """
        )
        let outcome = try await Command.run(
            ["check", "--external", "--allow-private", "--patience", "5"],
            folder: site.folder
        )
        #expect(outcome.code == 0)
        let lines = outcome.error.split(separator: "\n").map(String.init)
        #expect(lines[0] == "content/links.md:5:1: warning: '\(base)/gone' answers 410 Gone")
        #expect(
            lines[1].hasPrefix("content/links.md:5:")
                && lines[1].hasSuffix("'\(base)/round' leads on and on, 5 times")
        )
        #expect(lines[2] == "content/links.md:7:1: warning: '\(base)/gone#x' answers 410 Gone")
        #expect(lines[3].contains("'http://nowhere.invalid/' does not answer: unreachable"))
        #expect(lines.count == 4)
        let asked = server.asked
        #expect(asked.filter { $0 == "HEAD /good" }.count == 2)
        #expect(asked.contains("GET /old"))
        #expect(asked.filter { $0.hasSuffix("/gone") } == ["HEAD /gone", "GET /gone"])
        let strict = try await Command.run(
            ["check", "--external", "--allow-private", "--strict"],
            folder: site.folder
        )
        #expect(strict.code == 1)
    }

    @Test
    func `a name that nobody knows is told as such`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        try site.write("content/links.md", "[a](http://nowhere.invalid/)\n")
        let outcome = try await Command.run(["check", "--external"], folder: site.folder)
        #expect(outcome.error.contains("'http://nowhere.invalid/' does not answer: unreachable"))
    }

    @Test(arguments: [
        "127.0.0.1", "localhost", "LOCALHOST", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1",
        "169.254.169.254", "0x7f000001", "2130706433", "127.1",
    ])
    func `addresses of this machine and of private networks are not asked`(host: String) async throws {
        let site = try DemoSite()
        defer { site.remove() }
        let server = try server()
        try site.write("content/links.md", "[a](http://\(host):\(server.port)/good)\n")
        let outcome = try await Command.run(["check", "--external"], folder: site.folder)
        #expect(outcome.code == 0)
        #expect(outcome.error.contains("was not asked: "))
        #expect(outcome.error.contains("--allow-private asks it"))
        #expect(server.asked.isEmpty)
    }

    @Test
    func `an address that leads to a private one is followed no further`() async throws {
        let server = try WebServer { _, _ in "302 Found\r\nLocation: http://127.0.0.2:1/\r\n" }
        let addresses = PrivateAddresses(ranges: [try #require(AddressRange("127.0.0.2"))])
        let asker = AddressAsker(
            client: try TransferClient(admits: { !addresses.isPrivate($0) }),
            patience: .seconds(5)
        )
        let problem = await asker.problem(of: "http://127.0.0.1:\(server.port)/")
        #expect(
            problem?.text == "was not asked: 127.0.0.2 is an address of this machine or of a private network"
        )
        #expect(server.asked == ["HEAD /"])
    }

    @Test(arguments: [
        ("93.184.216.34", false), ("2606:2800:220:1::1", false), ("127.9.9.9", true), ("10.1.2.3", true),
        ("172.31.0.1", true), ("172.32.0.1", false), ("192.168.0.1", true), ("100.64.0.1", true),
        ("0.0.0.0", true),
        ("224.0.0.1", true), ("::1", true), ("::", true), ("::ffff:10.0.0.1", true), ("fe80::1%eth0", true),
        ("fd00::1", true), ("::ffff:127.0.0.1", true), ("::ffff:c0a8:1", true),
        ("::ffff:93.184.216.34", false),
    ])
    func `private addresses are told from public ones`(address: String, isPrivate: Bool) {
        #expect(PrivateAddresses().isPrivate(address) == isPrivate)
    }
}
