import Appwrite
import Foundation
import Testing

struct OAuthTests {
    @Test func `the flow begins at the provider's address, which is not visited`() async throws {
        let page = "https://provider.example/authorize?state=%7B%7D&scope=a+b"
        let server = try WireServer(Sample.answer(301, "", type: "text/html", fields: ["Location: \(page)"]))
        let location = try await server.admin().oauth2Token(
            provider: "github",
            success: "https://site.example/oauth/success?n=1&m=2",
            failure: "https://site.example/oauth/failure",
            scopes: ["user:email", "read"]
        )
        #expect(location == page)
        #expect(
            server.received.map(\.line) == [
                "GET /v1/account/tokens/oauth2/github?"
                    + "success=https%3A%2F%2Fsite.example%2Foauth%2Fsuccess%3Fn%3D1%26m%3D2&"
                    + "failure=https%3A%2F%2Fsite.example%2Foauth%2Ffailure&"
                    + "scopes%5B0%5D=user%3Aemail&scopes%5B1%5D=read"
            ]
        )
    }

    @Test(arguments: [
        "javascript:alert(1)", "/relative", "//host.example/", "ftp://host.example/", "https:host", "",
        "data:text/html,x",
        "https://host.example/a b", " javascript:alert(1)",
    ])
    func `a redirect to anything but a web address is refused`(location: String) async throws {
        let server = try WireServer(Sample.answer(301, "", fields: ["Location: \(location)"]))
        let refused = await start(try server.admin())
        guard case .unavailable = refused else {
            Issue.record("\(location): \(String(describing: refused))")
            return
        }
    }

    @Test(arguments: [
        (412, "project_provider_disabled", AppwriteFailure.providerDisabled),
        (400, "project_provider_unsupported", .providerUnsupported),
        (401, "project_key_expired", .keyRefused("it has expired")),
        (404, "project_not_found", .projectNotFound),
    ])
    func `an error page is read for its type`(status: Int, type: String, expected: AppwriteFailure)
        async throws
    {
        let html = try WireServer(
            Sample.answer(status, "<html><p>Error: \(type)</p></html>", type: "text/html")
        )
        #expect(await start(try html.admin()) == expected)
        let json = try WireServer(Sample.error(status, type))
        #expect(await start(try json.admin()) == expected)
    }

    @Test(arguments: [
        ("Invalid `success` param: URL host must be one of: localhost", AppwriteFailure.originRefused),
        (
            "Invalid `failure` param: Invalid URI. Register your new client (a.example) as a new Web platform",
            .originRefused
        ),
        ("Invalid `provider` param: Value must be one of (github)", .providerUnsupported),
        ("Invalid `scopes` param: too many", .argumentInvalid("Invalid `scopes` param: too many")),
    ])
    func `a wrong value is told from the operator's mistakes`(message: String, expected: AppwriteFailure)
        async throws
    {
        let json = try WireServer(Sample.error(400, "general_argument_invalid", message))
        #expect(await start(try json.admin()) == expected)
        let page =
            "<html><title>Error</title><style>p {}</style><h1>Error 400</h1><p>\(message)</p>\n<code>general_argument_invalid</code>"
        let html = try WireServer(Sample.answer(400, page, type: "text/html"))
        let refused = await start(try html.admin())
        guard case .argumentInvalid(let text) = refused, case .argumentInvalid = expected else {
            #expect(refused == expected)
            return
        }
        #expect(text == "Error 400 \(message) general_argument_invalid")
    }

    @Test func `a page that answers 200 is no beginning`() async throws {
        let server = try WireServer(Sample.answer(200, "<html>", type: "text/html"))
        guard case .unavailable = await start(try server.admin()) else {
            Issue.record("a page was taken for a redirect")
            return
        }
    }

    @Test func `a provider's name that is none is not sent`() async throws {
        let server = try WireServer(Sample.noContent)
        #expect(await start(try server.admin(), provider: "../users") == .providerUnsupported)
        #expect(server.received.isEmpty)
    }

    private func start(_ admin: AdminClient, provider: String = "github") async -> AppwriteFailure? {
        await failure {
            try await admin.oauth2Token(
                provider: provider,
                success: "https://site.example/a",
                failure: "https://site.example/b"
            )
        }
    }
}
