import Ground
import Testing

@testable import Gate

struct TableDifferenceTests {
    private static func route(
        _ path: String,
        _ requirements: [Requirement]? = nil,
        digest: Character = "0",
        source: String? = nil,
        kind: Route.Kind = .page
    ) throws -> Route {
        Route(
            path: try #require(PagePath(path)),
            kind: kind,
            access: Access(
                visibility: requirements == nil ? .public : .private,
                requirements: requirements ?? [],
                place: Place(file: "")
            ),
            file: String(path.dropFirst()) + "index.html",
            mediaType: "text/html",
            length: 1,
            digest: String(repeating: digest, count: 64),
            source: source ?? "content\(path)"
        )
    }

    @Test func `pages that came, went and changed are told apart`() throws {
        let difference = TableDifference(
            from: try GateTable([Self.route("/a/"), Self.route("/b/"), Self.route("/c/", digest: "1")]),
            to: try GateTable([
                Self.route("/a/"), Self.route("/c/", digest: "2"), Self.route("/d/", digest: "3"),
                Self.route("/e.png", digest: "4", kind: .asset),
            ])
        )
        #expect(difference.added.map(\.path.text) == ["/d/"])
        #expect(difference.removed.map(\.path.text) == ["/b/"])
        #expect(difference.changed.map(\.path.text) == ["/c/"])
        #expect(difference.exposures.isEmpty)
    }

    private static let pro = Requirement(labels: ["pro"])
    private static let proOrGold = Requirement(labels: ["pro", "gold"])
    private static let staff = Requirement(teams: ["staff"])
    private static let verified = Requirement.verified
    private static let all = [pro, staff, verified]
    private static let chair = Requirement(oneOf: [.role("chair", team: "staff")])
    private static let proOrStaff = Requirement(oneOf: [.label("pro"), .team("staff")])

    static let openings: [([Requirement]?, [Requirement]?, Bool)] = [
        ([], nil, true), ([pro], nil, true), (nil, nil, false), (nil, [], false), ([], [], false),
        ([pro], [], true), ([], [pro], false), ([pro], [proOrGold], true), ([proOrGold], [pro], false),
        ([pro], [staff], true), ([pro, staff], [staff], true), ([staff], [pro, staff], false),
        ([chair], [staff], true), ([staff], [chair], false), ([pro], [proOrStaff], true),
        ([proOrStaff], [staff], false),
        (all, [pro, staff], true), ([verified], [pro], true), ([pro], [pro, verified], false),
    ]

    @Test(arguments: openings)
    func `more open is what somebody may see who could not`(
        before: [Requirement]?,
        after: [Requirement]?,
        isOpening: Bool
    ) throws {
        for kind in [Route.Kind.page, .asset] {
            let difference = TableDifference(
                from: try GateTable([Self.route("/a/", before, kind: kind)]),
                to: try GateTable([Self.route("/a/", after, kind: kind)])
            )
            #expect(difference.exposures.isEmpty == !isOpening)
        }
    }

    @Test func `what moved is known by its source, and what was copied by its bytes`() throws {
        let before = try GateTable([
            Self.route("/members/a/", [], digest: "1", source: "content/a.md"),
            Self.route("/members/b.png", [], digest: "2", kind: .asset),
            Self.route("/members/c.png", [], digest: "3", kind: .asset), Self.route("/c.png", digest: "3"),
        ])
        let after = try GateTable([
            Self.route("/a/", digest: "9", source: "content/a.md"),
            Self.route("/b.png", digest: "2", kind: .asset),
            Self.route("/d.png", digest: "3", kind: .asset), Self.route("/new/", digest: "8"),
        ])
        let exposures = TableDifference(from: before, to: after).exposures
        #expect(exposures.map(\.after.path.text) == ["/a/", "/b.png"])
        #expect(exposures.map(\.before.path.text) == ["/members/a/", "/members/b.png"])
    }
}
