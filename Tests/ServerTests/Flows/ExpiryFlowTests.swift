import Foundation
import Gate
import Testing

@testable import Server

struct ExpiryFlowTests {
    @Test func `a page is gone at its last moment, by the server's own clock`() async throws {
        try await Stage.run(
            adapt: { options in
                let file = "\(options.output)/releases/20261123T101500Z-aaaaaa/gate.json"
                // The test's own release is there, and is a table.
                let json = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
                let end = Int(options.now().timeIntervalSince1970) + 60
                let changed = json.replacing("\"format\":1", with: "\"format\":2").replacing(
                    "\"file\":\"about/index.html\"",
                    with: "\"expires\":\(end),\"file\":\"about/index.html\""
                )
                try? changed.write(toFile: file, atomically: true, encoding: .utf8)
            }
        ) { stage in
            let browser = stage.browser()
            let before = try await browser.visit("/about/").status
            stage.clock.advance(61)
            let after = try await browser.visit("/about/").status
            let unslashed = try await browser.visit("/about").status
            let other = try await browser.visit("/").status
            #expect(before == 200 && other == 200)
            #expect(after == 404 && unslashed == 404)
        }
    }
}
