import HTTPTypes
import Testing
import Transfer

struct TransferFailureTests {
    @Test(arguments: [
        // Nothing at all, half a head, half a body, half a chunk.
        ("", "unreachable"),
        ("HTTP/1.1 200 OK\r\nContent-", "unreachable"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "unreachable"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf", "unreachable"),
        ("220 mail.example ESMTP\r\n", "badResponse"),
        ("HTTP/7.3 200 OK\r\n\r\n", "badResponse"),
    ])
    func `a broken answer is a failure of its kind`(wire: String, kind: String) async throws {
        let server = try SocketServer { connection in
            _ = connection.readRequest()
            connection.write(wire)
            connection.end()
        }
        let client = try TransferClient()
        #expect(await client.failure(server.request())?.kind == kind)
    }

    @Test func `a port without a server is unreachable`() async throws {
        let client = try TransferClient()
        #expect(await client.failure(try closedPort())?.kind == "unreachable")
    }

    @Test func `a silent server is given up after the time limit`() async throws {
        let server = try SocketServer { connection in while connection.read()?.isEmpty == false {} }
        let client = try TransferClient()
        let start = ContinuousClock.now
        let failure = await client.failure(server.request(), limits: TransferLimits(total: .milliseconds(50)))
        #expect(failure?.kind == "timedOut")
        #expect(ContinuousClock.now - start < .seconds(2))
    }

    @Test func `a server that drips is given up after the time limit`() async throws {
        let server = try SocketServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\n\r\n")
            while connection.write("x") {}
        }
        let client = try TransferClient()
        let limits = TransferLimits(total: .milliseconds(200), body: .max)
        #expect(await client.failure(server.request(), limits: limits)?.kind == "timedOut")
    }

    @Test func `a body as large as its limit is returned, one byte more is not`() async throws {
        let server = try SocketServer { connection in
            while connection.readRequest() != nil {
                connection.write(
                    "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + String(repeating: "x", count: 1000)
                )
            }
        }
        let client = try TransferClient()
        #expect(await client.failure(server.request(), limits: TransferLimits(body: 1000)) == nil)
        #expect(await client.failure(server.request(), limits: TransferLimits(body: 999)) == .tooLarge(.body))
    }

    @Test func `a body without end is cut off`() async throws {
        let server = try SocketServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\n\r\n")
            while connection.write(String(repeating: "x", count: 65_536)) {}
        }
        let client = try TransferClient()
        #expect(await client.failure(server.request()) == .tooLarge(.body))
    }

    @Test(arguments: [(2000, 10), (1, 40_000), (1, 400_000)])
    func `a huge head is cut off`(lines: Int, length: Int) async throws {
        let server = try SocketServer { connection in
            _ = connection.readRequest()
            let line = "X-Long: \(String(repeating: "x", count: length))\r\n"
            connection.write("HTTP/1.1 200 OK\r\n\(String(repeating: line, count: lines))\r\n")
        }
        let client = try TransferClient()
        #expect(await client.failure(server.request()) == .tooLarge(.head))
    }

    @Test func `no failure tells what was asked`() async throws {
        let server = try SocketServer { connection in
            guard let request = connection.readRequest() else { return }
            if request.contains("/garbage") { connection.write("not HTTP at all\r\n") }
            if request.contains("/half") {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
            }
            if request.contains("/slow") { while connection.read()?.isEmpty == false {} }
            connection.end()
        }
        let client = try TransferClient()
        let limits = TransferLimits(total: .milliseconds(200))
        let fields: HTTPFields = [.authorization: "hushhush-key"]
        for path in ["/garbage", "/half", "/slow", "/close"] {
            let request = server.request(.post, "\(path)?secret=hushhush-query", fields)
            let failure = await client.failure(request, body: Array("hushhush-body".utf8), limits: limits)
            #expect(failure.map(\.description)?.contains("hushhush") == false)
        }
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `no connection is made to an address that is not admitted`(host: String) async throws {
        let notes = Notes()
        let server = try SocketServer { connection in
            notes.add("connected")
            _ = connection.readRequest()
            connection.write("HTTP/1.1 204 No Content\r\n\r\n")
        }
        let asked = Notes()
        var request = server.request()
        request.authority = "\(host):\(server.port)"
        let strict = try TransferClient(admits: {
            asked.add($0)
            return false
        })
        let failure = await strict.failure(request)
        #expect(failure == .refusedAddress("127.0.0.1") || failure == .refusedAddress("::1"))
        #expect(notes.all.isEmpty && asked.all.contains("127.0.0.1"))
        let open = try TransferClient(admits: { $0 == "127.0.0.1" })
        #expect(try await open.send(request).head.status.code == 204)
        #expect(notes.all == ["connected"])
    }

    /// A port that was free a moment ago.
    private func closedPort() throws -> HTTPRequest {
        try SocketServer { _ in }.request()
    }
}

extension TransferFailure {
    /// The case without its text, which is libcurl's.
    var kind: String { Mirror(reflecting: self).children.first?.label ?? description }
}
