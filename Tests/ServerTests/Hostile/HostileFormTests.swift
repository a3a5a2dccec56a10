import DevIdentity
import Foundation
import Gate
import HTTPTypes
import Settings
import Testing

@testable import Server

/// The forms of `Tests/Fixtures/hostile-forms.txt`, posted as they are.
@Suite(.timeLimit(.minutes(2)))
struct HostileFormTests {
    private static let session = "a_session_testproject"

    /// Those who fill in forms, and the forms that are open before them.
    private struct Visitors {
        let stage: Stage
        let stranger: Browser
        let other: Browser
        let member: Browser

        init(_ stage: Stage) async throws {
            self.stage = stage
            (stranger, other, member) = (stage.browser(), stage.browser(), stage.browser())
            try await member.signIn()
        }

        /// Fresh ones: a form is good for four hours, and an hour passes from case to case.
        func words() async throws -> [String: String] {
            let form = #"Content-Type: application/x-www-form-urlencoded"#
            var words = [
                "form": form, "ours": #"\#(form)\r\nOrigin: \#(stage.origin)"#, "origin": stage.origin,
                "json": #"Content-Type: application/json"#, "host": "127.0.0.1:\(stage.port)",
                "login": "email=member%40example.com&password=open-the-gate",
                "object": #""email":"member@example.com","password":"open-the-gate""#,
            ]
            for (word, browser, path) in [
                ("token", stranger, "/login"), ("signup", stranger, "/signup"), ("other", other, "/login"),
                ("account", member, "/account"),
            ] {
                let token: String = try #require(try await browser.form(path)[FormToken.fieldName])
                words[word] = token
            }
            words["member"] = HostileFormTests.cookies(of: member)
            return words
        }
    }

    private static func cookies(of browser: Browser) -> String {
        browser.cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")
    }

    private static func request(_ path: String, _ fields: [UInt8], _ body: [UInt8], from browser: Browser)
        -> [UInt8]
    {
        let text = String(decoding: fields, as: UTF8.self).lowercased()
        var head = "POST \(path) HTTP/1.1\r\nHost: h\r\nAccept: text/html\r\nConnection: close\r\n"
        if !text.contains("content-length:") { head += "Content-Length: \(body.count)\r\n" }
        if !text.contains("cookie:") { head += "Cookie: \(cookies(of: browser))\r\n" }
        return Array(head.utf8) + fields + Array("\r\n\r\n".utf8) + body
    }

    @Test
    func `a hostile form signs nobody in or out, changes nothing and tells nothing`() async throws {
        let lines = try HostileLine.all(in: "hostile-forms")
        #expect(lines.count > 100)
        try await Stage.run { (stage: Stage) async throws in
            let visitors = try await Visitors(stage)
            for line in lines {
                let words = try await visitors.words()
                stage.identity.ledger.clear()
                let heard = try await Wire.heard(
                    stage,
                    Self.request(
                        line.columns[1],
                        try line.bytes(2, words),
                        try line.bytes(3, words),
                        from: visitors.stranger
                    )
                )
                let status = try #require(heard.status, "no answer to \(line)")
                let isGood = line.columns[0].hasPrefix("good")
                #expect("\(status)" == line.columns[0].suffix(3), "\(status) for \(line)")
                #expect(isGood || (400..<500).contains(status), "\(line)")
                let set = heard.values(of: "set-cookie").filter { $0.hasPrefix("\(Self.session)=") }
                #expect(set.count == (isGood ? 1 : 0), "\(line)")
                #expect(!heard.holdsPrivateWord && !heard.text.contains("open-the-gate"), "\(line)")
                #expect(!heard.text.contains("<b>planted") && !heard.head.contains("planted"), "\(line)")
                // What is no form of ours costs Appwrite no question; a wrong password must.
                if !isGood, status != 401 { #expect(stage.identity.ledger.total == 0, "\(line)") }
                stage.clock.advance(3600)
            }
            #expect(try await visitors.member.send(.get, "/members/").status == 200)
            let user = try await visitors.member.send(.get, "/user").text
            #expect(user.contains("member@example.com") && user.contains("Mel Member"))
            #expect(stage.identity.store.outbox.isEmpty)
        }
    }
}
