import Appwrite
import DevIdentity
import Foundation
import Gate
import Ground
import HTTPTypes
import Settings
import Testing

@testable import Server

/// Feeds for members, read by programs that cannot sign in.
@Suite(.timeLimit(.minutes(1))) struct FeedFlowTests {
    private static let atom = "application/atom+xml; charset=utf-8"

    private static let feeds: [TestRelease.Feed] = [
        (
            "/for/members/feed.xml", atom, [],
            "<feed><title>The &amp; Club</title><entry><title>Quillwort</title></entry></feed>"
        ),
        (
            "/for/members/feed.json", "application/feed+json; charset=utf-8", [],
            #"{"version":"https://jsonfeed.org/version/1.1","title":"The Club","items":[{"title":"Saltmarsh"}]}"#
        ),
        ("/pro/feed.xml", atom, [Requirement(labels: ["pro"])], "<feed><title>Pros</title>Ironbark</feed>"),
        (
            "/staff/feed.xml", atom, [Requirement(teams: ["staff"])],
            "<feed><title>Staff</title>Dovetail</feed>"
        ),
    ]

    private static func run(
        scopes: Set<String> = IdentityKey.everyday,
        adapt: @Sendable (inout ServerOptions) -> Void = { _ in },
        site: @Sendable (inout Settings) -> Void = { _ in },
        lines: LogLines? = nil,
        _ test: @escaping @Sendable (Stage) async throws -> Void
    ) async throws {
        try await Stage.run(
            scopes: scopes,
            adapt: adapt,
            site: site,
            logger: lines?.logger ?? Stage.quiet,
            feeds: feeds,
            test
        )
    }

    /// A member who has feed addresses.
    private static func member(_ email: String = "member@example.com", at stage: Stage) async throws
        -> Browser
    {
        let browser = stage.browser()
        try await browser.signIn(email)
        let answer = try await browser.change("feeds", [:])
        #expect(answer.status == 303 && answer.location == "/account?done=feeds")
        return browser
    }

    /// What a program without cookies gets.
    private static func read(_ path: String, at stage: Stage, _ fields: HTTPFields = [:]) async throws -> Page
    {
        try await stage.browser("Feedfetcher/1.0").send(.get, path, fields)
    }

    @Test func `a member makes addresses, and a reader without cookies reads what the member may`()
        async throws
    {
        try await Self.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            let before = try await browser.visit("/account", from: "same-origin")
            #expect(before.text.contains("action=\"/account/feeds\"") && before.feedAddresses.isEmpty)
            _ = try await browser.change("feeds", [:])
            let page = try await browser.visit("/account?done=feeds", from: "same-origin")
            #expect(page.text.contains("Your feeds have new addresses."))
            #expect(page.text.contains(">The &amp; Club <") && page.text.contains(">The Club <"))
            let addresses = page.feedAddresses
            #expect(addresses.count == 2)
            for (address, feed) in zip(addresses, [Self.feeds[1], Self.feeds[0]]) {
                let read = try await Self.read(address, at: stage)
                #expect(read.status == 200 && read.text == feed.body)
                #expect(read.fields[.contentType] == feed.type && read.setCookies.isEmpty)
                #expect(read.fields[.cacheControl] == "private, no-cache")
                #expect(read.fields[.init("X-Robots-Tag") ?? .accept] == "noindex")
                #expect(read.fields[.init("Referrer-Policy") ?? .accept] == "no-referrer")
                #expect(read.fields[.vary] == "Accept-Encoding")
                let tag = try #require(read.fields[.eTag])
                #expect(try await Self.read(address, at: stage, [.ifNoneMatch: tag]).status == 304)
                let head = try await stage.browser().send(.head, address)
                #expect(head.status == 200 && head.body.isEmpty)
                #expect(try await stage.browser().send(.post, address).status == 405)
            }
            // The feed's own address is as closed as ever.
            #expect(try await Self.read("/for/members/feed.xml", at: stage).status == 401)
        }
    }

    @Test(arguments: [
        ("member@example.com", ["/for/members/feed.json", "/for/members/feed.xml"]),
        ("pro@example.com", ["/for/members/feed.json", "/for/members/feed.xml", "/pro/feed.xml"]),
        ("staff@example.com", ["/for/members/feed.json", "/for/members/feed.xml", "/staff/feed.xml"]),
    ])
    func `each member is shown the feeds that they may read, and no others`(email: String, paths: [String])
        async throws
    {
        try await Self.run { stage in
            let member = try await Self.member(email, at: stage)
            let shown = try await member.visit("/account", from: "same-origin").feedAddresses
            let tokens = stage.front.desk.feeds.tokens
            #expect(shown.compactMap { tokens.address(in: $0.token)?.feed.text } == paths)
            for address in shown { #expect(try await Self.read(address, at: stage).status == 200) }
        }
    }

    @Test func `what was altered or is another's opens nothing, and asks nobody`() async throws {
        try await Self.run(site: { $0.guests.unidentifiedLimit = .init(1000, perSeconds: 1) }) { stage in
            func token(_ email: String) async throws -> [String] {
                let member = try await Self.member(email, at: stage)
                let page = try await member.visit("/account", from: "same-origin")
                return try #require(page.feedAddresses.last).token.split(separator: "~").map(String.init)
            }
            let (mine, theirs) = (try await token("member@example.com"), try await token("staff@example.com"))
            let flipped = String(mine[3].dropLast()) + (mine[3].hasSuffix("A") ? "B" : "A")
            let page = Data("/members/".utf8).base64EncodedString()
            let forged = [
                [mine[0], mine[1], mine[2], flipped], [theirs[0], mine[1], mine[2], mine[3]],
                [mine[0], theirs[1], mine[2], mine[3]], [mine[0], mine[1], theirs[2], mine[3]],
                [mine[0], mine[1], mine[2], theirs[3]], [mine[0], mine[1], page, mine[3]],
                [mine[0], mine[1], mine[2]], [mine[0], mine[1], mine[2], ""], mine + [""], ["", "", "", ""],
                ["x"],
            ]
            stage.identity.ledger.clear()
            for parts in forged {
                let token = parts.joined(separator: "~")
                let answer = try await Self.read("/account/feeds/\(token)", at: stage)
                #expect(answer.status == 404, "\(token)")
                #expect(!answer.text.contains(mine[1]) && !answer.text.contains("Quillwort"))
                #expect(answer.fields[.init("Referrer-Policy") ?? .accept] == "no-referrer")
                #expect(answer.fields[.init("X-Robots-Tag") ?? .accept] == "noindex")
            }
            #expect(stage.identity.ledger.total == 0)
            var last = 404
            for _ in forged.count..<61 { last = try await Self.read("/account/feeds/x", at: stage).status }
            #expect(last == 429)
            // Whoever has an address of their own reads on from there.
            let good = "/account/feeds/" + mine.joined(separator: "~")
            #expect(try await Self.read(good, at: stage).status == 200)
        }
    }

    @Test(arguments: ["/members/", "/members/plan.svg", "/", "/site.css", "/nowhere/"])
    func `an address that is signed opens no page and no file but a feed`(path: String) async throws {
        try await Self.run { stage in
            let member = try await Self.member(at: stage)
            let shown = try await member.visit("/account", from: "same-origin").feedAddresses
            let tokens = stage.front.desk.feeds.tokens
            let own = try #require(shown.first.flatMap { tokens.address(in: $0.token) })
            let other = FeedAddress(
                userID: own.userID,
                salt: own.salt,
                feed: try #require(PagePath(path))
            )
            let answer = try await Self.read("/account/feeds/\(tokens.token(for: other).revealed)", at: stage)
            #expect(answer.status == 404)
            for word in TestRelease.privateWords { #expect(!answer.text.contains(word)) }
        }
    }

    @Test func `new addresses end the old ones at once, and so does switching them off`() async throws {
        try await Self.run { stage in
            let member = try await Self.member(at: stage)
            func address() async throws -> String? {
                try await member.visit("/account", from: "same-origin").feedAddresses.last
            }
            let first = try #require(try await address())
            #expect(try await Self.read(first, at: stage).status == 200)
            _ = try await member.change("feeds", [:])
            #expect(try await Self.read(first, at: stage).status == 410)
            let second = try #require(try await address())
            #expect(try await Self.read(second, at: stage).status == 200)
            let off = try await member.change("feeds/off", [:])
            #expect(off.location == "/account?done=feeds_off")
            #expect(try await Self.read(second, at: stage).status == 410)
            #expect(try await Self.read(first, at: stage).status == 410)
            #expect(try await address() == nil)
        }
    }

    @Test func `what else the member's preferences hold stays there`() async throws {
        try await Self.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            let secret = Secret(try #require(browser.sessionSecret))
            let client = stage.front.desk.client(secret, Caller())
            try await client.updatePreferences(JSONObject(["theme": .text("dark")]))
            for form in ["feeds", "feeds", "feeds/off"] {
                _ = try await browser.change(form, [:])
                let kept = try await client.preferences().members
                #expect(kept["theme"] == .text("dark"))
                #expect((kept[FeedSalt.preference] == nil) == (form == "feeds/off"))
            }
        }
    }

    private enum Loss: CaseIterable {
        case label, team, block, deletion
    }

    @Test(arguments: Loss.allCases)
    private func `what a member loses at Appwrite closes the address within the cache's time`(loss: Loss)
        async throws
    {
        try await Self.run { stage in
            let (id, path) = loss == .team ? ("staff", "/staff/feed.xml") : ("pro", "/pro/feed.xml")
            let member = try await Self.member("\(id)@example.com", at: stage)
            let tokens = stage.front.desk.feeds.tokens
            let shown = try await member.visit("/account", from: "same-origin").feedAddresses
            let address = try #require(shown.first { tokens.address(in: $0.token)?.feed.text == path })
            #expect(try await Self.read(address, at: stage).status == 200)
            let store = stage.identity.store
            switch loss {
            case .label: store.setLabels([], user: id)
            case .team: store.leave(team: "staff", user: id)
            case .block: store.setBlocked(true, user: id)
            case .deletion: store.removeUser(id)
            }
            stage.clock.advance(29)
            #expect(try await Self.read(address, at: stage).status == 200)
            stage.clock.advance(1)
            let closed = try await Self.read(address, at: stage)
            #expect(closed.status == (loss == .deletion ? 410 : 404))
            #expect(!closed.text.contains("Ironbark") && !closed.text.contains("Dovetail"))
            guard loss == .label else { return }
            store.setLabels(["pro"], user: id)
            stage.clock.advance(30)
            #expect(try await Self.read(address, at: stage).status == 200)
        }
    }

    @Test(arguments: OutageTests.faults)
    func `while Appwrite fails an address is closed, whoever was seen before`(fault: IdentityFaults.Fault)
        async throws
    {
        try await Self.run(
            adapt: { $0.questionTimeout = .milliseconds(300) },
            site: { $0.auth.outage = .grace(seconds: 900) }
        ) { stage in
            let member = try await Self.member(at: stage)
            let shown = try await member.visit("/account", from: "same-origin").feedAddresses
            let address = try #require(shown.last)
            #expect(try await Self.read(address, at: stage).status == 200)
            stage.clock.advance(30)
            stage.identity.faults.set(fault, for: "GET /users/{userId}")
            let closed = try await Self.read(address, at: stage)
            #expect(closed.status == 503 && !closed.text.contains("Quillwort"))
            #expect(Int(closed.fields[.retryAfter] ?? "") ?? 0 > 0)
            let page = try await member.visit("/account", from: "same-origin")
            #expect(page.status == 200 && page.text.contains("Your feeds cannot be listed now."))
            stage.identity.faults.clear()
            stage.clock.advance(1)
            #expect(try await Self.read(address, at: stage).status == 200)
        }
    }

    @Test func `many reads cost one question while it is fresh, and are counted by member`() async throws {
        try await Self.run(site: { $0.guests.limit = .init(10, perSeconds: 60) }) { stage in
            func address(_ email: String) async throws -> String {
                let page = try await Self.member(email, at: stage).visit("/account", from: "same-origin")
                return try #require(page.feedAddresses.last)
            }
            let (mine, theirs) = (
                try await address("member@example.com"), try await address("pro@example.com")
            )
            stage.clock.advance(60)
            stage.identity.ledger.clear()
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<10 { group.addTask { try await Self.read(mine, at: stage).status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 200, count: 10))
            #expect(stage.identity.ledger.counts == ["GET /users/{userId}": 1])
            let refused = try await Self.read(mine, at: stage)
            #expect(refused.status == 429 && refused.fields[.init("RateLimit-Policy") ?? .accept] != nil)
            #expect(try await Self.read(theirs, at: stage).status == 200)
        }
    }

    @Test func `no line of the log holds an address`() async throws {
        let lines = LogLines()
        try await Self.run(lines: lines) { stage in
            let member = try await Self.member(at: stage)
            let shown = try await member.visit("/account", from: "same-origin").feedAddresses
            let address = try #require(shown.last)
            _ = try await Self.read(address, at: stage)
            _ = try await Self.read(address + "x", at: stage)
            stage.clock.advance(30)
            stage.identity.faults.set(.status(500))
            _ = try await Self.read(address, at: stage)
            for part in address.token.split(separator: "~") where part.count > 20 {
                for line in lines.all { #expect(!"\(line)".contains(part)) }
            }
            #expect(lines.all.contains { $0.metadata.contains("/account/feeds/{token}") })
            #expect(lines.all.contains { $0.message == "a feed address could not be checked" })
        }
    }

    @Test func `a key that may not read accounts makes no address that would open nothing`() async throws {
        try await Self.run(scopes: ["sessions.write", "users.write"]) { stage in
            let browser = stage.browser()
            try await browser.signIn()
            #expect(try await browser.change("feeds", [:]).status == 503)
            let page = try await browser.visit("/account", from: "same-origin")
            #expect(page.status == 200 && !page.text.contains("/account/feeds/off"))
        }
    }

    @Test func `an account with a second factor is asked for it before it gets addresses`() async throws {
        try await Self.run { stage in
            let browser = stage.browser()
            _ = try await browser.setUpAuthenticator()
            let answer = try await browser.change("feeds", [:])
            #expect(answer.status == 303 && answer.location.hasPrefix("/login/factor?to=/account"))
            let page = try await browser.visit("/account", from: "same-origin")
            #expect(page.status == 200 && page.feedAddresses.isEmpty)
        }
    }

    @Test func `a site that wants none, or has no feed for the member, shows nothing of it`() async throws {
        try await Self.run(site: { $0.auth.feeds = false }) { stage in
            let browser = stage.browser()
            try await browser.signIn()
            #expect(
                !(try await browser.visit("/account", from: "same-origin").text.contains("/account/feeds"))
            )
            #expect(try await browser.change("feeds", [:]).status == 404)
            #expect(try await Self.read("/account/feeds/x", at: stage).status == 404)
        }
        try await Stage.run(feeds: [Self.feeds[2]]) { stage in
            for (email, isShown) in [("member@example.com", false), ("pro@example.com", true)] {
                let browser = stage.browser()
                try await browser.signIn(email)
                let page = try await browser.visit("/account", from: "same-origin")
                #expect(page.text.contains("/account/feeds") == isShown)
            }
        }
    }
}

extension Page {
    /// The feed addresses that the account page shows, without the site's origin.
    fileprivate var feedAddresses: [String] {
        text.matches(of: #/<code dir="ltr">http:\/\/127\.0\.0\.1:[0-9]+([^<]*)<\/code>/#).map {
            String($0.output.1)
        }
    }
}

extension String {
    fileprivate var token: String { split(separator: "/").last.map(String.init) ?? "" }
}
