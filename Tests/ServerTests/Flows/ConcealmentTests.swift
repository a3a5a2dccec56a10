import DevIdentity
import Foundation
import Gate
import Ground
import HTTPTypes
import Settings
import Testing

@testable import Server

/// On a site that conceals, whoever is no member cannot tell a private path from one where nothing is.
struct ConcealmentTests {
    private static let conceals: @Sendable (inout Settings) -> Void = { $0.visibility.conceals = true }
    /// Each as long as the other, so that what repeats the path is as long, too.
    private static let pairs = [
        ("/members/", "/nothing/"), ("/members", "/nothing"), ("/pro/", "/nil/"), ("/staff/", "/empty/"),
        ("/members/handbook/", "/members/handfull/"), ("/members/plan.svg", "/members/none.svg"),
    ]

    enum Visitor: CaseIterable {
        case stranger, guest, madeUp, silent, navigating, fromElsewhere, hopped, program, poster, head
    }

    @Test(arguments: Visitor.allCases)
    func `a private path and none look the same`(visitor: Visitor) async throws {
        try await Stage.run(site: Self.conceals) { stage in
            for (closed, nothing) in Self.pairs {
                let first = try await Self.ask(closed, as: visitor, stage)
                let second = try await Self.ask(nothing, as: visitor, stage)
                #expect(first.status == second.status)
                #expect(Self.plain(first, closed) == Self.plain(second, nothing), "\(closed) as \(visitor)")
                #expect(first.body.count == second.body.count)
                let isHop = visitor == .fromElsewhere
                let isSilent = visitor == .silent
                #expect(first.status == (isHop ? 200 : isSilent ? 503 : 404))
            }
        }
    }

    @Test
    func `the answer leads to the sign-in page and back, for a member to the page`() async throws {
        try await Stage.run(site: Self.conceals) { stage in
            let browser = stage.browser()
            let page = try await browser.visit("/members/", from: "same-origin")
            #expect(page.status == 404 && page.text.contains(#"href="/login?to=/members/""#))
            var form = try await browser.form("/login?to=/members/")
            #expect(form["to"] == "/members/")
            form["email"] = "member@example.com"
            form["password"] = "open-the-gate"
            #expect(try await browser.post("/login", form).location == "/members/")
            #expect(try await browser.visit("/members/", from: "same-origin").status == 200)
            #expect(try await browser.visit("/members", from: "same-origin").status == 308)
            // What is missing, and what is missing to the member, is told to members.
            let nothing = try await browser.visit("/nothing/", from: "same-origin")
            #expect(nothing.status == 404 && !nothing.text.contains("/login?to=/nothing/"))
            #expect(try await browser.visit("/pro/", from: "same-origin").status == 403)
        }
    }

    @Test
    func `the pages of signing in say nothing of what is there`() async throws {
        try await Stage.run(site: Self.conceals) { stage in
            for path in ["/login", "/signup", "/recover"] {
                var pages: [String] = []
                for target in ["/members/", "/nothing/"] {
                    let page = try await stage.browser().visit("\(path)?to=\(target)")
                    #expect(page.hiddenFields["to"] == target)
                    pages.append(page.plain(without: target))
                }
                #expect(pages[0] == pages[1])
            }
        }
    }

    @Test
    func `reads are counted alike, of pictures, too`() async throws {
        let limit = RateLimit(3, perSeconds: 60)
        let limited: @Sendable (inout Settings) -> Void = {
            Self.conceals(&$0)
            $0.guests.unidentifiedLimit = limit
        }
        try await Stage.run(site: limited) { stage in
            for path in ["/members/plan.svg", "/members/none.svg"] {
                stage.clock.advance(3600)
                var statuses: [Int] = []
                for _ in 0..<5 { statuses.append(try await stage.browser().visit(path).status) }
                #expect(statuses == [404, 404, 404, 429, 429], "\(path)")
            }
        }
    }

    @Test
    func `any path may be led back to, and nothing but a path`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/hostile-return-targets.txt")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.count > 100)
        for line in lines where !line.hasPrefix("#") {
            let target = ReturnTarget(concealed: String(line)).page.encoded
            #expect(target.hasPrefix("/") && !target.hasPrefix("//") && !target.hasPrefix("/\\"), "\(line)")
            #expect(target.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }, "\(line)")
        }
    }
}

extension ConcealmentTests {
    private static func ask(_ path: String, as visitor: Visitor, _ stage: Stage) async throws -> Page {
        let browser = stage.browser()
        switch visitor {
        case .stranger, .navigating: return try await browser.visit(path)
        case .guest:
            for _ in 0..<2 { _ = try await browser.visit("/", from: "same-origin") }
            return try await browser.visit(path, from: "same-origin")
        case .madeUp:
            browser.cookies["a_session_testproject"] = "bWFkZSB1cA=="
            return try await browser.visit(path)
        case .silent:
            stage.identity.faults.set(.status(500))
            defer { stage.identity.faults.clear() }
            // Each its own, or the answer would be remembered.
            browser.cookies["a_session_testproject"] = "silent\(UUID().uuidString)"
            return try await browser.visit(path)
        case .fromElsewhere: return try await browser.visit(path, from: "cross-site")
        case .hopped: return try await browser.visit(path + "?arrived", from: "cross-site")
        case .program: return try await browser.send(.get, path, [.accept: "application/json"])
        case .poster: return try await browser.send(.post, path, [.accept: "text/html"])
        case .head: return try await browser.send(.head, path, [.accept: "text/html"])
        }
    }

    /// Everything but the path itself, the request's number and the time.
    private static func plain(_ page: Page, _ path: String) -> String {
        let id = page.fields[.init("X-Request-ID") ?? .accept] ?? "-"
        let fields = page.fields.filter { $0.name != .date }.map { "\($0.name): \($0.value)" }.sorted()
        return (fields + [page.text]).joined(separator: "\n").replacing(id, with: "ID")
            .replacing(path, with: "PATH")
            .replacing(#/gatehouse_(form|visit)=[^;]*/#, with: "")
    }
}
