import DevIdentity
import Gate
import HTTPTypes
import Settings
import Testing

@testable import Server

/// The cookies of `Tests/Fixtures/hostile-cookies.txt`, sent as they are.
///
/// One server meets all of them, so that what one leaves behind shows in the next.
@Suite(.timeLimit(.minutes(2)))
struct HostileCookieTests {
    private static let name = "a_session_testproject"

    /// What browsers hold that signed in, and what one holds that only looked around.
    private static func words(_ stage: Stage) async throws -> [String: String] {
        let (member, other, guest) = (stage.browser(), stage.browser(), stage.browser())
        try await member.signIn()
        try await other.signIn("pro@example.com")
        for _ in 0..<2 { _ = try await guest.visit("/") }
        var words = ["bad": "bm9ib2R5LWhvbGRzLXRoaXMtc2Vzc2lvbg=="]
        for (word, browser) in [("", member), ("other", other), ("guest", guest)] {
            let visit: String = try #require(browser.cookies[VisitCookie.name])
            let secret: String = try #require(browser.sessionSecret)
            words["\(word)visit"] = visit
            words[word.isEmpty ? "good" : word] = secret
        }
        return words
    }

    /// Those that are read per line would otherwise be too many for one address.
    private static let unlimited: @Sendable (inout Settings) -> Void = {
        $0.guests.unidentifiedLimit = .init(1_000_000, perSeconds: 1)
        $0.guests.limit = .init(1_000_000, perSeconds: 1)
    }

    private static func request(_ path: String, _ cookie: [UInt8]) -> [UInt8] {
        let start = "GET \(path) HTTP/1.1\r\nHost: h\r\nAccept: text/html\r\nSec-Fetch-Mode: navigate\r\n"
        return Array("\(start)Connection: close\r\nCookie: ".utf8) + cookie + Array("\r\n\r\n".utf8)
    }

    @Test
    func `a hostile cookie opens nothing, breaks nothing, and comes back in no header`() async throws {
        let lines = try HostileLine.all(in: "hostile-cookies")
        #expect(lines.count > 100)
        try await Stage.run(site: Self.unlimited) { (stage: Stage) async throws in
            let words = try await Self.words(stage)
            for line in lines {
                let cookie = try line.bytes(1, words)
                for path in ["/members/", "/", "/account", "/login"] {
                    let heard = try await Wire.heard(stage, Self.request(path, cookie))
                    let status = try #require(heard.status, "no answer at \(path) to \(line)")
                    #expect(status < 500, "\(path) \(line)")
                    #expect(Self.pieces(of: cookie).filter(heard.head.contains) == [], "\(path) \(line)")
                    guard path == "/members/" else {
                        #expect(!heard.holdsPrivateWord, "\(path) \(line)")
                        continue
                    }
                    let isOpen = line.columns[0] == "open"
                    #expect(isOpen == (status == 200), "\(status) for \(line)")
                    #expect(heard.text.contains("Quillwort") == isOpen, "\(line)")
                    if isOpen { #expect(heard.values(of: "set-cookie") == [], "\(line)") }
                }
                // Made-up sessions are asked about sixty times a minute.
                stage.clock.advance(61)
            }
            #expect(try await stage.browser().visit("/").status == 200)
        }
    }

    @Test
    func `no cookie that a visitor brings along becomes the session that they sign in to`() async throws {
        let lines = try HostileLine.all(in: "hostile-cookies").filter { $0.columns[1].contains(Self.name) }
        try await Stage.run(site: Self.unlimited) { (stage: Stage) async throws in
            let words = try await Self.words(stage)
            for line in lines {
                let planted = try line.bytes(1, words)
                let browser = stage.browser()
                var form = try await browser.form("/login")
                form.merge(["email": "staff@example.com", "password": "open-the-gate"]) { $1 }
                let held = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
                let body = form.map { "\($0.key)=\($0.value.queryEncoded)" }.joined(separator: "&")
                let start =
                    "POST /login HTTP/1.1\r\nHost: h\r\nOrigin: \(stage.origin)\r\nConnection: close\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n"
                let request =
                    Array("\(start)Cookie: \(held)\r\nCookie: ".utf8) + planted
                    + Array("\r\n\r\n\(body)".utf8)
                let answer = try await Wire.heard(stage, request)
                let set = answer.values(of: "set-cookie").first { $0.hasPrefix("\(Self.name)=") }
                if let secret = set?.dropFirst(Self.name.count + 1).prefix(while: { $0 != ";" }) {
                    #expect(!words.values.contains(String(secret)), "\(line)")
                    #expect(answer.status == 303, "\(line)")
                } else {
                    #expect([400, 403, 431].contains(answer.status), "\(answer.text) for \(line)")
                }
                stage.clock.advance(61)
            }
            for (word, email) in [("good", "member@example.com"), ("other", "pro@example.com")] {
                let fields: HTTPFields = [.cookie: "\(Self.name)=\(words[word] ?? "")"]
                let user = try await stage.browser().send(.get, "/user", fields)
                #expect(user.status == 401 || user.text.contains(email), "\(word)")
                #expect(!user.text.contains("staff@example.com"), "\(word)")
            }
        }
    }

    /// What of a cookie would be known again in a header; the names of our own cookies are taken back at times.
    private static func pieces(of cookie: [UInt8]) -> [String] {
        let own = [name, "\(name)_legacy", VisitCookie.name, FormToken.cookieName]
        return String(decoding: cookie, as: UTF8.self).split { ";=\r\n\t\", ".contains($0) }.map(String.init)
            .filter { $0.utf8.count >= 8 && !own.contains($0) }
    }
}
