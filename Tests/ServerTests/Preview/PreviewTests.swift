import Ground
import HTTPTypes
import Testing

@testable import Server

struct PreviewTests {
    private static let account = Preview.Account(
        title: "member@example.com",
        email: "member@example.com",
        password: Secret("open-the-gate")
    )

    private static func with(
        _ preview: Preview?,
        _ test: @escaping @Sendable (Browser) async throws -> Void
    ) async throws {
        try await Stage.run(adapt: { $0.preview = preview }) { try await test($0.browser()) }
    }

    @Test
    func `real visitors of a site without a search meet no script, and no address of the preview`()
        async throws
    {
        try await Self.with(nil) { browser in
            let page = try await browser.visit("/")
            #expect(!page.text.contains("<script"))
            let policy = try #require(page.fields[.contentSecurityPolicy])
            #expect(policy.contains("script-src 'self';") && !policy.contains("connect-src"))
            for path in ["/_gatehouse/live.js", "/_gatehouse/live.css", "/_gatehouse/events"] {
                #expect(try await browser.visit(path).status == 404)
            }
            #expect(try await browser.post("/_gatehouse/as", ["account": "member@example.com"]).status == 404)
        }
    }

    @Test
    func `each page of a preview ends with its script, which the policy allows, and is kept by nobody`()
        async throws
    {
        try await Self.with(Preview(accounts: [])) { browser in
            for path in ["/", "/nowhere/", "/login"] {
                let page = try await browser.visit(path)
                #expect(page.text.hasSuffix("></script>\n"))
                #expect(page.fields[.contentSecurityPolicy]?.contains("script-src 'self'") == true)
                #expect(page.fields[.cacheControl] == "no-store")
                #expect(page.fields[.eTag] == nil)
            }
            #expect(try await browser.visit("/site.css").text == "body{}")
            #expect(try await browser.visit("/_gatehouse/live.js").text.contains("EventSource"))
        }
    }

    /// An output folder that was built for visitors has compressed twins, behind which a script would be noise.
    @Test(arguments: ["gzip", "br", "br, gzip, identity;q=0"])
    func `a page of a preview is never sent compressed`(accepted: String) async throws {
        try await Self.with(Preview(accounts: [])) { browser in
            let page = try await browser.visit("/", from: "none", [.acceptEncoding: accepted])
            #expect(page.status == 200 && page.fields[.contentEncoding] == nil)
            #expect(page.text.hasPrefix("<h1>Welcome, everyone</h1>") && page.text.hasSuffix("></script>\n"))
        }
        try await Self.with(nil) { browser in
            let page = try await browser.visit("/", from: "none", [.acceptEncoding: accepted])
            #expect(page.fields[.contentEncoding] != nil)
        }
    }

    @Test
    func `an account that is blocked cannot be looked at the site as, and the page says why`() async throws {
        let blocked = Preview.Account(
            title: "blocked@example.com",
            email: "blocked@example.com",
            password: Secret("open-the-gate")
        )
        try await Self.with(Preview(accounts: [blocked])) { browser in
            let page = try await browser.post(
                "/_gatehouse/as",
                ["account": "blocked@example.com", "to": "/"]
            )
            #expect(page.status == 403)
            #expect(page.text.contains("Your account is blocked"))
            #expect(browser.sessionSecret == nil)
        }
    }

    @Test
    func `an author looks at the site as an account, and as a guest again`() async throws {
        try await Self.with(Preview(accounts: [Self.account])) { browser in
            #expect(try await browser.visit("/members/").status == 303)
            let form = ["account": "member@example.com", "to": "/about/"]
            let answer = try await browser.post("/_gatehouse/as", form)
            #expect(answer.status == 303 && answer.fields[.location] == "/about/")
            #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
            #expect(
                try await browser.post("/_gatehouse/as", ["account": "", "to": "//evil.example"]).status
                    == 303
            )
            #expect(try await browser.visit("/members/", from: "same-origin").status == 303)
        }
    }

    @Test
    func `another site cannot sign an author in, and nobody as who is not offered`() async throws {
        try await Self.with(Preview(accounts: [Self.account])) { browser in
            let form = ["account": "member@example.com"]
            let foreign = try await browser.post("/_gatehouse/as", form, [.origin: "https://evil.example"])
            #expect(foreign.status == 403)
            #expect(try await browser.post("/_gatehouse/as", ["account": "pro@example.com"]).status == 404)
            #expect(browser.sessionSecret == nil)
        }
    }

    @Test
    func `who listens hears what is so now, and of each build`() async {
        let preview = Preview(accounts: [])
        var changes = preview.changes().makeAsyncIterator()
        _ = await changes.next()
        #expect(preview.mistakes.isEmpty)
        let diagnostic = Diagnostic(at: Place(file: "content/a.md", line: 2, column: 1), "unknown key 'x'")
        preview.built([Preview.Mistake(diagnostic, excerpt: [])])
        _ = await changes.next()
        #expect(preview.mistakes.map(\.place) == ["content/a.md:2:1"])
        preview.built()
        _ = await changes.next()
        #expect(preview.mistakes.isEmpty)
    }
}
