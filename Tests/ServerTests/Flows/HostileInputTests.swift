import DevIdentity
import Foundation
import Gate
import HTTPTypes
import Settings
import Testing

@testable import Server

/// What strangers send.
///
/// Each gets a clear answer, and nothing private.
struct HostileInputTests {
    @Test(arguments: [
        ("/%2e%2e/private/members/index.html", 400), ("/..%2fprivate/", 400), ("/members%2f", 400),
        ("/%5cmembers/", 400),
        ("/members/%00", 400), ("/%252e%252e/", 400), ("/members//", 400), ("/./members/", 400),
        ("/%zz", 400),
        ("/%c0%ae/", 400), ("/private/members/index.html", 404), ("/gate.json", 404), ("/site.json", 404),
        ("/theme/server/sign-in.mustache", 404), ("/members/index.html", 404), ("/index.html", 404),
        ("/MEMBERS/", 404), ("/%6dembers/", 303), ("/members", 303), ("/members/plan.svg", 401),
        ("/members/plan.svg/", 404),
    ])
    func `a strange path opens nothing`(path: String, status: Int) async throws {
        try await Stage.run { stage in
            let page = try await stage.browser().visit(path)
            #expect(page.status == status)
            for word in TestRelease.privateWords { #expect(!page.text.contains(word)) }
        }
    }

    @Test
    func `no answer to a guest holds a private word, by any method or header`() async throws {
        try await Stage.run(site: { $0.guests.unidentifiedLimit = .init(100_000, perSeconds: 1) }) { stage in
            let browser = stage.browser()
            let paths = TestRelease.pages.map(\.path) + ["/members/plan.svg"]
            let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .delete, .options, .trace]
            let headers: [HTTPFields] = [
                [:], [.range: "bytes=0-10"], [.ifNoneMatch: "*"], [.accept: "application/json"],
                [.init("X-Original-URL") ?? .accept: "/members/"],
                [.init("X-Forwarded-For") ?? .accept: "127.0.0.1"],
                [.init("X-HTTP-Method-Override") ?? .accept: "GET"],
                [.cookie: "a_session_testproject=AAAAAAAAAAAA"],
                [.init("X-Appwrite-Session") ?? .accept: "AAAAAAAAAAAA"], [.authorization: "Basic YTpi"],
            ]
            for path in paths {
                for method in methods {
                    for fields in headers {
                        let page = try await browser.send(method, path, fields)
                        for word in TestRelease.privateWords {
                            #expect(!page.text.contains(word), "\(method) \(path)")
                        }
                    }
                }
            }
        }
    }

    @Test(arguments: [
        "//evil.example", "/\\evil.example", "https://evil.example/", "/%2f%2fevil.example",
        "javascript:alert(1)",
        "/members/\r\nSet-Cookie: a=b", "/nowhere/", "/members/plan.svg", "",
    ])
    func `a hostile return address leads home`(target: String) async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            var form = try await browser.form("/login")
            form.merge(["email": "member@example.com", "password": "open-the-gate", "to": target]) { $1 }
            let answer = try await browser.post("/login", form)
            #expect(answer.status == 303)
            #expect(answer.location == "/")
        }
    }

    @Test
    func `reads are limited per address, and per guest apart from others`() async throws {
        try await Stage.run(site: {
            $0.guests.unidentifiedLimit = .init(5, perSeconds: 60)
            $0.guests.limit = .init(4, perSeconds: 60)
        }) { stage in
            let guest = stage.browser()
            for _ in 0..<2 { #expect(try await guest.visit("/").status == 200) }
            for _ in 0..<4 { #expect(try await guest.visit("/").status == 200) }
            let refused = try await guest.visit("/")
            #expect(refused.status == 429)
            #expect(Int(refused.fields[.retryAfter] ?? "") ?? 0 > 0)
            #expect(refused.fields[.init("RateLimit-Policy") ?? .accept] == "\"visitor\";q=4;w=60")
            // The address still has three of its five, for those who are not known.
            let stranger = stage.browser("curl/8")
            for _ in 0..<3 { #expect(try await stranger.visit("/").status == 200) }
            #expect(try await stranger.visit("/").status == 429)
            stage.clock.advance(60)
            #expect(try await guest.visit("/").status == 200)
        }
    }

    @Test
    func `ten thousand reads without cookies make no user`() async throws {
        try await Stage.run(site: { $0.guests.unidentifiedLimit = .init(1_000_000, perSeconds: 1) }) {
            stage in
            let fields: HTTPFields = [.accept: "text/html", .cookie: "x=y"]
            for _ in 0..<1000 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<10 {
                        group.addTask { _ = try await stage.browser().send(.get, "/", fields) }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(stage.identity.store.anonymousUserCount == 0)
        }
    }
}
