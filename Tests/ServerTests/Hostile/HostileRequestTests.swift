import Gate
import Settings
import Testing

@testable import Server

/// The requests of `Tests/Fixtures/hostile-requests.txt`, sent as they are (RFC 9112).
@Suite(.timeLimit(.minutes(2)))
struct HostileRequestTests {
    private static let words = [
        "close": #"Host: h\r\nConnection: close\r\n\r\n"#,
        "hidden": #"GET /about/ HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"#,
        "form": #"POST /login HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\n"#,
    ]

    @Test
    func `a hostile request gets the answers that it should, and no hidden one gets any`() async throws {
        let lines = try HostileLine.all(in: "hostile-requests")
        #expect(lines.count > 100)
        try await Stage.run(site: { $0.guests.unidentifiedLimit = .init(1_000_000, perSeconds: 1) }) {
            (stage: Stage) async throws in
            for line in lines {
                let peer = try Wire(port: stage.port)
                await peer.send(try line.bytes(1, Self.words))
                // No more comes: whatever is waited for is over now.
                peer.finishSending()
                let heard = await peer.read(within: 5000)
                let statuses = heard.statuses.map(String.init).joined(separator: ",")
                #expect(
                    statuses == (line.columns[0] == "-" ? "" : line.columns[0]),
                    "got \(statuses) for \(line)"
                )
                #expect(heard.isOver, "still open: \(line)")
                #expect(!heard.holdsPrivateWord, "\(line)")
                if !line.columns[0].contains("200") { #expect(!heard.text.contains("About"), "\(line)") }
            }
            #expect(try await stage.browser().visit("/").status == 200)
        }
    }
}
