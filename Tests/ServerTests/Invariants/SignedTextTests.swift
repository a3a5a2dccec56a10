import Appwrite
import Foundation
import Ground
import HTTPTypes
import Settings
import Testing

@testable import Server

/// What is signed and handed to browsers: nothing altered, old, foreign or meant for something else comes back as good.
struct SignedTextTests {
    private let clock = TestClock()
    private let keys = ServerKeys(from: Secret("standard_key"))
    private let attributes = CookieAttributes(CookieSettings(), siteIsSecure: true)

    /// The field that a browser sends back for a `Set-Cookie`.
    private func sentBack(_ cookie: String) -> HTTPFields { [.cookie: String(cookie.prefix { $0 != ";" })] }

    @Test
    func `a visit comes back as it was, until it is altered, old or another key's`() {
        let visits = VisitCookie(keys: keys, attributes: attributes, now: { [clock] in clock.now })
        let visit = Visit(kind: .member, mark: "abc", userID: "user", sessionID: "session")
        let cookie = visits.set(visit)
        #expect(visits.visit(in: sentBack(cookie)) == visit)
        #expect(visits.visit(in: sentBack(cookie.replacing("~user~", with: "~root~"))) == nil)
        let foreign = VisitCookie(
            keys: ServerKeys(from: Secret("other")),
            attributes: attributes,
            now: { [clock] in clock.now }
        )
        #expect(foreign.visit(in: sentBack(cookie)) == nil)
        clock.advance(367 * 86400)
        #expect(visits.visit(in: sentBack(cookie)) == nil)
    }

    @Test
    func `a visit knows what its member signed in with, and one of an older release nothing`() {
        let visits = VisitCookie(keys: keys, attributes: attributes, now: { [clock] in clock.now })
        let visit = Visit(
            kind: .member,
            mark: "abc",
            userID: "user",
            sessionID: "session",
            factors: ["password", "to~tp", "email"]
        )
        let read = visits.visit(in: sentBack(visits.set(visit)))
        #expect(read?.factors == ["password", "email"])
        #expect(visits.visit(in: sentBack(visits.set(visit).replacing("password", with: "totp"))) == nil)
        let text = "m~\(Int(clock.now.timeIntervalSince1970))~abc~user~session"
        let old = "\(attributes.name(VisitCookie.name))=\(text)~\(keys.signature(of: text, for: .visit))"
        #expect(
            visits.visit(in: [.cookie: old])
                == Visit(kind: .member, mark: "abc", userID: "user", sessionID: "session")
        )
    }

    @Test
    func `a question for a second factor is one session's, and only while Appwrite takes answers`() throws {
        let session = Secret("session-secret")
        let json = #"{"$id":"c1","userId":"u1","expire":"2026-07-22T10:00:00.000+00:00"}"#
        let challenge = try JSONDecoder().decode(Challenge.self, from: Data(json.utf8))
        let text = ChallengeToken(.totp, challenge).text(for: session, keys)
        let before = challenge.expire.addingTimeInterval(-1)
        func read(_ text: String, _ session: Secret, at moment: Date) -> ChallengeToken? {
            ChallengeToken(text, for: session, keys, now: moment)
        }
        #expect(read(text, session, at: before) == ChallengeToken(.totp, challenge))
        #expect(read(text, session, at: challenge.expire) == nil)
        #expect(read(text, Secret("another"), at: before) == nil)
        #expect(read(text.replacing("totp", with: "email"), session, at: before) == nil)
        #expect(read(text.replacing("u1", with: "u2"), session, at: before) == nil)
        #expect(read("", session, at: before) == nil)
    }

    @Test
    func `a form token is good for its browser, its use and its time`() {
        let tokens = FormToken(keys: keys, attributes: attributes, now: { [clock] in clock.now })
        let (token, cookie) = tokens.issue(for: .signIn, to: [:])
        let browser = sentBack(cookie ?? "")
        #expect(tokens.isGood(token, for: .signIn, from: browser))
        #expect(!tokens.isGood(token, for: .account, from: browser))
        #expect(!tokens.isGood(token, for: .signIn, from: [:]))
        #expect(
            !tokens.isGood(
                token,
                for: .signIn,
                from: sentBack(tokens.issue(for: .signIn, to: [:]).cookie ?? "")
            )
        )
        #expect(!tokens.isGood(token + "x", for: .signIn, from: browser))
        #expect(!tokens.isGood(nil, for: .signIn, from: browser))
        clock.advance(FormToken.lifetime)
        #expect(!tokens.isGood(token, for: .signIn, from: browser))
    }

    @Test
    func `a signature for one purpose is none for another`() {
        #expect(keys.verify(keys.signature(of: "x", for: .form), of: "x", for: .form))
        #expect(!keys.verify(keys.signature(of: "x", for: .form), of: "x", for: .visit))
        #expect(!"\(keys)".contains("standard_key"))
    }

    @Test(
        arguments: [
            ("https://a.example", "https://a.example", nil, true),
            ("https://a.example", "https://b.example", nil, false),
            ("https://a.example", "http://a.example", nil, false), ("https://a.example", "null", nil, false),
            ("https://a.example", nil, "same-origin", true), ("https://a.example", nil, "cross-site", false),
            ("https://a.example", nil, nil, false),
            ("http://127.0.0.1:8080", "http://localhost:8080", nil, true),
            ("http://127.0.0.1:8080", "http://localhost:9090", nil, false),
        ] as [(String, String?, String?, Bool)]
    )
    func `a form comes from this site or is refused`(
        site: String,
        origin: String?,
        fetch: String?,
        isOurs: Bool
    ) throws {
        var fields: HTTPFields = [:]
        fields[.origin] = origin
        fields[.secFetchSite] = fetch
        #expect(OwnOrigin(site: try #require(SiteURL(site))).isSource(of: fields) == isOurs)
    }

    @Test(arguments: [0.0, 784_111_777, 951_782_400, 1_709_164_800, 4_102_444_800, -1])
    func `a date is written as Foundation writes it`(seconds: Double) {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        let date = Date(timeIntervalSince1970: seconds)
        #expect("\(HTTPDate(date))" == formatter.string(from: date))
    }
}

struct OwnCookieTests {
    private let secure = CookieAttributes(CookieSettings(), siteIsSecure: true)
    private let plain = CookieAttributes(CookieSettings(), siteIsSecure: false)
    private let keys = ServerKeys(from: Secret("standard_key"))

    @Test
    func `over https our own cookies have names that no other host of the domain can set`() throws {
        let now: @Sendable () -> Date = { Date() }
        for (attributes, isSecure) in [(secure, true), (plain, false)] {
            let form = FormToken(keys: keys, attributes: attributes, now: now)
            let visits = VisitCookie(keys: keys, attributes: attributes, now: now)
            let trips = Trip(keys: keys, attributes: attributes, now: now)
            let visit = Visit(kind: .member, mark: "abc", userID: "user", sessionID: "session")
            let (token, made) = form.issue(for: .signIn, to: [:])
            let (nonce, begun) = trips.begin(.oauth, towards: "/", in: [:])
            let cookies = [try #require(made), visits.set(visit)] + begun
            for cookie in cookies {
                #expect(cookie.hasPrefix("__Host-gatehouse_") == isSecure)
                #expect(cookie.contains("; Path=/;") && !cookie.contains("Domain="))
            }
            #expect(visits.cleared.hasPrefix("__Host-gatehouse_visit=;") == isSecure)
            let pairs = cookies.map { String($0.prefix { $0 != ";" }) }
            let sent: HTTPFields = [.cookie: pairs.joined(separator: "; ")]
            #expect(form.isGood(token, for: .signIn, from: sent))
            #expect(visits.visit(in: sent) == visit)
            #expect(trips.target(.oauth, for: nonce, in: sent) == "/")
            // The same values by the names that any host could set.
            let planted: HTTPFields = [
                .cookie: pairs.map { $0.replacing("__Host-", with: "") }.joined(separator: "; ")
            ]
            #expect(form.isGood(token, for: .signIn, from: planted) != isSecure)
            #expect((visits.visit(in: planted) == nil) == isSecure)
            #expect((trips.target(.oauth, for: nonce, in: planted) == nil) == isSecure)
        }
    }
}
