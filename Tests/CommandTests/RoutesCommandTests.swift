import Foundation
import Testing

struct RoutesCommandTests {
    @Test
    func `every route is listed with its rule and its source`() async throws {
        let site = try DemoSite(configuration: "auth: { oauth: [github] }")
        defer { site.remove() }
        _ = try await Command.run(["build"], folder: site.folder)
        let table = try await Command.run(["routes"], folder: site.folder)
        let lines = table.output.split(separator: "\n").map {
            $0.split(separator: " ").joined(separator: " ")
        }
        #expect(table.code == 0)
        #expect(lines.contains("GET / public content/index.md"))
        #expect(lines.contains("GET /members/ private content/members/index.md"))
        #expect(lines.contains("GET /oauth/github sign-in site.config: auth"))
        let json = try await Command.run(["routes", "--json"], folder: site.folder)
        let routes = try #require(
            JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: String]]
        )
        #expect(routes.count == lines.count)
        #expect(
            routes.contains {
                $0["path"] == "/members/" && $0["access"] == "private" && $0["method"] == "GET"
            }
        )
    }

    @Test
    func `without a release there are no routes`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        let outcome = try await Command.run(["routes"], folder: site.folder)
        #expect(outcome.code == 3)
        #expect(outcome.output.isEmpty)
        #expect(outcome.error.contains("gatehouse build"))
    }

    @Test
    func `a gate table that is not understood lists nothing`() async throws {
        let site = try DemoSite()
        defer { site.remove() }
        _ = try await Command.run(["build"], folder: site.folder)
        try Data("{}".utf8).write(to: site.current.appending(path: "gate.json"))
        let outcome = try await Command.run(["routes"], folder: site.folder)
        #expect(outcome.code == 3)
        #expect(outcome.output.isEmpty)
        #expect(outcome.error.contains("build the site again"))
    }
}
