import HTTPTypes
import Testing

@testable import DevIdentity

struct PagesTests {
    @Test(arguments: [
        "!/", "!/nowhere", "!/mock/oauth2/github/authorize", "!/auth/oauth2/success", "!/outbox",
    ])
    func `every page says what this is and has no script`(path: String) async throws {
        try await Lab().run { caller in
            let page = try await caller.ask(.get, path)
            #expect(page.text.contains("Local identity service for development."))
            #expect(!page.text.lowercased().contains("<script"))
            #expect(page.headers[.contentType] == "text/html; charset=UTF-8")
        }
    }

    @Test func `the first page names everybody, with the password`() async throws {
        try await Lab().run { caller in
            let page = try await caller.ask(.get, "!/")
            for user in DemoUser.defaults { #expect(page.text.contains(user.email)) }
            #expect(page.text.contains("open-the-gate"))
            #expect(page.text.contains("team staff"))
        }
    }

    @Test func `a name that resolves here but is not ours sees no page`() {
        let configuration = IdentityConfiguration()
        let store = IdentityStore(users: [])
        for (authority, status) in [
            ("localhost:1", 200), ("[::1]:1", 200), ("127.0.0.1", 200), ("evil.example", 403),
        ] {
            let request = HTTPRequest(method: .get, scheme: "http", authority: authority, path: "/")
            let call = Call(request: request, peer: "127.0.0.1", body: [])
            #expect(Pages.answer(call, configuration, store).status == status)
        }
    }

    @Test func `text from outside is escaped`() async throws {
        try await Lab().run { caller in
            let page = try await caller.ask(.get, "!/mock/oauth2/github/authorize?state=%22%3E%3Cscript%3E")
            #expect(page.text.contains("value=\"&quot;&gt;&lt;script&gt;\""))
        }
    }
}
