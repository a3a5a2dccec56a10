import Foundation
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct HooksCommandTests {
    private static let hooks = """
        hooks:
          - { name: crm, url: 'http://127.0.0.1:9/?token=hushquery', events: [sign_in], secret: '${HOOK_SECRET}' }
          - { name: policy, url: 'http://127.0.0.1:9/', events: [authorize], secret: '${HOOK_SECRET}' }
        """
    private let secret = ["HOOK_SECRET": "hushhush"]

    @Test func `a hook that nobody answers at is named, and so is what that means for visitors`() async throws
    {
        let site = try DemoSite(configuration: Self.hooks)
        defer { site.remove() }
        let outcome = try await Command.run(["hooks", "test"], environment: secret, folder: site.folder)
        #expect(outcome.code == 3)
        #expect(outcome.output.contains("error  crm: unreachable"))
        #expect(outcome.output.contains("so visitors would be refused"))
        #expect(outcome.error == "error: 2 hooks do not answer as it should\n")
        #expect(!(outcome.output + outcome.error).contains("hushhush"))
    }

    @Test func `a name that is misspelt is answered with the one that was meant`() async throws {
        let site = try DemoSite(configuration: Self.hooks)
        defer { site.remove() }
        let outcome = try await Command.run(
            ["hooks", "test", "cmr"],
            environment: secret,
            folder: site.folder
        )
        #expect(outcome.code == 2)
        #expect(outcome.error.contains("did you mean 'crm'?"))
    }

    @Test func `a secret that is not set is named with its place`() async throws {
        let site = try DemoSite(configuration: Self.hooks)
        defer { site.remove() }
        let outcome = try await Command.run(["hooks", "test"], folder: site.folder)
        #expect(outcome.code == 3)
        #expect(outcome.error.contains("site.config:7:"))
        #expect(outcome.error.contains("HOOK_SECRET is not set"))
    }

    @Test func `dead letters are counted, and wait again when they are retried`() async throws {
        let site = try DemoSite(configuration: Self.hooks)
        defer { site.remove() }
        let event = #"{"id":"e1","time":"2026-11-30T10:15:00Z","type":"sign_in","user":"u1"}"#
        try site.write(
            "state/hooks/crm.dead.jsonl",
            #"{"attempts":12,"event":\#(event),"reason":"status 500"}"# + "\n"
        )
        func list() async throws -> String {
            try await Command.run(["hooks", "list"], folder: site.folder).output
        }
        let listed = try await list()
        #expect(listed.contains("0 waiting  1 dead letter") && !listed.contains("hushquery"))
        let retry = try await Command.run(["hooks", "retry", "crm"], folder: site.folder)
        #expect(retry.output == "1 event waits for 'crm' again\n")
        #expect(try await list().contains("1 waiting  0 dead letters"))
    }

    @Test(.timeLimit(.minutes(1)))
    func `what a killed server could not deliver is delivered by the next`() async throws {
        // The identity service stands in for Appwrite.
        let identity = Command(["identity"])
        try identity.process.run()
        defer { identity.process.terminate() }
        let printed = try await identity.output.upTo("APPWRITE_API_KEY=")
        let pairs = printed.split(separator: "\n").compactMap { line -> (String, String)? in
            let parts = line.split(separator: "=", maxSplits: 1)
            return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
        }
        let variables = Dictionary(pairs) { first, _ in first }
        let isOpen = Mutex(false)
        let receiver = try WebServer { _, _ in isOpen.withLock { $0 } ? "204 No Content" : "500 Not Yet" }
        let site = try DemoSite(
            configuration: """
                appwrite: { endpoint: '${APPWRITE_ENDPOINT}', project: '${APPWRITE_PROJECT}', key: '${APPWRITE_API_KEY}' }
                hooks: [{ name: crm, url: 'http://127.0.0.1:\(receiver.port)/', events: [refused], secret: '${HOOK_SECRET}' }]
                """
        )
        defer { site.remove() }
        _ = try await Command.run(["build"], environment: variables, folder: site.folder)
        let environment = variables.merging(secret) { first, _ in first }
        let port = try Loopback.freePort()
        let first = Command(["serve", "--port", "\(port)"], environment: environment, folder: site.folder)
        try first.process.run()
        _ = try await first.error.upTo("serving")
        let answer = try await Loopback.post(
            "/login",
            json: #"{"email":"member@example.com","password":"wrong wrong"}"#,
            port: port
        )
        #expect(answer.hasPrefix("HTTP/1.1 401"))
        while receiver.asked.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        _ = try await first.end(by: SIGKILL)
        let spool = site.path + "/state/hooks/crm"
        let left = try FileManager.default.contentsOfDirectory(atPath: spool)
        #expect(left.count == 1)

        isOpen.withLock { $0 = true }
        let second = Command(["serve", "--port", "\(port)"], environment: environment, folder: site.folder)
        try second.process.run()
        while receiver.asked.count < 2 { try await Task.sleep(for: .milliseconds(5)) }
        _ = try await second.end(by: SIGTERM)
        let rest = try FileManager.default.contentsOfDirectory(atPath: spool)
        #expect(rest.isEmpty)
    }
}
