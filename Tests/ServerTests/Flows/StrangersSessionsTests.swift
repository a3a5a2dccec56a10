import DevIdentity
import HTTPTypes
import Settings
import Testing

@testable import Server

/// What comes along in cookies that this site did not set, or set once and took back.
struct StrangersSessionsTests {
    private static let name = "a_session_testproject"
    private static let json: HTTPFields = [.accept: "application/json", .contentType: "application/json"]

    private static func cookies(_ secrets: String...) -> HTTPFields {
        [.cookie: secrets.map { "\(name)=\($0)" }.joined(separator: "; ")]
    }

    @Test
    func `a guest's or an unknown cookie before a remembered member's changes nothing, even in an outage`()
        async throws
    {
        try await Stage.run(adapt: { $0.questionTimeout = .milliseconds(300) }) {
            (stage: Stage) async throws in
            let browser = stage.browser()
            try await browser.signIn()
            let secret = try #require(browser.sessionSecret)
            _ = try await browser.send(.get, "/members/")
            stage.identity.faults.set(.status(500))
            let fields = Self.cookies("an-unknown-session", secret)
            #expect(try await stage.browser().send(.get, "/members/", fields).status == 200)
        }
    }

    @Test
    func `cookies that were not asked about are not cleared`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let many = Self.cookies("invented-1", "invented-2", "invented-3", "invented-4")
            #expect(try await stage.browser().send(.get, "/members/", many).setCookies.isEmpty)
            let one = Self.cookies("invented-1")
            #expect(try await stage.browser().send(.get, "/members/", one).setCookie(Self.name) != nil)
        }
    }

    @Test
    func `a session signed out in an outage stays out when another account signs in with it`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let browser = stage.browser()
            try await browser.signIn()
            let secret = try #require(browser.sessionSecret)
            stage.identity.faults.set(.status(503))
            let ended = try await browser.send(.post, "/logout", Self.json, Array("{}".utf8))
            #expect(ended.status == 200)
            stage.identity.faults.clear()
            stage.clock.advance(2)
            let other = stage.browser()
            other.cookies[Self.name] = secret
            try await other.signIn("pro@example.com")
            #expect(try await stage.browser().send(.get, "/user", Self.cookies(secret)).status == 401)
        }
    }

    @Test(arguments: [100, 1])
    func `invented cookies at the sign-out cost no more questions than elsewhere`(different: Int) async throws
    {
        try await Stage.run { (stage: Stage) async throws in
            stage.identity.ledger.clear()
            for number in (0..<100).map({ $0 % different }) {
                let cookies = Self.cookies(
                    "invented-\(number)-a",
                    "invented-\(number)-b",
                    "invented-\(number)-c"
                )
                var fields = Self.json
                fields[.cookie] = cookies[.cookie]
                let answer = try await stage.browser().send(.post, "/logout", fields, Array("{}".utf8))
                #expect(answer.status == 200)
            }
            #expect(stage.identity.ledger.entries.count <= 60)
        }
    }

    @Test
    func `a guest session that this site did not give is not made a member's`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let guest = stage.browser()
            _ = try await guest.visit("/")
            _ = try await guest.visit("/")
            let planted = try #require(guest.sessionSecret)
            let victim = stage.browser()
            victim.cookies[Self.name] = planted
            var form = try await victim.form("/signup")
            form.merge(["email": "new@example.com", "password": "a long password"]) { $1 }
            #expect(try await victim.post("/signup", form).status == 303)
            let user = try await victim.send(.get, "/user", [.accept: "application/json"])
            #expect(user.text.contains("new@example.com"))
            let convertedByGuest = try await guest.send(.get, "/user", [.accept: "application/json"])
            #expect(convertedByGuest.status == 401)
            #expect(stage.identity.ledger.count("PATCH /account/email") == 0)
        }
    }

    @Test
    func `an e-mail address longer than any is refused before it is counted or asked about`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            stage.identity.ledger.clear()
            let long = String(repeating: "a", count: 400) + "@example.com"
            let body = Array(#"{"email": "\#(long)", "password": "open-the-gate"}"#.utf8)
            #expect(try await stage.browser().send(.post, "/login", Self.json, body).status == 401)
            #expect(stage.identity.ledger.entries.isEmpty)
        }
    }

    @Test
    func `looking at one's account is limited`() async throws {
        try await Stage.run { (stage: Stage) async throws in
            let browser = stage.browser()
            try await browser.signIn()
            var statuses: Set<Int> = []
            for _ in 0..<70 { statuses.insert(try await browser.send(.get, "/user").status) }
            #expect(statuses == [200, 429])
        }
    }
}
