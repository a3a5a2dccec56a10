import Gate
import Ground
import HTTPTypes
import Testing

@testable import Server

/// For how long an answer may be kept, and by whom.
struct CachingTests {
    private static func answer(_ kind: Route.Kind, _ visibility: Visibility, fingerprinted: Bool) throws
        -> PageAnswer
    {
        var route = Route(
            path: try #require(PagePath("/a.b")),
            kind: kind,
            access: Access(visibility: visibility, requirements: [], place: Place(file: "x")),
            file: "a.b",
            mediaType: "image/png",
            length: 100,
            digest: String(repeating: "ab", count: 32),
            source: "content/a.b"
        )
        route.isFingerprinted = fingerprinted ? true : nil
        let responder = PageResponder(table: try GateTable([route]), signIn: nil, now: 0)
        let request = PageRequest(method: .get, path: route.path, fields: [:])
        let outcome = responder.outcome(for: request, standing: .member(Member(id: "m")))
        guard case .answer(let answer) = outcome else { throw Problem.internalError }
        return answer
    }

    @Test(arguments: [
        (Route.Kind.page, Visibility.public, false, "public, no-cache"),
        (.asset, .public, false, "public, max-age=300"),
        (.asset, .public, true, "public, max-age=31536000, immutable"),
        (.page, .private, false, "private, no-store"), (.asset, .private, false, "private, no-store"),
        (.asset, .private, true, "private, no-store"),
    ])
    func `what is named by its bytes is kept for ever, and what is private never`(
        kind: Route.Kind,
        visibility: Visibility,
        fingerprinted: Bool,
        expected: String
    ) throws {
        let answer = try Self.answer(kind, visibility, fingerprinted: fingerprinted)
        #expect(answer.fields[.cacheControl] == expected)
    }
}
