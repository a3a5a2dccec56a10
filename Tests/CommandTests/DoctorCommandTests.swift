import DevIdentity
import Foundation
import Ground
import Logging
import Testing

@testable import gatehouse

/// The command as a process, before an identity service of the test's own.
@Suite(.timeLimit(.minutes(1))) struct DoctorCommandTests {
    private static let key = Secret("standard_0123456789abcdef")

    private struct Answer: Decodable {
        let check: String
        let verdict: String
        let seen: String
        let advice: String?
    }

    /// What the doctor says, with the exit code.
    private func findings(
        scopes: Set<String> = IdentityKey.everyday,
        project: String = "gatehouse",
        auth: String = "",
        url: String = "http://127.0.0.1:8080",
        key: String = key.revealed,
        pages: [(file: String, text: String)] = [],
        adapt: (inout IdentityConfiguration) -> Void = { _ in },
        faults: [(IdentityFaults.Fault, String)] = []
    ) async throws -> (code: Int32, [String: Answer]) {
        var configuration = IdentityConfiguration(keys: [IdentityKey(secret: Self.key, scopes: scopes)])
        adapt(&configuration)
        let (ports, port) = AsyncStream<Int>.makeStream()
        let identity = IdentityService(
            configuration: configuration,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            onRunning: { port.yield($0) }
        )
        for (fault, route) in faults { identity.faults.set(fault, for: route) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await identity.run() }
            let running = try #require(await ports.first { _ in true })
            let site = try DemoSite()
            defer { site.remove() }
            try site.write(
                "site.config",
                """
                title: The Test
                url: \(url)
                appwrite: { endpoint: http://127.0.0.1:\(running)/v1, project: \(project), key: '${APPWRITE_API_KEY}' }
                \(auth)
                """
            )
            for page in pages { try site.write(page.file, page.text) }
            if !pages.isEmpty {
                _ = try await Command.run(
                    ["build"],
                    environment: ["APPWRITE_API_KEY": key],
                    folder: site.folder
                )
            }
            let outcome = try await Command.run(
                ["doctor", "--json"],
                environment: ["APPWRITE_API_KEY": key],
                folder: site.folder
            )
            group.cancelAll()
            #expect(!(outcome.output + outcome.error).contains(key))
            let answers = try JSONDecoder().decode([Answer].self, from: Data(outcome.output.utf8))
            return (outcome.code, Dictionary(answers.map { ($0.check, $0) }) { $1 })
        }
    }

    @Test func `where all is well there is nothing to do`() async throws {
        let (code, findings) = try await findings(auth: "auth: { oauth: [github, google] }")
        #expect(code == 0)
        #expect(findings["Appwrite answers"]?.verdict == "good")
        #expect(findings["the key may make sessions"]?.verdict == "good")
        #expect(findings["the key has the scope users.write"]?.verdict == "good")
        #expect(findings["sign-in by GitHub"]?.verdict == "good")
        #expect(findings["sign-in by Google"]?.verdict == "good")
        #expect(findings["the clocks agree"]?.verdict == "good")
        // It is this machine's, but the doctor cannot know who listens on the way.
        #expect(findings["the line to Appwrite"]?.verdict == "poor")
    }

    @Test func `a scope that the key lacks is named with what it is for`() async throws {
        let (code, findings) = try await findings(scopes: ["sessions.write"])
        #expect(code == 0)
        #expect(findings["the key may make sessions"]?.verdict == "good")
        #expect(findings["the key has the scope users.write"]?.advice?.contains("anonymous user") == true)
    }

    @Test func `a site that takes nobody new wants to look for accounts, and to remove one`() async throws {
        let auth = "auth: { sign_up: false, email_otp: true, oauth: [github] }"
        let (good, found) = try await findings(auth: auth)
        #expect(good == 0 && found["the key has the scope users.read"]?.verdict == "good")
        let (code, findings) = try await findings(scopes: ["sessions.write"], auth: auth)
        #expect(code == 3)
        #expect(findings["the key has the scope users.read"]?.verdict == "bad")
        #expect(findings["the key has the scope users.write"]?.verdict == "bad")
    }

    @Test(arguments: [
        ("", "private", 3, "bad"), ("", "public", 0, nil), ("auth: { feeds: false }", "private", 0, nil),
        ("build: { feeds: [] }", "private", 0, nil),
    ])
    func `a site with feeds for members wants to read accounts, and no other does`(
        settings: String,
        visibility: String,
        code: Int32,
        verdict: String?
    ) async throws {
        let news = "---\ntitle: News\ndate: 2026-01-02\nvisibility: \(visibility)\n---\nWords.\n"
        let (found, findings) = try await findings(
            scopes: ["sessions.write", "users.write"],
            auth: settings,
            pages: [("content/news.md", news)]
        )
        let finding = findings["the key has the scope users.read"]
        #expect((found, finding?.verdict) == (code, verdict))
        #expect(finding?.advice?.contains("feed addresses") ?? true)
    }

    @Test(arguments: [("", 0, "poor"), ("auth: { magic_url: true }", 3, "bad")])
    func `a project without a mail server fails a site whose members come by mail`(
        auth: String,
        code: Int32,
        verdict: String
    ) async throws {
        let (found, findings) = try await findings(auth: auth) { $0.sendsMail = false }
        #expect((found, findings["the project sends mail"]?.verdict) == (code, verdict))
    }

    @Test func `a key that may make no sessions is an error`() async throws {
        let (code, findings) = try await findings(scopes: ["users.write"])
        #expect(code == 3)
        #expect(findings["the key may make sessions"]?.verdict == "bad")
        // What depends on it is not asked.
        #expect(findings["the key has the scope users.write"] == nil)
    }

    @Test func `a key that the project does not know is an error`() async throws {
        let (code, findings) = try await findings(key: "standard_foreign")
        #expect(code == 3)
        #expect(findings["the key may make sessions"]?.advice?.contains("APPWRITE_API_KEY") == true)
    }

    @Test func `a project that is not there is named`() async throws {
        let (code, findings) = try await findings(project: "elsewhere")
        #expect(code == 3)
        #expect(findings["Appwrite answers"]?.seen == "there is no project 'elsewhere'")
    }

    @Test func `a provider that is switched off in the project is an error`() async throws {
        let (code, findings) = try await findings(auth: "auth: { oauth: [github, google] }") {
            $0.providers = ["github"]
        }
        #expect(code == 3)
        #expect(findings["sign-in by GitHub"]?.verdict == "good")
        #expect(findings["sign-in by Google"]?.advice?.contains("auth.oauth") == true)
    }

    @Test func `a site whose host is no platform of the project is told to add it`() async throws {
        let (code, findings) = try await findings(
            auth: "auth: { oauth: [github] }",
            url: "https://members.example.org"
        )
        #expect(code == 3)
        let finding = try #require(findings["sign-in by GitHub"])
        #expect(finding.seen.contains("'members.example.org'"))
        #expect(finding.advice?.contains("platform") == true)
    }

    @Test func `an Appwrite that answers with something else is an error`() async throws {
        let (code, findings) = try await findings(faults: [(.html, "GET /health/version")])
        #expect(code == 3)
        #expect(findings["Appwrite answers"]?.verdict == "bad")
        #expect(findings.count == 2)
    }

    @Test func `nobody at the endpoint is an error, in words for people`() async throws {
        let site = try DemoSite(
            configuration:
                "appwrite: { endpoint: http://127.0.0.1:9/v1, project: p, key: '${APPWRITE_API_KEY}' }"
        )
        defer { site.remove() }
        let outcome = try await Command.run(
            ["doctor"],
            environment: ["APPWRITE_API_KEY": "k-1"],
            folder: site.folder
        )
        #expect(outcome.code == 3)
        #expect(outcome.output.contains("error    Appwrite answers: "))
        #expect(outcome.output.contains("check 'appwrite.endpoint'"))
        #expect(outcome.error == "error: 1 thing does not work\n")
    }
}
