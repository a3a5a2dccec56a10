import Foundation
import Glibc
import Testing

@Suite(.timeLimit(.minutes(2)))
struct DevCommandTests {
    @Test
    func `a site without Appwrite is served with accounts to try, and follows its files`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        let port = try Loopback.freePort()
        let command = Command(["dev", "--port", "\(port)"], folder: site.folder)
        try command.process.run()
        let banner = try await command.output.upTo("Ctrl-C ends.")
        #expect(banner.contains("http://127.0.0.1:\(port)"))
        #expect(banner.contains("member@example.com"))
        #expect(banner.contains("open-the-gate"))
        #expect(banner.contains("team staff\n") && banner.contains("/outbox "))
        #expect(try await Loopback.get("/", port: port).contains("wombat"))
        #expect(try await Loopback.get("/later/", port: port).contains("numbat"))
        let members = try await Loopback.get("/members/", port: port)
        #expect(members.hasPrefix("HTTP/1.1 303"))
        #expect(!members.contains("quokka"))

        command.output.forget()
        try site.write("content/index.md", "---\ntitel: Home\n---\nA word for everyone: potoroo.\n")
        #expect(
            try await command.error.upTo("1 error").contains(
                "content/index.md:2:1: error: unknown key 'titel'"
            )
        )
        #expect(try await Loopback.get("/", port: port).contains("wombat"))
        // An open page is told, with the line as it stands in the file.
        let events = try await Loopback.get("/_gatehouse/events", port: port, upTo: "\n\n\r\n")
        #expect(events.contains("unknown key 'titel'") && events.contains("\"titel: Home\""))

        try site.write("content/index.md", "---\ntitle: Home\n---\nA word for everyone: bettong.\n")
        _ = try await command.output.upTo("Revised 1 page")
        #expect(try await eventually { try await Loopback.get("/", port: port).contains("bettong") })

        try site.write("site.config", "title: The Test\nurl: http://127.0.0.1:8080\nauth: { cache: 5s }\n")
        #expect(try await command.error.upTo("next start").contains("from the next start of this command"))

        let outcome = try await command.end(by: SIGINT)
        #expect(outcome.code == 0)
        #expect(!outcome.error.contains("CancellationError"))
        // The folder that 'serve' publishes holds no drafts of ours.
        #expect(!FileManager.default.fileExists(atPath: site.folder.appending(path: "dist").path))
    }

    @Test
    func `a site that cannot be built and has no release is served as soon as it can be`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        try site.write("content/index.md", "---\ntitel: Home\n---\n")
        let port = try Loopback.freePort()
        let command = Command(["dev", "--port", "\(port)"], folder: site.folder)
        try command.process.run()
        _ = try await command.error.upTo("unknown key 'titel'")
        _ = try await command.output.upTo("as soon as it can be built")
        try site.write("content/index.md", "---\ntitle: Home\n---\nA word: bettong.\n")
        _ = try await command.output.upTo("http://127.0.0.1:\(port)")
        #expect(try await eventually { try await Loopback.get("/", port: port).contains("bettong") })
        #expect(try await command.end(by: SIGINT).code == 0)
    }

    @Test
    func `a port that is in use is named, and nothing else is said`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        let taken = try Loopback.Listener()
        let free = try Loopback.freePort()
        let page = try await Command.run(["dev", "--port", "\(taken.port)"], folder: site.folder)
        #expect(page.code == 3)
        #expect(
            page.error.hasPrefix("error: port \(taken.port) is in use\n    choose another with --port,")
        )
        let arguments = ["dev", "--port", "\(free)", "--identity-port", "\(taken.port)"]
        let identity = try await Command.run(arguments, folder: site.folder)
        #expect(identity.code == 3)
        #expect(
            identity.error.hasPrefix(
                "error: port \(taken.port) is in use\n    choose another with --identity-port,"
            )
        )
        taken.release()
    }

    /// The server looks for a new release ten times a second; each look here waits for its answer.
    private func eventually(_ isSo: () async throws -> Bool) async throws -> Bool {
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end {
            if try await isSo() { return true }
            await Task.yield()
        }
        return false
    }
}

@Suite(.timeLimit(.minutes(2)))
struct IdentityCommandTests {
    @Test
    func `the identity service says how it is reached and ends well`() async throws {
        let command = Command(["identity"])
        try command.process.run()
        let text = try await command.output.upTo("APPWRITE_API_KEY=standard_")
        let line = try #require(
            text.split(separator: "\n").first { $0.hasPrefix("APPWRITE_ENDPOINT=http://127.0.0.1:") }
        )
        let port = try #require(Int(line.split(separator: ":")[2].prefix { $0.isNumber }))
        #expect(try await Loopback.get("/", port: port).hasPrefix("HTTP/1.1 200"))
        #expect(try await command.end(by: SIGTERM).code == 0)
    }

    @Test(arguments: [
        (nil, 3, "cannot be read"), ("[]", 1, "must be a table"),
        ("{\"users\": [{\"id\": \"a\"}]}", 1, "the key 'email' is missing"),
    ])
    func `a file of users that is none is refused`(text: String?, code: Int32, says: String) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "users-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        if let text { try Data(text.utf8).write(to: file) }
        let outcome = try await Command.run(["identity", "--users", file.path])
        #expect(outcome.code == code)
        #expect(outcome.error.contains(says))
    }
}
