import Testing

@testable import Server

@Suite(.timeLimit(.minutes(1)))
struct AskedHostTests {
    @Test(arguments: ["", "Host: h\r\nHost: h\r\n", "Host: h\r\nhost: other\r\n"])
    func `a request without a host, or with two, is refused`(fields: String) async throws {
        try await Stage.run { stage in
            let heard = try await Wire.heard(stage, "GET / HTTP/1.1\r\n\(fields)Connection: close\r\n\r\n")
            #expect(heard.status == 400)
        }
    }

    @Test(arguments: [
        ("127.0.0.1:8080", 200), ("LOCALHOST", 200), ("[::1]:1", 200), ("evil.example", 421),
        ("localhost.evil.example", 421), ("localhost:80.evil.example", 421), ("", 421),
    ])
    func `a preview answers to this machine's own names only`(host: String, status: Int) async throws {
        try await Stage.run(adapt: { $0.preview = Preview(accounts: []) }) { stage in
            for path in ["/", "/_gatehouse/live.js"] {
                let request = "GET \(path) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n"
                let heard = try await Wire.heard(stage, request)
                #expect(heard.status == status)
            }
        }
    }

    @Test
    func `a site answers by whatever name it is reached`() async throws {
        try await Stage.run { stage in
            let request = "GET / HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n"
            let heard = try await Wire.heard(stage, request)
            #expect(heard.status == 200)
        }
    }
}
