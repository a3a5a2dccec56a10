import Gate
import Testing

@testable import Server

/// Peers that are slow on purpose: each of them gets an end.
@Suite(.timeLimit(.minutes(1)))
struct SlowPeerTests {
    private static let size = 24 << 20
    private static let large: [TestRelease.Page] =
        TestRelease.pages + [("/large/", .public, [], String(repeating: "x", count: size))]

    private static func asked(_ path: String, _ more: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: h\r\n\(more)\r\n"
    }

    private static let half =
        "POST /login HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99\r\n\r\na"

    @Test
    func `a reader that takes nothing is cut, and makes room for others`() async throws {
        let adapt: @Sendable (inout ServerOptions) -> Void = {
            $0.connections = 1
            $0.times.stall = .milliseconds(200)
        }
        try await Stage.run(adapt: adapt, pages: Self.large) { stage in
            let reader = try Wire(port: stage.port, receiveBuffer: 16 << 10)
            await reader.send(Self.asked("/large/"))
            #expect(await reader.read(upTo: "xxx").status == 200)
            let next = try Wire(port: stage.port)
            await next.send(Self.asked("/"))
            #expect(await next.read(upTo: "everyone").status == 200)
            let rest = await reader.read()
            #expect(rest.isOver && rest.text.utf8.count < Self.size)
        }
    }

    @Test
    func `a reader that is slow but steady gets all of it, and the end after it`() async throws {
        // The time for a stall is the usual one: a busy machine may well pause the reader for less.
        let adapt: @Sendable (inout ServerOptions) -> Void = {
            $0.times.idle = .milliseconds(100)
            $0.times.linger = .milliseconds(100)
        }
        try await Stage.run(adapt: adapt, pages: Self.large) { stage in
            let reader = try Wire(port: stage.port, receiveBuffer: 64 << 10)
            await reader.send(Self.asked("/large/", "Connection: close\r\n"))
            var count = 0
            while true {
                let piece = await reader.read(upTo: "x")
                count += piece.text.utf8.count
                guard !piece.isOver, !piece.text.isEmpty else { break }
                try await Task.sleep(for: .milliseconds(4))
            }
            #expect(count > Self.size)
        }
    }

    @Test
    func `a head that does not end is cut`() async throws {
        try await Stage.run(adapt: { $0.times.head = .milliseconds(200) }) { stage in
            let peer = try Wire(port: stage.port)
            await peer.send(Self.asked("/") + "GET / HTT")
            #expect(await peer.read(upTo: "everyone").status == 200)
            await peer.send("P/1.1\r\nX:")
            let heard = await peer.read()
            #expect(heard.isOver && heard.text.isEmpty)
        }
    }

    @Test
    func `a form that does not arrive in time is told so, and cut`() async throws {
        try await Stage.run(adapt: { $0.times.body = .milliseconds(200) }) { stage in
            let peer = try Wire(port: stage.port)
            await peer.send(Self.half)
            let heard = await peer.read()
            #expect(heard.status == 408 && heard.isOver)
            #expect(heard.text.contains("Connection: close"))
        }
    }

    @Test(arguments: [asked("/large/"), half])
    func `a slow peer does not keep the server from ending`(request: String) async throws {
        try await Stage.run(adapt: { $0.times.shutdown = .milliseconds(200) }, pages: Self.large) { stage in
            let peer = try Wire(port: stage.port, receiveBuffer: 16 << 10)
            await peer.send(request)
            // On the same connection order, this one was taken up later.
            let other = try Wire(port: stage.port)
            await other.send(Self.asked("/"))
            #expect(await other.read(upTo: "everyone").status == 200)
            await stage.beginShutdown()
            await stage.waitForEnd()
            _ = peer
        }
    }

    @Test
    func `an answer that is under way when the server ends arrives whole`() async throws {
        try await Stage.run(pages: Self.large) { stage in
            let reader = try Wire(port: stage.port, receiveBuffer: 16 << 10)
            await reader.send(Self.asked("/large/"))
            let start = await reader.read(upTo: "xxx")
            await stage.beginShutdown()
            let rest = await reader.read()
            #expect(rest.isOver && start.text.utf8.count + rest.text.utf8.count > Self.size)
            await stage.waitForEnd()
        }
    }
}
