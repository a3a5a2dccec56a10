import DevIdentity
import HTTPTypes
import Testing

@testable import Server

/// Programs ask by HEAD whether a link is good.
struct HeadRequestTests {
    @Test(arguments: ["/oauth/github", "/oauth/success?userId=u&secret=s"])
    func `a HEAD neither begins nor ends a trip to a provider`(path: String) async throws {
        try await Stage.run { stage in
            let page = try await stage.browser().send(.head, path)
            #expect(page.status == 405)
            #expect(page.fields[.allow] == "GET")
            #expect(page.setCookies.isEmpty)
            #expect(stage.identity.ledger.entries.isEmpty)
        }
    }

    @Test(arguments: ["/", "/login", "/oauth/failure"])
    func `pages take a HEAD, and answer it without a body`(path: String) async throws {
        try await Stage.run { stage in
            let page = try await stage.browser().send(.head, path)
            #expect(page.status != 405)
            #expect(page.text.isEmpty)
        }
    }
}
