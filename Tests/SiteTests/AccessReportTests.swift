import Foundation
import Gate
import Ground
import Settings
import Testing

@testable import Site

struct AccessReportTests {
    private func report(_ site: FixtureSite, _ name: String) async throws -> AccessReport {
        let settings = try Settings.load(folder: site.source, environment: [:])
        return try await Build(source: site.source, output: site.output, settings: settings).access(to: name)
    }

    private static let visitors: [Standing] = [
        .none, .guest(id: "g"), .moreFactors, .member(Member(id: "m", details: [.teams: []])),
        .member(Member(id: "p", labels: ["pro"], details: [.teams: []])),
        .member(Member(id: "s", isVerified: true, details: [.teams: ["staff"]])),
    ]

    @Test(arguments: ["club", "members"])
    func `what is said of every page and file is what the gate decides`(name: String) async throws {
        let site = FixtureSite(name)
        defer { site.remove() }
        try await site.build()
        let table = try ReleaseHistory.table(of: site.output + "/current")
        let routes = table.routes.filter { $0.source.hasPrefix("content/") }
        for (kind, visibility) in [
            (Route.Kind.page, Visibility.public), (.page, .private), (.asset, .private),
        ] {
            #expect(routes.contains { $0.kind == kind && $0.visibility == visibility }, "\(kind)")
        }
        for route in routes {
            for name in [route.path.text, route.source] {
                let access = try await report(site, name).subject.access
                for visitor in Self.visitors {
                    let said = Decision(
                        visibility: access.visibility,
                        requirements: access.requirements,
                        standing: visitor
                    )
                    #expect(said == route.decision(for: visitor), "\(name)")
                }
            }
        }
    }

    @Test func `what is said of lists and old addresses is what the gate decides`() async throws {
        let site = FixtureSite("gazette")
        defer { site.remove() }
        try await site.build()
        let table = try ReleaseHistory.table(of: site.output + "/current")
        // The other files of an index have names that nobody asks by.
        let made = table.routes.filter {
            !$0.path.text.hasPrefix("/assets/")
                && (!$0.path.text.hasPrefix(SearchPlan.root) || $0.isFingerprinted != true)
        }
        #expect(made.contains { $0.visibility == .private && $0.kind == .redirect })
        #expect(made.contains { $0.visibility == .private && $0.path.text.contains("/for/") })
        for route in made {
            let report = try await report(site, route.path.text)
            #expect(report.subject.path == route.path)
            for visitor in Self.visitors {
                let access = report.subject.access
                let said = Decision(
                    visibility: access.visibility,
                    requirements: access.requirements,
                    standing: visitor
                )
                #expect(said == route.decision(for: visitor), "\(route.path)")
            }
        }
    }

    private func rowing() throws -> FixtureSite {
        try FixtureSite(
            writing: [
                "content/index.md": "[a](members/fees/)",
                "content/members/fees/index.md":
                    "---\ntitle: Fees\nvisibility: private\nallow: { labels: [pro] }\n---\n![](slip.svg)\n",
                "content/members/fees/slip.svg": "<svg/>",
                "content/members/fees/draft.md": "---\ndraft: true\n---\n",
            ],
            config:
                "visibility:\n  rules:\n    - { path: /members/**, visibility: private, allow: { teams: [crew] } }\n"
        )
    }

    @Test func `the lines that say so are named, the configuration first`() async throws {
        let site = try rowing()
        defer { site.remove() }
        let fees = try await report(site, "members/fees")
        #expect(fees.subject.path.text == "/members/fees/")
        #expect(
            fees.reasons.map { "\($0.place): \($0.says)" } == [
                "site.config:6:7: the rule '/members/**': private, team crew",
                "content/members/fees/index.md:3:1: the page itself: private, label pro",
            ]
        )
        #expect(fees.assets.map(\.path.text) == ["/members/fees/slip.svg"])
        #expect(Set(fees.assets[0].access.requirements) == Set(fees.subject.access.requirements))
        let home = try await report(site, "/")
        #expect(home.reasons.map(\.says) == ["no rule speaks of it; the default: public"])
        let slip = try await report(site, "content/members/fees/slip.svg")
        #expect(slip.subject.access == fees.assets[0].access)
        #expect(try await report(site, "/members/fees/draft/").subject.access.visibility == .private)
    }

    @Test(arguments: ["/members/fee/", "content/nothing.md", "a//b", "/login"])
    func `what is no page of content is told`(name: String) async throws {
        let site = try rowing()
        defer { site.remove() }
        let problem = try #require(await #expect(throws: Diagnostics.self) { try await report(site, name) })
        #expect(name != "/members/fee/" || problem.all[0].advice == "did you mean '/members/fees/'?")
    }
}
