import Gate
import Ground
import HTTPTypes
import Testing

@testable import Server

/// The page path as a function: every kind of route, visitor and request against each other.
struct PrivateBytesTests {
    private static let requirements: [[Requirement]] = [
        [], [Requirement(labels: ["pro"])], [Requirement(teams: ["staff"])], [Requirement.verified],
        [Requirement(labels: ["pro"]), Requirement.verified],
    ]

    private static func route(
        _ path: String,
        _ kind: Route.Kind,
        _ visibility: Visibility,
        _ requirements: [Requirement]
    )
        throws -> Route
    {
        var route = Route(
            path: try #require(PagePath(path)),
            kind: kind,
            access: Access(visibility: visibility, requirements: requirements, place: Place(file: "x")),
            file: "x/index.html",
            mediaType: "text/html; charset=utf-8",
            length: 100,
            digest: String(repeating: "ab", count: 32),
            source: "content/x.md"
        )
        route.twins = [
            Twin(
                coding: .gzip,
                file: "x/index.html.gz",
                length: 60,
                digest: String(repeating: "cd", count: 32)
            ),
            Twin(
                coding: .br,
                file: "x/index.html.br",
                length: 50,
                digest: String(repeating: "ef", count: 32)
            ),
        ]
        return route
    }

    private static let standings: [Standing] = [
        .none, .guest(id: "g"), .moreFactors, .blocked, .passwordReset, .unanswered(retryAfter: 5),
        .member(Member(id: "m")), .member(Member(id: "m", labels: ["pro"])),
        .member(Member(id: "m", details: [.teams: ["staff"]])), .member(Member(id: "m", isVerified: true)),
        .member(Member(id: "m", labels: ["pro"], isVerified: true, details: [.teams: []])),
    ]

    private static let requests: [HTTPFields] = [
        [.accept: "text/html"], [.accept: "*/*"], [.accept: "application/json"], [.secFetchMode: "navigate"],
        [.secFetchMode: "no-cors"], [.secFetchMode: "navigate", .secFetchSite: "cross-site"],
        [.range: "bytes=0-9"], [.ifNoneMatch: "*"], [.accept: "text/html", .purpose: "prefetch"],
        [.acceptEncoding: "gzip, br"], [.acceptEncoding: "br", .range: "bytes=0-9"],
        [.acceptEncoding: "identity;q=0, *;q=0"],
        [.acceptEncoding: "br", .ifNoneMatch: "\"efefefefefefefefefefefefefefefef\""],
    ]

    @Test
    func `a private route's bytes go to a member who lacks nothing, and to nobody else`() throws {
        let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .options]
        for requirements in Self.requirements {
            for kind in [Route.Kind.page, .asset] {
                let route = try Self.route("/p/", kind, .private, requirements)
                let table = try GateTable([route])
                let responder = PageResponder(table: table, signIn: PagePath("/login"), now: 0)
                for standing in Self.standings {
                    for method in methods {
                        for fields in Self.requests {
                            for query in [nil, PageResponder.hopped, "x=1"] {
                                let request = PageRequest(
                                    method: method,
                                    path: route.path,
                                    fields: fields,
                                    query: query
                                )
                                #expect(responder.outcome(for: request) == .judge(route))
                                guard
                                    case .answer(let answer) = responder.outcome(
                                        for: request,
                                        standing: standing
                                    )
                                else {
                                    Issue.record("no answer")
                                    continue
                                }
                                #expect(answer.fields[.cacheControl] == "private, no-store")
                                #expect(answer.fields[.vary] == "Cookie, Accept-Encoding")
                                guard case .file = answer.body else { continue }
                                guard case .member(let member) = standing else {
                                    Issue.record("\(standing) was sent a private file")
                                    continue
                                }
                                #expect(requirements.allSatisfy { $0.isMet(by: member) })
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    func `a public route needs no standing, and can be kept by a shared cache`() throws {
        let route = try Self.route("/a/", .page, .public, [])
        let responder = PageResponder(table: try GateTable([route]), signIn: nil, now: 0)
        let request = PageRequest(method: .get, path: route.path, fields: [:])
        guard case .answer(let answer) = responder.outcome(for: request) else {
            Issue.record("a public page was judged")
            return
        }
        #expect(answer.body == .file(Representation(route), nil))
        #expect(answer.fields[.cacheControl]?.hasPrefix("public") == true)
    }

    @Test
    func `a path without its closing slash is redirected only after the gate said yes`() throws {
        let route = try Self.route("/p/", .page, .private, [])
        let responder = PageResponder(table: try GateTable([route]), signIn: PagePath("/login"), now: 0)
        let request = PageRequest(
            method: .get,
            path: try #require(PagePath("/p")),
            fields: [.accept: "text/html"]
        )
        guard case .answer(let refused) = responder.outcome(for: request, standing: Standing.none),
            case .answer(let moved) = responder.outcome(for: request, standing: .member(Member(id: "m")))
        else {
            Issue.record("no answer")
            return
        }
        #expect(refused.fields[.location] == "/login?to=/p/")
        #expect(moved.status == .permanentRedirect && moved.fields[.location] == "/p/")
    }

    @Test(arguments: [
        ("bytes=0-9", ByteRange.part(0...9)), ("bytes=90-", .part(90...99)), ("bytes=-10", .part(90...99)),
        ("bytes=95-200", .part(95...99)), ("bytes=100-", .unsatisfiable), ("bytes=-0", .unsatisfiable),
        ("bytes=9-0", .whole), ("bytes=0-1,5-6", .whole), ("bytes=a-b", .whole), ("items=0-9", .whole),
        ("bytes=-", .whole),
        ("bytes=99999999999999999999-", .whole), ("bytes=+1-2", .whole),
    ])
    func `a range of a hundred bytes`(text: String, range: ByteRange) {
        #expect(ByteRange.requested(by: [.range: text], method: .get, of: 100, validator: "\"x\"") == range)
    }
}
