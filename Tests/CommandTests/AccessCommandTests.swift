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
                member              is refused, lacking the label pro and a verified address
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
    func `a page with parts for some tells who gets which`() async throws {
        let site = try DemoSite(configuration: "markdown: { dialect: [gfm, markdoc] }")
        defer { site.remove() }
        try site.write(
            "content/fees.md",
            "# Fees\n\n{% members %}\nx\n{% /members %}\n\n{% members labels=\"pro\" %}\ny\n{% /members %}\n"
        )
        let outcome = try await Command.run(["access", "/fees/"], folder: site.folder)
        #expect(
            outcome.output == """
                /fees/  content/fees.md
                public
                  site.config:4:3      no rule speaks of it; the default: public
                  content/fees.md:3:1  a part for some: every member
                  content/fees.md:7:1  a part for some: label pro

                guest      may see it
                member     may see it, with the parts for members
                label:pro  may see it, with the parts for label pro

                """
        )
        let gold = try await Command.run(
            ["access", "/fees/", "--as", "label:gold", "--json"],
            folder: site.folder
        )
        #expect(gold.output.contains("\"parts\" : \"members\""))
        _ = try await Command.run(["build"], folder: site.folder)
        let routes = try await Command.run(["routes"], folder: site.folder)
        #expect(routes.output.contains("public; parts for: members; label pro"))
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
