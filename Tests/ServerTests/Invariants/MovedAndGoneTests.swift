import Gate
import Ground
import HTTPTypes
import Testing

@testable import Server

/// Redirects that tell no more than the page itself would, and pages that end by the server's clock.
struct MovedAndGoneTests {
    private static func page(
        _ path: String,
        _ visibility: Visibility,
        expires: Int? = nil,
        kind: Route.Kind = .page
    ) throws -> Route {
        Route(
            path: try #require(PagePath(path)),
            kind: kind,
            access: Access(visibility: visibility, requirements: [], place: Place(file: "a")),
            file: "a",
            mediaType: "text/html",
            length: 100,
            digest: String(repeating: "0a", count: 32),
            source: "a",
            expires: expires
        )
    }

    private static func redirect(_ path: String, to page: Route, expires: Int? = nil) throws -> Route {
        Route(
            path: try #require(PagePath(path)),
            access: Access(visibility: page.visibility, requirements: [], place: Place(file: "a")),
            target: page.path,
            source: "a",
            expires: expires
        )
    }

    private static func answer(
        _ routes: [Route],
        _ path: String,
        _ fields: HTTPFields = [.accept: "text/html"],
        method: HTTPRequest.Method = .get,
        query: String = "",
        standing: Standing? = nil,
        now: Int = 0
    ) throws -> PageAnswer? {
        let responder = PageResponder(table: try GateTable(routes), signIn: PagePath("/login"), now: now)
        let request = PageRequest(
            method: method,
            path: try #require(PagePath(path)),
            fields: fields,
            query: query
        )
        guard case .answer(let answer) = responder.outcome(for: request, standing: standing) else {
            return nil
        }
        return answer
    }

    @Test(arguments: ["/old", "/old/"])
    func `an old address leads to the page in one step, and caches do not keep that for ever`(path: String)
        throws
    {
        let page = try Self.page("/new/", .public)
        let answer = try Self.answer([page, Self.redirect("/old/", to: page)], path)
        #expect(answer?.status == .permanentRedirect && answer?.fields[.location] == "/new/")
        #expect(answer?.fields[.cacheControl] == "public, max-age=300")
        let posted = try Self.answer([page, Self.redirect("/old/", to: page)], path, method: .post)
        #expect(posted?.status == .methodNotAllowed)
    }

    @Test(
        arguments: [
            ("a=1&b=%2F", "?a=1&b=%2F"), ("", ""), ("a\u{7f}", ""), ("a b", ""), ("\u{e9}", ""),
            ("https://evil.example/", "?https://evil.example/"),
        ]
    )
    func `an old address leads on with the query that came with it`(query: String, kept: String) throws {
        let page = try Self.page("/new/", .public)
        let routes = [page, try Self.redirect("/old/", to: page)]
        #expect(try Self.answer(routes, "/old/", query: query)?.fields[.location] == "/new/" + kept)
        #expect(try Self.answer(routes, "/new", query: query)?.fields[.location] == "/new/" + kept)
    }

    /// Whatever the visitor is and sends: but for the address that was asked for, the answers are the same.
    @Test(
        arguments: [Standing.none, .guest(id: "g"), .moreFactors, .blocked, .unanswered(retryAfter: 3)],
        [
            [.accept: "text/html"], [.accept: "application/json"], [.secFetchMode: "no-cors"],
            [.secFetchMode: "navigate", .secFetchSite: "cross-site"],
        ] as [HTTPFields]
    )
    func `the old address of a private page says what the page itself would say`(
        standing: Standing,
        fields: HTTPFields
    ) throws {
        let page = try Self.page("/quokka/", .private)
        let routes = [page, try Self.redirect("/old/", to: page)]
        let unjudged = try Self.answer(routes, "/old/", fields)
        #expect(unjudged == nil)
        let old = try Self.answer(routes, "/old/", fields, standing: standing)
        let own = try Self.answer(routes, "/quokka/", fields, standing: standing)
        let told = String(describing: old)
        #expect(old != nil && !told.contains("quokka"))
        #expect(String(describing: own).replacing("/quokka/", with: "/old/") == told)
    }

    @Test func `a member is led on from the old address`() throws {
        let page = try Self.page("/quokka/", .private)
        let answer = try Self.answer(
            [page, Self.redirect("/old/", to: page)],
            "/old/",
            standing: .member(Member(id: "m"))
        )
        #expect(answer?.status == .permanentRedirect && answer?.fields[.location] == "/quokka/")
        #expect(answer?.fields[.cacheControl] == "private, no-store")
    }

    @Test(arguments: [Visibility.public, .private])
    func `from its last moment on a page is what never existed`(visibility: Visibility) throws {
        let page = try Self.page("/sale/", visibility, expires: 100)
        let routes = [page, try Self.redirect("/old/", to: page, expires: 100)]
        let nowhere = try Self.answer(routes, "/nowhere/", now: 100)
        for path in ["/sale/", "/sale", "/old/"] {
            let (before, after) = (
                try Self.answer(routes, path, now: 99), try Self.answer(routes, path, now: 100)
            )
            #expect(before != nowhere)
            #expect(after == nowhere)
        }
    }

    @Test func `caches keep an asset no longer than it lasts`() throws {
        let route = try Self.page("/a.png", .public, expires: 100, kind: .asset)
        let answer = try Self.answer([route], "/a.png", now: 40)
        #expect(answer?.fields[.cacheControl] == "public, max-age=60")
    }
}
