import Foundation
import Gate
import Ground
import Testing

struct GateTableTests {
    static func route(
        _ path: String,
        _ visibility: Visibility = .public,
        _ requirements: [Requirement] = [],
        kind: Route.Kind = .page
    ) throws
        -> Route
    {
        Route(
            path: try #require(PagePath(path)),
            kind: kind,
            access: Access(
                visibility: visibility,
                requirements: requirements,
                place: Place(file: "site.config")
            ),
            file: path.dropFirst() + (path.hasSuffix("/") ? "index.html" : ""),
            mediaType: kind == .page ? "text/html; charset=utf-8" : "image/png",
            length: 12,
            digest: String(repeating: "0a", count: 32),
            source: "content\(path).md"
        )
    }

    static func table() throws -> GateTable {
        try GateTable([
            route(
                "/members/fees/",
                .private,
                [Requirement(labels: ["pro"]), Requirement(teams: ["staff"]), .verified]
            ),
            route("/"), route("/members/", .private), route("/größe/"), route("/logo.png", kind: .asset),
        ])
    }

    @Test
    func `a route is found by exactly its path`() throws {
        let table = try Self.table()
        #expect(
            table.routes.map(\.path.text) == ["/", "/größe/", "/logo.png", "/members/", "/members/fees/"]
        )
        for route in table.routes { #expect(table[route.path] == route) }
        for path in [
            "/members", "/Members/", "/members/fees", "/members/fees/index.html", "/logo.png/", "/logo", "/x",
        ] {
            #expect(table[try #require(PagePath(path))] == nil)
        }
    }

    @Test
    func `two routes of one path make no table`() throws {
        let routes = [try Self.route("/a/"), try Self.route("/a/", .private)]
        #expect(throws: GateTableError.duplicate(routes[0].path)) { try GateTable(routes) }
        let alike = [try Self.route("/caf\u{e9}/"), try Self.route("/cafe\u{301}/", .private)]
        #expect(throws: GateTableError.self) { try GateTable(alike) }
    }

    @Test
    func `a table comes back from its file, and its bytes do not depend on the order`() throws {
        let table = try Self.table()
        let json = table.json()
        #expect(try GateTable(json: json).routes == table.routes)
        #expect(try GateTable(table.routes.reversed()).json() == json)
    }

    /// Each replaces a text of a good file, once.
    static let tampered: [(text: String, by: String)] = [
        ("\"format\":1", "\"format\":2"), ("\"format\":1", "\"format\":0"),
        ("\"format\":1", "\"format\":\"1\""), ("\"format\":1,", ""),
        ("\"private\"", "\"Private\""), ("\"private\"", "\"\""), ("\"private\"", "null"),
        ("\"visibility\":\"private\"", "\"v\":1"),
        ("fees/.md\",\"visibility\":\"private\"", "fees/.md\",\"visibility\":\"public\""),
        ("\"requirements\":[{", "\"requirements\":null,\"r\":[{"),
        ("\"labels\":[\"pro\"]", "\"labels\":\"pro\""), ("\"labels\":[\"pro\"],", ""),
        ("\"verified\":true", "\"verified\":1"), (",\"verified\":true", ""),
        ("\"teams\":[\"staff\"]", "\"teams\":[null]"),
        ("\"file\":\"members/fees/index.html\"", "\"file\":\"../private/index.html\""),
        ("\"file\":\"members/fees/index.html\"", "\"file\":\"/etc/passwd\""),
        ("\"file\":\"members/fees/index.html\"", "\"file\":\"\""),
        ("\"file\":\"members/fees/index.html\"", "\"file\":\"a//b\""),
        ("\"file\":\"members/fees/index.html\"", "\"file\":\"a/./b\""),
        ("\"file\":\"members/fees/index.html\"", "\"file\":\"a/..\""),
        ("\"file\":\"members/fees/index.html\"", "\"file\":\"a\\u0000b\""),
        ("\"path\":\"/members/fees/\"", "\"path\":\"/members/../fees/\""),
        ("\"path\":\"/members/fees/\"", "\"path\":\"/members/\""),
        ("\"path\":\"/members/fees/\"", "\"path\":\"members/fees/\""),
        ("\"path\":\"/members/fees/\"", "\"path\":\"/members%2ffees/\""),
        ("\"kind\":\"page\"", "\"kind\":\"Page\""), ("\"length\":12", "\"length\":-1"),
        ("\"length\":12", "\"length\":1.5"),
        ("\"digest\":\"0a", "\"digest\":\"0A"), ("\"digest\":\"0a0a", "\"digest\":\"0a0"),
        ("\"digest\":\"0a0a", "\"digest\":\"\\r\\na0"),
        ("\"mediaType\":\"image/png\"", "\"mediaType\":\"image/png\\r\\nX-Evil: 1\""),
        ("\"mediaType\":\"image/png\"", "\"mediaType\":\"\""),
        ("\"mediaType\":\"image/png\"", "\"mediaType\":\"größe/x\""), ("{", "["), ("}", ""),
    ]

    @Test(arguments: tampered)
    func `a table that was tampered with is not read at all`(text: String, by replacement: String) throws {
        let json = try #require(String(data: Self.table().json(), encoding: .utf8))
        let place = try #require(json.range(of: text), "the case replaces nothing")
        let changed = json.replacingCharacters(in: place, with: replacement)
        #expect(throws: GateTableError.self) { try GateTable(json: Data(changed.utf8)) }
    }

    /// A page that expires, and a redirect to it that asks for the same.
    static func tableOfFormatTwo() throws -> GateTable {
        let page = try route("/new/", .private, [Requirement(labels: ["pro"])])
        let access = Access(
            visibility: .private,
            requirements: page.requirements,
            place: Place(file: "content/new.md")
        )
        let old = try #require(PagePath("/old/"))
        return try GateTable([
            page,
            Route(path: old, access: access, target: page.path, source: "content/new.md:3:11", expires: 7),
        ])
    }

    @Test func `redirects and what expires come back, in a format that older servers refuse`() throws {
        let table = try Self.tableOfFormatTwo()
        let json = table.json()
        #expect(try GateTable(json: json).routes == table.routes)
        #expect(String(decoding: json, as: UTF8.self).hasPrefix("{\"format\":2,"))
        #expect(table.routes.map { $0.hasExpired(at: 6) } == [false, false])
        #expect(table.routes.map { $0.hasExpired(at: 7) } == [false, true])
    }

    @Test(arguments: [
        ("\"format\":2", "\"format\":1"), ("\"target\":\"/new/\"", "\"t\":1"),
        ("\"target\":\"/new/\"", "\"target\":\"/old/\""),
        ("\"target\":\"/new/\"", "\"target\":\"/nowhere/\""),
        ("\"target\":\"/new/\"", "\"target\":\"//evil.example/\""),
        ("\"target\":\"/new/\",\"visibility\":\"private\"", "\"target\":\"/new/\",\"visibility\":\"public\""),
        ("\"kind\":\"redirect\"", "\"kind\":\"page\""), ("\"kind\":\"page\"", "\"kind\":\"redirect\""),
        ("\"file\":\"\"", "\"file\":\"x\""), ("\"expires\":7", "\"expires\":\"7\""),
    ])
    func `a redirect that was tampered with is not read at all`(text: String, by replacement: String) throws {
        let json = try #require(String(data: Self.tableOfFormatTwo().json(), encoding: .utf8))
        let place = try #require(json.range(of: text), "the case replaces nothing")
        let changed = json.replacingCharacters(in: place, with: replacement)
        #expect(throws: GateTableError.self) { try GateTable(json: Data(changed.utf8)) }
    }

    @Test func `a redirect is at least as strict as where it leads`() throws {
        let page = try Self.route("/new/", .private, [Requirement(labels: ["pro"])])
        let old = try #require(PagePath("/old/"))
        for visibility in Visibility.allCases {
            let access = Access(visibility: visibility, requirements: [], place: Place(file: "a"))
            let lax = Route(path: old, access: access, target: page.path, source: "a")
            #expect(throws: GateTableError.redirect(old)) { try GateTable([page, lax]) }
        }
    }

    @Test(arguments: [
        "", "null", "[]", "{}", "{\"format\":1}", "{\"format\":1,\"routes\":{}}",
        String(repeating: "[", count: 100_000),
    ])
    func `what is no table is unreadable`(text: String) {
        #expect(throws: GateTableError.self) { try GateTable(json: Data(text.utf8)) }
    }

    @Test(arguments: [1, 10, 100])
    func `a cut file is unreadable`(cut: Int) throws {
        #expect(throws: GateTableError.self) { try GateTable(json: try Self.table().json().dropLast(cut)) }
    }
}
