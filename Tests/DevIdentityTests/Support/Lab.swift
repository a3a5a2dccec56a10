import Foundation
import Ground
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Synchronization

@testable import DevIdentity

/// A service with a clock that tests turn, and a client that speaks to it without a socket.
struct Lab {
    let service: IdentityService
    let clock: TestClock
    static let keyText = "standard_test"
    static let project = "gatehouse"

    init(_ change: (inout IdentityConfiguration) -> Void = { _ in }) {
        let key = IdentityKey(secret: Secret(Self.keyText), scopes: IdentityKey.everyday)
        var configuration = IdentityConfiguration(keys: [key])
        change(&configuration)
        clock = TestClock()
        service = IdentityService(
            configuration: configuration,
            clock: clock.identityClock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    var store: IdentityStore { service.store }

    /// Runs a test against the responder.
    func run(_ test: @Sendable (Caller) async throws -> Void) async throws {
        try await Application(responder: service.responder).test(.router) { client in
            try await test(Caller(client: client))
        }
    }
}

/// Whom a test speaks for.
enum Credential: Sendable {
    case none
    case key
    case session(String)
    case both(String)

    var headers: HTTPFields {
        var fields: HTTPFields = [.project: Lab.project]
        switch self {
        case .none: break
        case .key: fields[.key] = Lab.keyText
        case .session(let secret): fields[.session] = secret
        case .both(let secret): (fields[.key], fields[.session]) = (Lab.keyText, secret)
        }
        return fields
    }
}

/// An answer as a client sees it.
struct Reply: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    /// The body as JSON; empty where it is none.
    var json: JSONValue { JSONValue(parsing: text.utf8) ?? .null }
    var type: String { json["type"]?.text ?? "" }
    subscript(key: String) -> String { json[key]?.text ?? "" }
    subscript(header name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
}

struct Caller: Sendable {
    let client: any TestClientProtocol

    /// Sends one request below /v1 (or anywhere, for a path that begins with `!`).
    @discardableResult
    func ask(
        _ method: HTTPRequest.Method,
        _ path: String,
        as credential: Credential = .none,
        _ body: JSONValue? = nil,
        headers extra: HTTPFields = [:]
    ) async throws -> Reply {
        var headers = credential.headers
        for field in extra { headers[field.name] = field.value.isEmpty ? nil : field.value }
        if body != nil { headers[.contentType] = "application/json" }
        return try await client.execute(
            uri: path.hasPrefix("!") ? String(path.dropFirst()) : "/v1" + path,
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(string: $0.json) }
        ) { response in
            Reply(
                status: response.status.code,
                headers: response.headers,
                text: String(buffer: response.body)
            )
        }
    }

    /// The session secret of a demo user.
    func signIn(_ email: String = "member@example.com") async throws -> String {
        let body: JSONValue = ["email": .text(email), "password": "open-the-gate"]
        return try await ask(.post, "/account/sessions/email", as: .key, body)["secret"]
    }

    /// The session secret of a new guest.
    func guest() async throws -> String {
        try await ask(.post, "/account/sessions/anonymous", as: .key)["secret"]
    }
}

/// A clock that stands still until a test turns it.
final class TestClock: Sendable {
    /// 2026-07-22 10:00:00 UTC.
    private let moment = Mutex(Moment(milliseconds: 1_784_714_400_000))

    var identityClock: IdentityClock { IdentityClock { self.moment.withLock { $0 } } }

    func advance(bySeconds seconds: Int) {
        moment.withLock { $0 = $0.advanced(bySeconds: seconds) }
    }
}

extension HTTPField.Name {
    static let project = named("X-Appwrite-Project")
    static let key = named("X-Appwrite-Key")
    static let session = named("X-Appwrite-Session")
    static let forwardedAgent = named("X-Forwarded-User-Agent")
    static let forwardedFor = named("X-Forwarded-For")
    static let fallback = named("X-Fallback-Cookies")

    /// All the names above are header names; another header would make the tests that use it fail.
    private static func named(_ text: String) -> HTTPField.Name { HTTPField.Name(text) ?? .via }
}
