import Foundation
import HTTPTypes
import Testing

@testable import DevIdentity

/// The labels of our routes against those in Appwrite's schema.
struct SchemaTests {
    @Test(arguments: RouteTable.all.map(\.name))
    func `a route has the scope and the limit of Appwrite's`(name: String) throws {
        let route = try #require(RouteTable.all.first { $0.name == name })
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fixtures/appwrite/openapi.json")
        let data = try Data(contentsOf: file)
        let path = try #require(JSONValue(parsing: data)?["paths"])[route.template]
        guard let labels = path?[route.method.rawValue.lowercased()]?["x-appwrite"] else {
            #expect(Self.unlisted.contains(name))
            return
        }
        #expect(route.scopes.first == labels["scope"]?.text)
        #expect(JSONValue(route.limit?.limit ?? 0) == labels["rate-limit"])
        #expect(JSONValue(route.limit?.window ?? 3600) == labels["rate-time"])
        if let limit = route.limit { #expect(JSONValue(texts: limit.keys) == labels["rate-key"]) }
        #expect((route.limit?.resetsOnCreation ?? false) == (labels["rate-reset-on"] != nil))
    }

    /// The part of the OAuth round trip that browsers walk, what the schema calls console-only, and of the calls with a key
    /// those that this copy of it leaves out.
    private static let unlisted: Set<String> = [
        "GET /account/sessions/oauth2/callback/{provider}/{projectId}",
        "POST /account/sessions/oauth2/callback/{provider}/{projectId}",
        "GET /account/sessions/oauth2/{provider}/redirect", "DELETE /account",
        "GET /users",
        "PATCH /users/{userId}/mfa", "PATCH /users/{userId}/verification/phone",
        "GET /users/{userId}/sessions", "GET /users/identities",
        "DELETE /users/{userId}/sessions", "GET /users/{userId}/memberships",
    ]
}
