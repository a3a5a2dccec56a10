import Appwrite
import DevIdentity
import Foundation
import Ground
import HTTPTypes
import Testing
import Transfer

/// The OAuth round trip, with this test as the browser.
struct LiveOAuthTests {
    private static let success = "http://localhost/oauth/success?nonce=n1"
    private static let failureAddress = "http://localhost/oauth/failure"

    @Test func `the round trip ends in a session, once`() async throws {
        try await LocalAppwrite.run { appwrite in
            let end = try await Self.roundTrip(appwrite, decision: "allow")
            let query = try #require(URLComponents(string: end)?.queryItems)
            let values = Dictionary(uniqueKeysWithValues: query.map { ($0.name, $0.value ?? "") })
            #expect(values["nonce"] == "n1")
            let (userID, secret) = try (#require(values["userId"]), Secret(#require(values["secret"])))
            let session = try await appwrite.admin().createSession(
                userID: userID,
                secret: secret,
                for: caller
            )
            #expect(session.userID == userID)
            let account = try await appwrite.visitor(session.secret).account()
            #expect(account.email == "oauth@example.com")
            #expect(!account.isAnonymous)
            let again = await failure {
                try await appwrite.admin().createSession(userID: userID, secret: secret, for: caller)
            }
            #expect(again == .invalidToken)
        }
    }

    @Test func `a refusal comes back to the failure address`() async throws {
        try await LocalAppwrite.run { appwrite in
            let end = try await Self.roundTrip(appwrite, decision: "refuse")
            #expect(end.hasPrefix(Self.failureAddress + "?error="))
        }
    }

    @Test(arguments: [
        ("google", success, AppwriteFailure.providerDisabled), ("nonesuch", success, .providerUnsupported),
        ("github", "https://evil.example/", .originRefused),
    ])
    func `a beginning that the project does not allow is named`(
        provider: String,
        success: String,
        expected: AppwriteFailure
    ) async throws {
        try await LocalAppwrite.run { configuration in
            configuration.providers = ["github"]
        } _: { appwrite in
            let refused = await failure {
                try await appwrite.admin().oauth2Token(
                    provider: provider,
                    success: success,
                    failure: Self.failureAddress
                )
            }
            #expect(refused == expected)
        }
    }

    /// From our start to the address at which the browser comes back.
    private static func roundTrip(_ appwrite: LocalAppwrite, decision: String) async throws -> String {
        let start = try await appwrite.admin().oauth2Token(
            provider: "github",
            success: success,
            failure: failureAddress,
            scopes: ["user:email"]
        )
        let page = try #require(URLComponents(string: start))
        let state = try #require(page.queryItems?.first { $0.name == "state" }?.value)
        var form = URLComponents()
        form.queryItems = [
            URLQueryItem(name: "decision", value: decision), URLQueryItem(name: "state", value: state),
            URLQueryItem(name: "other_email", value: "oauth@example.com"),
            URLQueryItem(name: "verified", value: "yes"),
        ]
        let body = Array((form.percentEncodedQuery ?? "").utf8)
        var address = try await redirect(appwrite, .post, page.path, body: body)
        while address.contains("/v1/") {
            let next = try #require(URLComponents(string: address))
            address = try await redirect(appwrite, .get, "\(next.path)?\(next.percentEncodedQuery ?? "")")
        }
        return address
    }

    private static func redirect(
        _ appwrite: LocalAppwrite,
        _ method: HTTPRequest.Method,
        _ path: String,
        body: [UInt8] = []
    ) async throws -> String {
        let address = try #require(URLComponents(string: appwrite.endpoint.url))
        let request = HTTPRequest(
            method: method,
            scheme: "http",
            authority: "127.0.0.1:\(try #require(address.port))",
            path: path,
            headerFields: body.isEmpty ? [:] : [.contentType: "application/x-www-form-urlencoded"]
        )
        let response = try await appwrite.transfer.send(request, body: body)
        return try #require(response.head.headerFields[.location])
    }
}
