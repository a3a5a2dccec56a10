import Foundation
import Glibc
import Testing

@testable import DevIdentity

/// What `gatehouse access` says, held against what a running server does.
@Suite(.timeLimit(.minutes(5)))
struct AccessAgreementTests {
    /// Somebody who signs in, and how `--as` calls what they are.
    struct Visitor: Sendable {
        let name: String
        /// As the file of users has it; nil for a guest.
        let user: String?

        static let authenticator = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

        init(_ name: String, _ user: String?) {
            self.name = name
            self.user = user
        }

        static let all = [
            Visitor("guest", nil),
            Visitor("member", #""verified": false"#),
            Visitor("verified", #""verified": true"#),
            Visitor("label:pro", #""verified": false, "labels": ["pro"]"#),
            Visitor("label:pro,verified", #""labels": ["pro", "other"]"#),
            Visitor("label:gold", #""verified": false, "labels": ["gold"]"#),
            Visitor("label:gold,verified", #""labels": ["gold"]"#),
            Visitor("team:board", #""verified": false, "teams": ["board"]"#),
            Visitor(
                "team:board/chair",
                #""verified": false, "teams": [{"id": "board", "roles": ["chair", "voice"]}, "chess"]"#
            ),
            Visitor("team:staff,verified", #""teams": ["staff"]"#),
            Visitor("email:@example.org", #""verified": true"#),
            Visitor("mfa", #""verified": false, "mfa": true, "authenticator": "\#(authenticator)""#),
            Visitor(
                "mfa,label:pro,team:board/chair,verified",
                #"""
                "labels": ["pro"], "teams": [{"id": "board", "roles": ["chair"]}],
                "mfa": true, "authenticator": "\#(authenticator)"
                """#
            ),
        ]

        var email: String { "v\(abs(name.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xffffff }))@\(domain)" }

        private var domain: String { name.contains("@example.org") ? "example.org" : "elsewhere.example" }
    }

    private static let pages = [
        "index.md": "",
        "members/index.md": "",
        "members/fees/index.md": "allow: { labels: [pro], verified: true }",
        "members/board.md": "allow: { teams: [board] }",
        "members/chair.md": "allow: { teams: [board/chair, staff] }",
        "members/mail.md": "allow: { emails: ['@example.org'] }",
        "members/careful.md": "allow: { mfa: true }",
        "members/either.md":
            "allow: { any: [label:pro, team:board/chair, { labels: [gold], verified: true }] }",
        "members/all.md": "allow: { all: [{ any: [mfa, label:gold] }, verified] }",
        "staff/index.md": "",
        "staff/verified.md": "allow: { verified: true }",
        "open/private.md": "visibility: private",
    ]

    private static let parts = [
        ("members", "", "zebu"), ("label pro", " labels=\"pro\"", "yak"),
        ("label gold or team board/chair", " any=[\"label:gold\", \"team:board/chair\"]", "gaur"),
        ("second factor", " mfa=true", "anoa"),
    ]

    private func site(_ appwrite: String) throws -> DemoSite {
        let site = try DemoSite()
        try site.write(
            "site.config",
            """
            title: The Test
            url: http://127.0.0.1:8080
            appwrite: { \(appwrite) }
            markdown: { dialect: [gfm, markdoc] }
            guests: { limit: 1000000/1m, unidentified_limit: 1000000/1m }
            visibility:
              rules:
                - { path: /members/**, visibility: private }
                - { path: /staff/**, visibility: private, allow: { any: [team:staff, label:gold] } }
            """
        )
        for (file, front) in Self.pages {
            try site.write(
                "content/" + file,
                "---\ntitle: \(file)\naliases: [/old/\(file.dropLast(3))/]\n\(front)\n---\nA word.\n"
            )
        }
        let parts = Self.parts.map { "{% members\($0.1) %}\n\($0.2)\n{% /members %}\n" }
        try site.write("content/parts.md", "---\ntitle: Parts\n---\n\(parts.joined(separator: "\n"))")
        try site.write("content/members/fees/slip.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
        return site
    }

    @Test
    func `what is said of every page and visitor is what the running server does`() async throws {
        let users = Visitor.all.compactMap { visitor in
            visitor.user.map {
                #"{"id": "\#(visitor.email.prefix { $0 != "@" })", "email": "\#(visitor.email)", \#($0)}"#
            }
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "users-\(UUID().uuidString).json")
        try Data("{\"users\": [\(users.joined(separator: ","))]}".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let identity = Command(["identity", "--users", file.path])
        try identity.process.run()
        defer { identity.process.terminate() }
        let variables = try await identity.output.upTo("APPWRITE_API_KEY=").variables
        let site = try site(
            "endpoint: '${APPWRITE_ENDPOINT}', project: '${APPWRITE_PROJECT}', key: '${APPWRITE_API_KEY}'"
        )
        defer { site.remove() }
        let built = try await Command.run(["build"], environment: variables, folder: site.folder)
        try #require(built.code == 0, "\(built.error)")
        let port = try Loopback.freePort()
        let server = Command(["serve", "--port", "\(port)"], environment: variables, folder: site.folder)
        try server.process.run()
        defer { server.process.terminate() }
        _ = try await server.error.upTo("serving")
        // A line for each request: a pipe that nobody reads would fill up.
        let log = Task { try await server.error.rest() }
        defer { log.cancel() }

        let routes = try await Self.json([Listed].self, ["routes", "--json"], variables, site)
            .filter { $0.source != "site.config: auth" && !$0.source.hasPrefix("themes/") }
        #expect(routes.count > 2 * Self.pages.count)
        let names = Visitor.all.flatMap { ["--as", $0.name] }
        var said: [(path: String, answer: Answer)] = []
        for route in routes where !route.path.hasPrefix("/assets/") && !route.path.hasPrefix("/_search/") {
            said.append(
                (
                    route.path,
                    try await Self.json(
                        Answer.self,
                        ["access", route.path, "--json"] + names,
                        variables,
                        site
                    )
                )
            )
        }
        var kinds: Set<Outcome> = []
        for (position, visitor) in Visitor.all.enumerated() {
            let cookie = try await Self.signIn(visitor, port)
            for (path, answer) in said {
                let decision = answer.subject.decisions[position]
                let page = try await Loopback.get(path, cookie: cookie, port: port)
                let kind = Outcome(said: decision.outcome)
                #expect(Outcome(page) == kind, "\(path) for \(visitor.name): \(decision.outcome)")
                kinds.insert(kind)
                guard path == "/parts/" else { continue }
                let whom = decision.parts?.components(separatedBy: ", ") ?? []
                for (part, _, word) in Self.parts {
                    let isSaid = part == "members" ? !whom.isEmpty : whom.contains(part)
                    #expect(page.contains(word) == isSaid, "the part for \(part), \(visitor.name)")
                }
            }
        }
        #expect(kinds == [.sees, .signIn, .secondFactor, .refused])
    }
}

extension AccessAgreementTests {
    /// What became of a visitor, as it is said and as it is done.
    private enum Outcome: Hashable {
        case sees, signIn, secondFactor, refused, other

        init(said text: String) {
            self =
                switch text {
                case "may see it": .sees
                case "is asked to sign in": .signIn
                case "is asked for a second factor": .secondFactor
                default: text.hasPrefix("is refused, lacking ") ? .refused : .other
                }
        }

        init(_ page: String) {
            let line = page.split(separator: "\r\n").first { $0.lowercased().hasPrefix("location: ") }
            let location = line?.dropFirst("location: ".count) ?? ""
            self =
                switch page.dropFirst("HTTP/1.1 ".count).prefix(3) {
                case "200": .sees
                case "403": .refused
                case "303" where location.hasPrefix("/login/factor?"): .secondFactor
                case "303" where location.hasPrefix("/login?"): .signIn
                // Of a picture and a text, which nobody can lead anywhere.
                case "401": .signIn
                // Old addresses lead on for those who may see what is there now.
                case "301", "302", "308": .sees
                default: .other
                }
        }
    }

    private struct Listed: Decodable {
        let path: String
        let source: String
    }

    private struct Answer: Decodable {
        struct Subject: Decodable {
            let decisions: [Judgement]
        }
        struct Judgement: Decodable {
            let outcome: String
            let parts: String?
        }
        let subject: Subject
    }

    private static func json<Value: Decodable>(
        _ type: Value.Type,
        _ arguments: [String],
        _ variables: [String: String],
        _ site: DemoSite
    ) async throws -> Value {
        let outcome = try await Command.run(arguments, environment: variables, folder: site.folder)
        try #require(outcome.code == 0, "\(arguments): \(outcome.error)")
        return try JSONDecoder().decode(type, from: Data(outcome.output.utf8))
    }

    /// The visitor's session cookie; empty for a guest.
    private static func signIn(_ visitor: Visitor, _ port: Int) async throws -> String {
        guard visitor.user != nil else { return "" }
        let entry = #"{"email":"\#(visitor.email)","password":"open-the-gate"}"#
        let answer = try await Loopback.post("/login", json: entry, port: port)
        let cookie = try #require(answer.cookies.first { $0.hasPrefix("a_session_") }, "\(visitor.name)")
        guard visitor.name.contains("mfa") else { return cookie }
        let app = try #require(Authenticator(secret: Visitor.authenticator))
        let code = app.code(at: IdentityClock.system.now())
        let shown = try await Loopback.post(
            "/login/factor",
            json: #"{"factor":"totp","code":"\#(code)"}"#,
            cookie: answer.cookies.joined(separator: "; "),
            port: port
        )
        #expect(shown.hasPrefix("HTTP/1.1 200"), "\(shown)")
        return cookie
    }
}

extension String {
    /// What the fields of an answer set.
    fileprivate var cookies: [String] {
        split(separator: "\r\n").filter { $0.lowercased().hasPrefix("set-cookie: ") }.map {
            String($0.dropFirst("set-cookie: ".count).prefix { $0 != ";" })
        }
    }

    /// The variables that the identity service prints.
    fileprivate var variables: [String: String] {
        let pairs = split(separator: "\n").compactMap { line -> (String, String)? in
            let parts = line.split(separator: "=", maxSplits: 1)
            return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
