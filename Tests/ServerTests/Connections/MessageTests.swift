import Foundation
import Logging
import Testing

@testable import Server

/// HTTP/1.1 as it is on the wire (RFC 9112).
@Suite(.timeLimit(.minutes(1)))
struct MessageTests {
    private static let form =
        "POST /login HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\n"

    @Test
    func `a body that is malformed gets 400 and an end, and is no failure of ours`() async throws {
        let lines = LogLines()
        try await Stage.run(logger: lines.logger) { stage in
            let heard = try await Wire.heard(stage, Self.form + "Transfer-Encoding: chunked\r\n\r\nzz\r\n")
            #expect(heard.status == 400 && heard.isOver)
            #expect(heard.text.components(separatedBy: "HTTP/1.1 ").count == 2)
            #expect(!lines.all.contains { $0.level >= .warning })
        }
    }

    @Test
    func `a form that is cut short is not taken for a whole one`() async throws {
        let lines = LogLines()
        try await Stage.run(logger: lines.logger) { stage in
            let peer = try Wire(port: stage.port)
            await peer.send(Self.form + "Content-Length: 99\r\n\r\nemail=a")
            peer.finishSending()
            #expect(await peer.read().status == 400)
            #expect(!lines.all.contains { $0.level >= .warning })
        }
    }

    @Test(arguments: [
        "GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nConnection: CLOSE\r\n\r\n",
    ])
    func `a peer that asks for the end of the connection gets it`(request: String) async throws {
        try await Stage.run { stage in
            let heard = try await Wire.heard(stage, request + "GET /about/ HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(heard.status == 200 && heard.isOver)
            #expect(heard.text.contains("Connection: close"))
            #expect(!heard.text.contains("About"))
        }
    }

    @Test
    func `a connection goes on until its peer asks for the end, and requests may come in one piece`()
        async throws
    {
        try await Stage.run { stage in
            let peer = try Wire(port: stage.port)
            await peer.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(await peer.read(upTo: "everyone").status == 200)
            let last = "GET /about/ HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
            await peer.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n" + last)
            let heard = await peer.read()
            #expect(heard.isOver && heard.text.contains("everyone") && heard.text.contains("About"))
        }
    }

    @Test
    func `a form that is too large ends the connection, and its peer can read why`() async throws {
        try await Stage.run(adapt: { $0.times.linger = .milliseconds(300) }) { stage in
            let peer = try Wire(port: stage.port)
            await peer.send(
                Self.form + "Content-Length: 10485760\r\n\r\n" + String(repeating: "a", count: 1 << 20)
            )
            let heard = await peer.read()
            #expect(heard.status == 413 && heard.isOver)
            #expect(heard.text.contains("Connection: close"))
        }
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
        "CONNECT / HTTP/1.1\r\nHost: h\r\n\r\n",
    ])
    func `who offers another protocol is answered in this one, and the connection ends`(request: String)
        async throws
    {
        try await Stage.run { stage in
            let peer = try Wire(port: stage.port)
            await peer.send(request + "GET /about/ HTTP/1.1\r\nHost: h\r\n\r\n")
            let heard = await peer.read(within: 5000)
            #expect(heard.isOver && heard.text.contains("Connection: close"))
            #expect(heard.statuses.count == 1 && !heard.text.contains("About"))
        }
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
        "GET / HTTP/2.0\r\nHost: h\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
    ])
    func `what comes after the last request is not kept`(request: String) async throws {
        try await Stage.run(adapt: { $0.times.linger = .seconds(50) }) { stage in
            let peer = try Wire(port: stage.port)
            await peer.send(request)
            #expect(await peer.read(upTo: "\r\n\r\n").status != nil)
            let before = try Self.residentMegabytes
            let megabyte = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 20)
            for _ in 0..<256 { #expect(await peer.send(megabyte)) }
            #expect(try Self.residentMegabytes - before < 100)
        }
    }

    /// What this process, and so the server within it, holds of the machine's memory (proc_pid_statm(5)).
    private static var residentMegabytes: Int {
        get throws {
            let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
            return try #require(Int(pages[1])) * Int(sysconf(Int32(_SC_PAGESIZE))) / (1 << 20)
        }
    }
}
