import Foundation
import Glibc
import Testing

struct ServeCommandTests {
    private static let appwrite =
        "appwrite: { endpoint: http://127.0.0.1:9/v1, project: p, key: '${APPWRITE_API_KEY}' }"
    private let key = ["APPWRITE_API_KEY": "k-1"]

    @Test
    func `without an Appwrite there is nothing to serve with`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        let outcome = try await Command.run(["serve"], folder: site.folder)
        #expect(outcome.code == 3)
        #expect(outcome.error.contains("gatehouse dev"))
    }

    @Test
    func `a key that is not there is named with its place`() async throws {
        let site = try DemoSite(configuration: Self.appwrite)
        defer { site.remove() }
        let outcome = try await Command.run(["serve"], folder: site.folder)
        #expect(outcome.code == 3)
        #expect(
            outcome.error.hasPrefix(
                "site.config:6:63: error: the environment variable APPWRITE_API_KEY is not set"
            )
        )
        let file = try await Command.run(
            ["serve"],
            environment: ["APPWRITE_API_KEY_FILE": "/nowhere"],
            folder: site.folder
        )
        #expect(file.code == 3)
        #expect(file.error.contains("'/nowhere'"))
    }

    @Test
    func `without a release there is nothing to serve`() async throws {
        let site = try DemoSite(configuration: Self.appwrite)
        defer { site.remove() }
        let outcome = try await Command.run(["serve"], environment: key, folder: site.folder)
        #expect(outcome.code == 3)
        #expect(outcome.error.contains("run 'gatehouse build' first"))
    }

    @Test
    func `a port that is in use is named, with what to do`() async throws {
        let site = try DemoSite(configuration: Self.appwrite)
        defer { site.remove() }
        _ = try await Command.run(["build"], folder: site.folder)
        let taken = try Loopback.Listener()
        let serve = try await Command.run(
            ["serve", "--port", "\(taken.port)"],
            environment: key,
            folder: site.folder
        )
        #expect(serve.code == 3)
        #expect(
            serve.error.contains("error: port \(taken.port) is in use\n    choose another with --port")
        )
        let identity = try await Command.run(["identity", "--port", "\(taken.port)"])
        #expect(identity.code == 3)
        #expect(identity.error == serve.error)
        taken.release()
    }

    @Test(arguments: ["203.0.113.1", "nowhere.invalid"])
    func `a host that is not this machine's is named`(host: String) async throws {
        let site = try DemoSite(configuration: Self.appwrite)
        defer { site.remove() }
        _ = try await Command.run(["build"], folder: site.folder)
        let arguments = ["serve", "--host", host, "--port", "\(try Loopback.freePort())"]
        let outcome = try await Command.run(arguments, environment: key, folder: site.folder)
        #expect(outcome.code == 3)
        #expect(outcome.error.contains("'\(host)'"))
    }

    @Test(.timeLimit(.minutes(1)))
    func `public pages are served though Appwrite is away, and SIGTERM ends it well`() async throws {
        let site = try DemoSite(configuration: Self.appwrite)
        defer { site.remove() }
        _ = try await Command.run(["build"], folder: site.folder)
        let port = try Loopback.freePort()
        let command = Command(["serve", "--port", "\(port)"], environment: key, folder: site.folder)
        try command.process.run()
        #expect(try await command.error.upTo("serving").contains("http://127.0.0.1:\(port)"))
        let front = try await Loopback.get("/", port: port)
        #expect(front.hasPrefix("HTTP/1.1 200"))
        #expect(front.contains("wombat"))
        let members = try await Loopback.get("/members/", port: port)
        #expect(members.hasPrefix("HTTP/1.1 303"))
        #expect(!members.contains("quokka"))
        let outcome = try await command.end(by: SIGTERM)
        #expect(outcome.code == 0)
        #expect(!(outcome.output + outcome.error).contains("k-1"))
    }
}
