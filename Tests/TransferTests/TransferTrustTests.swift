import Foundation
import HTTPTypes
import Testing
import Transfer

/// TLS against OpenSSL's test server, where the machine has it.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: TLSServer.tool)))
struct TransferTrustTests {
    @Test func `a certificate of an unknown authority is refused`() async throws {
        let server = try TLSServer(name: "localhost")
        let client = try TransferClient()
        #expect(await client.failure(server.request)?.kind == "tls")
    }

    @Test func `an authority from a file is believed`() async throws {
        let server = try TLSServer(name: "localhost")
        let client = try TransferClient(trust: .file(server.certificate))
        #expect(try await client.send(server.request).head.status.code == 200)
    }

    @Test func `a certificate for another name is refused`() async throws {
        let server = try TLSServer(name: "elsewhere.example")
        let client = try TransferClient(trust: .file(server.certificate))
        #expect(await client.failure(server.request)?.kind == "tls")
    }

    @Test func `a missing file of authorities is a failure, not trust`() async throws {
        let server = try TLSServer(name: "localhost")
        let client = try TransferClient(trust: .file(server.certificate + ".missing"))
        #expect(await client.failure(server.request)?.kind == "tls")
    }
}
