import Foundation
import HTTPTypes
import Testing
import Transfer

struct TransferClientTests {
    @Test func `status, fields and body come back as sent`() async throws {
        let server = try SocketServer { connection in
            _ = connection.readRequest()
            connection.write(
                "HTTP/1.1 418 A Teapot\r\nX-Pot: brown\r\nX-Pot: round\r\nContent-Length: 5\r\n\r\nshort"
            )
        }
        let client = try TransferClient()
        let response = try await client.send(server.request())
        #expect(response.head.status.code == 418)
        #expect(response.head.status.reasonPhrase == "A Teapot")
        #expect(response.head.headerFields[values: HTTPField.Name("X-Pot")!] == ["brown", "round"])
        #expect(response.text == "short")
    }

    @Test(arguments: [
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\nX-Late: no\r\n\r\n",
            200, "onetwo"
        ),
        ("HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
        ("HTTP/1.1 301 Moved\r\nLocation: /elsewhere\r\nContent-Length: 4\r\n\r\nmove", 301, "move"),
        (
            "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>", 502,
            "<html>"
        ),
        (
            "HTTP/1.1 100 Continue\r\nX-Late: no\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200,
            "ok"
        ),
        ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nraw", 200, "raw"),
        ("HTTP/1.0 200 OK\r\n\r\nuntil the end", 200, "until the end"),
    ])
    func `a response is returned as it is`(wire: String, status: Int, body: String) async throws {
        let notes = Notes()
        let server = try SocketServer { connection in
            while let request = connection.readRequest() {
                notes.add(request)
                connection.write(wire)
                if wire.hasPrefix("HTTP/1.0") { return connection.end() }
            }
        }
        let client = try TransferClient()
        let response = try await client.send(server.request())
        #expect(response.head.status.code == status)
        #expect(response.text == body)
        #expect(response.head.headerFields[HTTPField.Name("X-Late")!] == nil)
        #expect(notes.all.count == 1)
    }

    @Test func `only the request's own fields are sent`() async throws {
        let notes = Notes()
        let server = try SocketServer { connection in
            while let request = connection.readRequest() {
                notes.add(request.replacing("\r\n", with: "|"))
                connection.write("HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n")
            }
        }
        let client = try TransferClient()
        let empty = HTTPField(name: HTTPField.Name("X-Empty")!, value: "")
        _ = try await client.send(server.request(.get, "/a/../b?c=d%20e", [.accept: "text/plain"]))
        _ = try await client.send(server.request(.post, "/p", HTTPFields([empty])), body: Array("{}".utf8))
        _ = try await client.send(server.request(.patch, "/e"))
        _ = try await client.send(server.request(.delete, "/d"))
        #expect(
            notes.all == [
                "GET /a/../b?c=d%20e HTTP/1.1|Host: \(server.authority)|Accept: text/plain||",
                "POST /p HTTP/1.1|Host: \(server.authority)|X-Empty:|Content-Length: 2||{}",
                "PATCH /e HTTP/1.1|Host: \(server.authority)|Content-Length: 0||",
                "DELETE /d HTTP/1.1|Host: \(server.authority)||",
            ]
        )
        #expect(server.accepted == 1)
    }

    @Test func `a HEAD request waits for no body`() async throws {
        let server = try SocketServer { connection in
            while connection.readRequest() != nil {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n")
            }
        }
        let client = try TransferClient()
        for _ in 1...2 {
            let response = try await client.send(server.request(.head))
            #expect(response.head.headerFields[.contentLength] == "99999999")
            #expect(response.body.isEmpty)
        }
        #expect(server.accepted == 1)
    }

    @Test func `a large body arrives whole`() async throws {
        let server = try SocketServer { connection in
            guard let request = connection.readRequest() else { return }
            let body = request.components(separatedBy: "\r\n\r\n").dropFirst().joined()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        }
        let client = try TransferClient()
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: 900_000)
        #expect(try await client.send(server.request(.post), body: body).body == body)
    }

    @Test func `a hundred requests at once share the connections and keep their answers apart`() async throws
    {
        let server = try SocketServer { connection in
            while let request = connection.readRequest() {
                let path = request.split(separator: " ")[1]
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(path.utf8.count)\r\n\r\n\(path)")
            }
        }
        let client = try TransferClient(connectionsPerHost: 8)
        try await withThrowingTaskGroup(of: (String, String).self) { group in
            for number in 1...100 {
                group.addTask {
                    ("/\(number)", try await client.send(server.request(.get, "/\(number)")).text)
                }
            }
            for try await (asked, answered) in group { #expect(asked == answered) }
        }
        #expect(1...8 ~= server.accepted)
    }

    @Test(arguments: [
        HTTPRequest(method: .get, scheme: "ftp", authority: "127.0.0.1", path: "/"),
        HTTPRequest(method: .get, scheme: nil, authority: "127.0.0.1", path: "/"),
        HTTPRequest(method: .get, scheme: "http", authority: nil, path: "/"),
        HTTPRequest(method: .get, scheme: "http", authority: "", path: "/"),
        HTTPRequest(method: .get, scheme: "http", authority: "user:word@127.0.0.1", path: "/"),
        HTTPRequest(method: .get, scheme: "http", authority: "127.0.0.1/x", path: "/"),
        HTTPRequest(method: .get, scheme: "http", authority: "127.0.0.1?x", path: "/"),
        HTTPRequest(method: .get, scheme: "http", authority: "127.0.0.1", path: nil),
        HTTPRequest(method: .get, scheme: "http", authority: "127.0.0.1", path: "x"),
        HTTPRequest(method: .get, scheme: "http", authority: "127.0.0.1", path: "/a b"),
        HTTPRequest(method: .get, scheme: "http", authority: "127.0.0.1", path: "/a#b"),
        HTTPRequest(method: .get, scheme: "http", authority: "127.0.0.1", path: "/a\r\nX: y"),
        HTTPRequest(
            method: .post,
            scheme: "http",
            authority: "127.0.0.1",
            path: "/",
            headerFields: [.contentLength: "7"]
        ),
    ])
    func `a request that is none is not sent`(request: HTTPRequest) async throws {
        let client = try TransferClient()
        guard case .badRequest = await client.failure(request) else {
            Issue.record("\(request) was accepted")
            return
        }
    }
}
