import Foundation
import Ground
import Testing

@testable import Gate

/// `gate.json` is written and read by hand; these tests hold that to Foundation's JSON.
struct GateTableFileTests {
    private struct File: Encodable {
        let format: Int
        let routes: [Route]
    }

    private static func encoded(_ routes: [Route]) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(File(format: GateTable.format(of: routes), routes: routes))
    }

    private static func routes(_ json: Data) -> [Route]? {
        json.withUnsafeBytes { GateTableReader.routes($0.assumingMemoryBound(to: UInt8.self)) }
    }

    private static let twin = Twin(
        coding: .br,
        file: "rich.css.br",
        length: 9,
        digest: String(repeating: "0a", count: 32)
    )

    /// A route with all that most routes lack.
    private static func rich() throws -> Route {
        var route = try GateTableTests.route("/rich.css", kind: .asset)
        route.twins = [twin, Twin(coding: .gzip, file: "rich.css.gz", length: 10, digest: twin.digest)]
        route.isFingerprinted = true
        return route
    }

    /// A page of several renderings.
    private static func several() throws -> Route {
        var route = try GateTableTests.route("/several/")
        var first = Rendering(
            requirements: requirements(),
            file: ".readers/1/\"x\"",
            length: 7,
            digest: twin.digest
        )
        first.twins = [twin]
        route.renderings = [first, Rendering(requirements: [], file: "y", length: 0, digest: twin.digest)]
        return route
    }

    private static func requirements() -> [Requirement] {
        [
            Requirement(labels: ["pro", "\"quoted\""]), Requirement(teams: ["b", "a", "größe"]), .verified,
            .secondFactor,
            Requirement(oneOf: [
                .role("chair", team: "board"), .email(domain: "example.org"), .label("pro"), .team("a"),
                .verified,
            ]),
            Requirement(oneOf: []),
        ]
    }

    @Test func `a table is written as Foundation writes it`() throws {
        let routes = [
            try GateTableTests.route("/"), try GateTableTests.route("/a/", .private, Self.requirements()),
            try GateTableTests.route("/größe 🌳/\"x\"/", kind: .asset),
            try GateTableTests.route("/x.png", kind: .asset), try Self.rich(), try Self.several(),
        ]
        #expect(try GateTable(routes).json() == Self.encoded(routes.sorted { $0.path < $1.path }))
        #expect(try GateTable([]).json() == Self.encoded([]))
    }

    @Test(
        arguments: Array(0...0x20) + [0x22, 0x2f, 0x5c, 0x7f, 0x80, 0xa0, 0x2028, 0x2029, 0xfeff, 0x1f333]
            as [UInt32]
    )
    func `a character in a text is written as Foundation writes it`(code: UInt32) throws {
        let character = Character(try #require(Unicode.Scalar(code)))
        let route = Route(
            path: .root,
            kind: .asset,
            access: Access(visibility: .public, requirements: [], place: Place(file: "f")),
            file: "a\(character)b",
            mediaType: "text/plain",
            length: 0,
            digest: "",
            source: "\(character)"
        )
        #expect(try GateTable([route]).json() == Self.encoded([route]))
    }

    @Test func `a table is read without Foundation, to the same routes`() throws {
        let table = try GateTable([
            GateTableTests.route("/"), GateTableTests.route("/größe/", .private),
            GateTableTests.route(
                "/b/",
                .private,
                [Requirement(labels: ["pro", "größe"]), Requirement(teams: ["a", "b"])]
            ),
            GateTableTests.route("/c/", .private, [Requirement.verified, Requirement(teams: ["a"])]),
            GateTableTests.route(
                "/d/",
                .private,
                [.secondFactor, Requirement(oneOf: [.label("pro"), .role("chair", team: "board")])]
            ),
            GateTableTests.route("/x.png", kind: .asset), Self.rich(),
        ])
        #expect(Self.routes(table.json()) == table.routes)
        #expect(Self.routes(try GateTable([]).json()) == [])
    }

    @Test func `a table with an escaped text is read by Foundation`() throws {
        let table = try GateTable([GateTableTests.route("/\"a\"/")])
        #expect(Self.routes(table.json()) == nil)
        #expect(try GateTable(json: table.json()).routes == table.routes)
    }

    @Test func `names that are not in order are read by Foundation, and then are`() throws {
        let requirement = Requirement(labels: ["a", "b"])
        let table = try GateTable([GateTableTests.route("/a/", .private, [requirement])])
        let json = String(decoding: table.json(), as: UTF8.self)
        let changed = Data(json.replacing("[\"a\",\"b\"]", with: "[\"b\",\"a\"]").utf8)
        #expect(Self.routes(changed) == nil)
        #expect(try GateTable(json: changed).routes[0].requirements == [requirement])
    }

    @Test(arguments: GateTableTests.tampered)
    func `a table that was tampered with is not read by hand, or not at all`(
        text: String,
        by replacement: String
    ) throws {
        let json = String(decoding: try GateTableTests.table().json(), as: UTF8.self)
        #expect(json.contains(text) && Self.routes(Data(json.utf8)) != nil)
        let changed = Data(json.replacing(text, with: replacement, maxReplacements: 1).utf8)
        guard let routes = Self.routes(changed) else { return }
        // What stands there as texts is checked for both ways of reading.
        #expect(
            try JSONDecoder().decode([String: JSONRoutes].self, from: changed)["routes"]?.routes == routes
        )
    }

    @Test func `every property of a route is written and read`() throws {
        let route = try GateTableTests.route("/a/", .private, Self.requirements())
        // The writer and the reader name each of them.
        #expect(Mirror(reflecting: route).children.count == 14)
        let rendering = try #require(try Self.several().renderings?.first)
        #expect(Mirror(reflecting: rendering).children.count == 5)
        #expect(Mirror(reflecting: Self.twin).children.count == 4)
        #expect(Mirror(reflecting: Requirement.verified).children.count == 1)
    }

    /// What a program of format 3 knew of a requirement, and how it told the format of a table.
    private struct OldTable: Decodable {
        struct Route: Decodable {
            struct Requirement: Decodable {
                let labels: [String]
                let teams: [String]
                let verified: Bool
            }
            let requirements: [Requirement]
        }
        let format: Int
        let routes: [Route]
    }

    @Test func `what older programs cannot judge is of a format that they read and refuse`() throws {
        let asked = [Requirement.verified, Requirement(labels: ["pro"])]
        let plain = try GateTable([GateTableTests.route("/a/", .private, asked)]).json()
        #expect(try JSONDecoder().decode(OldTable.self, from: plain).format == 1)
        for more in [
            Requirement.secondFactor, Requirement(oneOf: [.label("pro"), .verified]),
            Requirement(oneOf: [.role("chair", team: "board")]),
            Requirement(oneOf: [.email(domain: "a.example")]),
        ] {
            let table = try GateTable([GateTableTests.route("/a/", .private, asked + [more])])
            // They computed 1 from the routes, found another number, and said so.
            #expect(try JSONDecoder().decode(OldTable.self, from: table.json()).format == 4)
            #expect(try GateTable(json: table.json()).routes == table.routes)
        }
    }

    @Test(arguments: [
        ("\"format\":4", "\"format\":3"), ("\"format\":4", "\"format\":5"), ("\"mfa\"", "\"mfb\""),
        ("\"mfa\"", "1"), ("[\"mfa\"]", "[]"), ("[\"mfa\"]", "null"), ("[\"mfa\"]", "[\"label:\"]"),
        ("[\"mfa\"]", "[\"email:example.org\"]"), ("[\"mfa\"]", "[\"team:a/b/c\"]"),
        ("\"verified\":false", "\"verified\":true"), ("\"labels\":[]", "\"labels\":[\"pro\"]"),
    ])
    func `a requirement that is not understood makes the table unreadable`(
        text: String,
        by replacement: String
    ) throws {
        let table = try GateTable([GateTableTests.route("/a/", .private, [.secondFactor])])
        let json = String(decoding: table.json(), as: UTF8.self)
        #expect(json.contains(text))
        let changed = Data(json.replacing(text, with: replacement, maxReplacements: 1).utf8)
        #expect(throws: GateTableError.self) { try GateTable(json: changed) }
    }

    @Test func `what a later program wrote is refused for its format, whatever else it holds`() {
        let json = Data("{\"format\":5,\"routes\":[{\"new\":true}]}".utf8)
        #expect(throws: GateTableError.format(5)) { try GateTable(json: json) }
    }

    @Test func `what an older program wrote of several kinds at once is not taken for one of them`() throws {
        let json = String(
            decoding: try GateTable([
                GateTableTests.route("/a/", .private, [Requirement(labels: ["pro"])])
            ]).json(),
            as: UTF8.self
        )
        for old in [
            json.replacing("\"teams\":[]", with: "\"teams\":[\"board\"]"),
            json.replacing("\"verified\":false", with: "\"verified\":true"),
            json.replacing("\"labels\":[\"pro\"]", with: "\"labels\":[]"),
        ] {
            #expect(old != json)
            #expect(throws: GateTableError.self) { try GateTable(json: Data(old.utf8)) }
        }
    }
}

/// The value of `routes`, or of any other key.
private struct JSONRoutes: Decodable {
    let routes: [Route]?

    init(from decoder: any Decoder) throws { routes = try? [Route](from: decoder) }
}
