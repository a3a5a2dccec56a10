import Foundation
import Gate
import Ground
import Testing

/// Compressed twins in the gate table.
struct TwinTests {
    private static func table() throws -> GateTable {
        var route = try GateTableTests.route("/a/", .private)
        route.twins = [
            Twin(coding: .br, file: "a/index.html.br", length: 7, digest: String(repeating: "1b", count: 32))
        ]
        return try GateTable([route, GateTableTests.route("/")])
    }

    @Test func `twins come back from the file, and a route without them says nothing of them`() throws {
        let json = try Self.table().json()
        #expect(try GateTable(json: json).routes == Self.table().routes)
        #expect(String(decoding: json, as: UTF8.self).components(separatedBy: "twins").count == 2)
    }

    @Test(arguments: [
        ("a/index.html.br", "../a.br"), ("a/index.html.br", ""), ("a/index.html.br", "/etc/passwd"),
        ("\"length\":7", "\"length\":-7"), ("\"length\":7", "\"l\":7"), ("1b1b", "1B1b"), ("1b1b", "1b"),
        ("\"br\"", "\"zstd\""), ("\"twins\":[", "\"twins\":[null,"),
    ])
    func `a table whose twin was tampered with is not read at all`(text: String, by replacement: String)
        throws
    {
        let json = try #require(String(data: Self.table().json(), encoding: .utf8))
        let place = try #require(json.range(of: text), "the case replaces nothing")
        let changed = json.replacingCharacters(in: place, with: replacement)
        #expect(throws: GateTableError.self) { try GateTable(json: Data(changed.utf8)) }
    }
}
