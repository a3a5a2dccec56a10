import Testing

@testable import Server

@Suite(.timeLimit(.minutes(1)))
struct AskedHostTests {
    @Test(arguments: [
        ("127.0.0.1:8080", 200), ("LOCALHOST", 200), ("[::1]:1", 200), ("evil.example", 421),
        ("localhost.evil.example", 421), ("localhost:80.evil.example", 400), ("localhost@evil.example", 400),
        ("", 421),
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
