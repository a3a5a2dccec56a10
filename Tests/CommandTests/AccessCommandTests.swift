import Foundation
import Testing

struct AccessCommandTests {
    private func site() throws -> DemoSite {
        let site = try DemoSite()
        try site.write(
            "content/members/fees/index.md",
            "---\ntitle: Fees\nvisibility: private\nallow: { labels: [pro], verified: true }\n---\n![s](slip.svg)\n"
        )
        try site.write("content/members/fees/slip.svg", "<svg/>")
        return site
    }

    @Test
    func `a page tells who may see it, and which lines say so`() async throws {
        let site = try site()
        defer { site.remove() }
        let outcome = try await Command.run(["access", "members/fees"], folder: site.folder)
        #expect(outcome.code == 0)
        #expect(
            outcome.output == """
                /members/fees/  content/members/fees/index.md
                private, label pro, verified
                  site.config:5:7                    the rule '/members/**': private
                  content/members/fees/index.md:3:1  the page itself: private, label pro, verified

                guest               is asked to sign in
                member              is refused, lacking a verified address and the label pro
                label:pro,verified  may see it

                /members/fees/slip.svg  private, label pro, verified  for: label:pro,verified

                """
        )
    }

    @Test
    func `visitors are as asked for, and json holds all of it`() async throws {
        let site = try site()
        defer { site.remove() }
        let outcome = try await Command.run(
            ["access", "/members/fees/", "--as", "verified,label:pro,team:x", "--as", "guest", "--json"],
            folder: site.folder
        )
        let answer = try #require(
            JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        )
        let subject = try #require(answer["subject"] as? [String: Any])
        let decisions = try #require(subject["decisions"] as? [[String: Any]])
        #expect(decisions.map { $0["admitted"] as? Bool } == [true, false])
        #expect((answer["assets"] as? [[String: Any]])?.count == 1)
    }

    @Test
    func `what is not there is told with what was meant`() async throws {
        let site = try site()
        defer { site.remove() }
        let outcome = try await Command.run(["access", "/members/fee/"], folder: site.folder)
        #expect(outcome.code == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.error.contains("did you mean '/members/fees/'?"))
    }
}
