import Foundation
import Ground
import Testing

@testable import Gate

/// Pages of several renderings: which of them somebody is sent, and that the table is not to be tricked.
struct RenderingTests {
    private static let pro = Requirement(labels: ["pro"])
    private static let staff = Requirement(teams: ["staff"])

    private static func rendering(_ number: Int, _ requirements: [Requirement]) -> Rendering {
        Rendering(
            requirements: requirements,
            file: ".readers/\(number)/index.html",
            length: number,
            digest: String(repeating: "\(number)\(number)", count: 32)
        )
    }

    private static func route() throws -> Route {
        var route = try GateTableTests.route("/")
        route.renderings = [
            rendering(1, [pro, staff]), rendering(2, [pro]), rendering(3, [staff]), rendering(4, []),
        ]
        return route
    }

    private static func member(_ labels: Set<String> = [], teams: Set<String>? = nil) -> Standing {
        .member(Member(id: "m", labels: labels, details: teams.map { [.teams: $0] } ?? [:]))
    }

    static let visitors: [(Standing, Int)] = [
        (.none, 12), (.guest(id: "g"), 12), (.blocked, 12), (.moreFactors, 12), (.passwordReset, 12),
        (.unanswered(retryAfter: 5), 12), (member(), 4), (member(["gold"]), 4), (member(["pro"]), 2),
        (member(teams: ["staff"]), 3), (member(["pro"], teams: ["staff"]), 1),
        (member(["pro"], teams: []), 2), (member(["pro"], teams: nil), 2),
    ]

    /// The page itself has twelve bytes.
    @Test(arguments: visitors)
    func `the first rendering that admits somebody is theirs, and the page is for everyone else`(
        standing: Standing,
        length: Int
    ) throws {
        let route = try Self.route()
        let sent = route.reading(for: standing)
        #expect(sent.length == length)
        #expect(sent.visibility == (length == 12 ? .public : .private))
        #expect(route.isForSome)
        if case .member(let member) = standing {
            // Whoever is known to have the teams or not to have them is not asked about.
            #expect((route.unknown(of: member) == .teams) == (member.names(of: .teams) == nil))
        }
    }

    @Test func `a table with renderings comes back, in a format that older servers refuse`() throws {
        var route = try Self.route()
        route.renderings?[0].twins = [
            Twin(coding: .br, file: ".readers/1/index.html.br", length: 1, digest: route.digest)
        ]
        let table = try GateTable([route, GateTableTests.route("/a/", .private)])
        let json = table.json()
        #expect(String(decoding: json, as: UTF8.self).hasPrefix("{\"format\":3,"))
        #expect(try GateTable(json: json).routes == table.routes)
        #expect(
            json.withUnsafeBytes { GateTableReader.routes($0.assumingMemoryBound(to: UInt8.self)) }
                == table.routes
        )
        // Foundation reads the same.
        let spaced = Data(
            String(decoding: json, as: UTF8.self).replacing("{\"format\":3", with: "{ \"format\":3").utf8
        )
        #expect(try GateTable(json: spaced).routes == table.routes)
        #expect(table.readings.map(\.visibility.rawValue).sorted().first == "private")
        #expect(table.readings.count == 6)
    }

    static let flaws: [@Sendable (inout Route) -> Void] = [
        { $0.renderings = [] },
        { $0.renderings = [rendering(1, [pro]), rendering(2, [pro])] },
        { $0.renderings = [rendering(1, [pro, staff]), rendering(2, [staff, pro])] },
        { $0.renderings = [Rendering(requirements: [], file: "../x", length: 1, digest: $0.digest)] },
        { $0.renderings = [Rendering(requirements: [], file: "x", length: -1, digest: $0.digest)] },
        { $0.renderings = [Rendering(requirements: [], file: "x", length: 1, digest: "")] },
        {
            $0.renderings = [rendering(1, [])]
            $0.renderings?[0].twins = [Twin(coding: .br, file: "a//b", length: 1, digest: $0.digest)]
        },
    ]

    @Test(arguments: flaws.indices)
    func `a table with a rendering that no build would write is not read at all`(number: Int) throws {
        var route = try GateTableTests.route("/")
        Self.flaws[number](&route)
        let json = try GateTable([route]).json()
        #expect(throws: GateTableError.self) { try GateTable(json: json) }
    }

    @Test func `a rendering asks for no less than its page, and an asset has none`() throws {
        var page = try GateTableTests.route("/", .private, [Self.pro])
        for requirements in [[], [Self.staff], [Self.pro]] {
            page.renderings = [Self.rendering(1, requirements)]
            let json = try GateTable([page]).json()
            #expect(throws: GateTableError.self) { try GateTable(json: json) }
        }
        page.renderings = [Self.rendering(1, [Self.pro, Self.staff])]
        let json = try GateTable([page]).json()
        #expect(try GateTable(json: json).routes == [page])
        var asset = try GateTableTests.route("/a.png", kind: .asset)
        asset.renderings = page.renderings
        let other = try GateTable([asset]).json()
        #expect(throws: GateTableError.self) { try GateTable(json: other) }
    }

    private static func table(_ digest: Character, _ renderings: [[Requirement]]) throws -> GateTable {
        let page = try GateTableTests.route("/")
        var route = Route(
            path: .root,
            kind: .page,
            access: page.access,
            file: page.file,
            mediaType: page.mediaType,
            length: 1,
            digest: String(repeating: digest, count: 64),
            source: page.source
        )
        if !renderings.isEmpty {
            route.renderings = renderings.enumerated().map { rendering($0 + 1, $1) }
        }
        return try GateTable([route])
    }

    static let changes:
        [(before: [[Requirement]], after: [[Requirement]], digest: Character, opened: [String])] = [
            ([[pro]], [[pro]], "1", []), ([[pro]], [[]], "1", ["label pro"]),
            ([[pro]], [], "1", ["label pro"]),
            ([[pro]], [], "0", []), ([[]], [[pro]], "1", []), ([], [[pro]], "1", []),
            ([[pro, staff], [pro], [staff]], [[pro], []], "1", ["team staff"]),
            ([[pro]], [[pro, staff], [pro], [staff]], "1", []),
        ]

    @Test(arguments: changes)
    func `a part that is for fewer no more is told as more open`(
        before: [[Requirement]],
        after: [[Requirement]],
        digest: Character,
        opened: [String]
    ) throws {
        let difference = TableDifference(from: try Self.table("0", before), to: try Self.table(digest, after))
        #expect(
            difference.exposures.map { $0.before.requirements.map(\.text).joined(separator: ", ") } == opened
        )
        #expect(difference.changed.count == (before == after && digest == "0" ? 0 : 1))
    }
}
