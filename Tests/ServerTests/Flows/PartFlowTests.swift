import Compression
import DevIdentity
import Foundation
import Gate
import Ground
import HTTPTypes
import Settings
import Testing

@testable import Server

/// Public pages with parts for some, over sockets.
struct PartFlowTests {
    private static let words = ["Boxwood", "Hazelrod", "Rowantree", "Thornbush"]

    /// For those who are pro and staff, pro, staff, and every member.
    private static let parts: [String: [TestRelease.Part]] = [
        "/": [
            ([Requirement(labels: ["pro"]), Requirement(teams: ["staff"])], "<h1>Thornbush for both</h1>"),
            ([Requirement(labels: ["pro"])], "<h1>Rowantree for pros</h1>"),
            ([Requirement(teams: ["staff"])], "<h1>Hazelrod for staff</h1>"),
            ([], "<h1>Boxwood for members</h1>"),
        ]
    ]

    private static func run(
        adapt: @Sendable (inout ServerOptions) -> Void = { _ in },
        _ test: @escaping @Sendable (Stage) async throws -> Void
    ) async throws {
        try await Stage.run(adapt: adapt, parts: parts, test)
    }

    private static func expectOpen(_ page: Page) {
        #expect(page.status == 200 && page.text == "<h1>Welcome, everyone</h1>")
        #expect(page.fields[.vary] == "Cookie, Accept-Encoding")
    }

    @Test func `a guest gets what everyone gets, and Appwrite is not asked`() async throws {
        try await Self.run { stage in
            let browser = stage.browser()
            stage.identity.ledger.clear()
            let page = try await browser.send(.get, "/")
            Self.expectOpen(page)
            // Nobody but the browser keeps it, and the browser asks again.
            #expect(page.fields[.cacheControl] == "private, no-cache")
            #expect(stage.identity.ledger.entries.isEmpty)
            let tag = try #require(page.fields[.eTag])
            let again = try await browser.send(.get, "/", [.ifNoneMatch: tag])
            #expect(again.status == 304 && again.fields[.vary] == "Cookie, Accept-Encoding")
            #expect(again.fields[.cacheControl] == "private, no-cache")
            #expect(try await browser.send(.post, "/").status == 405)
            #expect(stage.identity.ledger.entries.isEmpty)
        }
    }

    @Test func `a guest with an anonymous session is not asked about either`() async throws {
        try await Self.run { stage in
            let browser = stage.browser()
            for _ in 0..<2 { _ = try await browser.visit("/about/") }
            #expect(browser.sessionSecret != nil)
            stage.identity.ledger.clear()
            Self.expectOpen(try await browser.visit("/"))
            #expect(stage.identity.ledger.entries.isEmpty)
            try await browser.signIn()
            #expect(try await browser.visit("/").text == "<h1>Boxwood for members</h1>")
        }
    }

    static let visitors = [
        ("member@example.com", "<h1>Boxwood for members</h1>"),
        ("pro@example.com", "<h1>Rowantree for pros</h1>"),
        ("staff@example.com", "<h1>Hazelrod for staff</h1>"),
    ]

    @Test(arguments: visitors)
    func `a member gets the first rendering that admits them, whole, in parts and compressed`(
        email: String,
        text: String
    ) async throws {
        try await Self.run { stage in
            let open = try await stage.browser().send(.get, "/")
            let browser = stage.browser()
            try await browser.signIn(email)
            let page = try await browser.send(.get, "/")
            #expect(page.status == 200 && page.text == text)
            #expect(page.fields[.cacheControl] == "private, no-store")
            #expect(page.fields[.vary] == "Cookie, Accept-Encoding")
            let tag = try #require(page.fields[.eTag])
            #expect(tag != open.fields[.eTag])
            #expect(try await browser.send(.get, "/", [.ifNoneMatch: tag]).status == 304)
            // What the guests' page was known by says nothing of this one.
            let stale = try await browser.send(.get, "/", [.ifNoneMatch: open.fields[.eTag] ?? ""])
            #expect(stale.status == 200 && stale.text == text)
            let head = try await browser.send(.head, "/")
            #expect(head.status == 200 && head.body.isEmpty)
            #expect(head.fields[.contentLength] == "\(text.utf8.count)" && head.fields[.eTag] == tag)
            let part = try await browser.send(.get, "/", [.range: "bytes=4-8"])
            #expect(part.status == 206 && part.text == String(text.dropFirst(4).prefix(5)))
            #expect(part.fields[.cacheControl] == "private, no-store")
            let zipped = try await browser.send(.get, "/", [.acceptEncoding: "gzip"])
            #expect(zipped.fields[.contentEncoding] == "gzip" && zipped.fields[.eTag] != tag)
            let plain = try ContentCoding.gzip.expand(zipped.body, limit: 1000)
            #expect(String(decoding: plain, as: UTF8.self) == text)
            _ = try await browser.post("/logout", try await browser.form("/account"))
            Self.expectOpen(try await browser.send(.get, "/"))
        }
    }

    @Test func `no file of a rendering has an address of its own`() async throws {
        try await Self.run { stage in
            for path in ["/.readers/1/index.html", "/.readers/1/", "/private/.readers/1/index.html"] {
                let page = try await stage.browser().send(.get, path)
                #expect(page.status == 404)
            }
        }
    }

    @Test(arguments: OutageTests.faults)
    func `while Appwrite fails a member gets what everyone gets, soon`(fault: IdentityFaults.Fault)
        async throws
    {
        try await Self.run(adapt: {
            $0.partBudget = .milliseconds(100)
            $0.questionTimeout = .milliseconds(400)
        }) { stage in
            let browser = stage.browser()
            try await browser.signIn()
            stage.identity.faults.set(fault)
            let page = try await browser.send(.get, "/")
            Self.expectOpen(page)
            #expect(page.setCookies.isEmpty)
            stage.identity.faults.clear()
        }
    }

    @Test func `an answer that comes late is there for the next page`() async throws {
        try await Self.run(adapt: { $0.partBudget = .milliseconds(1) }) { stage in
            let browser = stage.browser()
            try await browser.signIn()
            stage.identity.ledger.clear()
            stage.identity.faults.set(.slow(.milliseconds(200)), for: "GET /account")
            Self.expectOpen(try await browser.send(.get, "/"))
            // Asked once, however many pages come meanwhile; a private page waits for the same answer.
            #expect(try await browser.visit("/staff/", from: "same-origin").status == 403)
            stage.identity.faults.clear()
            #expect(stage.identity.ledger.count("GET /account") == 1)
        }
    }

    @Test func `whoever is blocked, revoked or makes a session up gets what everyone gets`() async throws {
        try await Self.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            stage.identity.store.revokeSessions(ofUser: "member")
            stage.clock.advance(31)
            let page = try await browser.send(.get, "/")
            Self.expectOpen(page)
            #expect(page.fields[.cacheControl] == "private, no-store" && !page.setCookies.isEmpty)
            let stranger = stage.browser()
            for number in 0..<60 {
                let cookie = "a_session_testproject=made-up-\(number)"
                let page = try await stranger.send(.get, "/", [.cookie: cookie])
                guard page.status != 429 else { continue }
                Self.expectOpen(page)
            }
        }
    }

    static let standings: [Standing] = [
        .none, .guest(id: "g"), .blocked, .moreFactors, .passwordReset, .unanswered(retryAfter: 5),
    ]

    @Test(arguments: standings)
    func `who is not known to be a member gets what everyone gets`(standing: Standing) throws {
        var route = Route(
            path: .root,
            kind: .page,
            access: Access(visibility: .public, requirements: [], place: Place(file: "x")),
            file: "index.html",
            mediaType: "text/html",
            length: 1,
            digest: String(repeating: "ab", count: 32),
            source: "content/index.md"
        )
        route.renderings = [
            Rendering(requirements: [], file: "a", length: 2, digest: String(repeating: "cd", count: 32))
        ]
        let responder = PageResponder(table: try GateTable([route]), signIn: nil, now: 0)
        let request = PageRequest(method: .get, path: .root, fields: [:])
        guard case .judge = responder.outcome(for: request) else { throw Problem.internalError }
        guard case .answer(let answer) = responder.outcome(for: request, standing: standing) else {
            throw Problem.internalError
        }
        #expect(answer.body == .file(Representation(route), nil))
        #expect(answer.fields[.cacheControl] == "private, no-cache")
        #expect(answer.isPublicPage)
        let member = responder.outcome(for: request, standing: .member(Member(id: "m")))
        guard case .answer(let answer) = member else { throw Problem.internalError }
        #expect(!answer.isPublicPage && answer.fields[.cacheControl] == "private, no-store")
    }
}
