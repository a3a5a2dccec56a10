package import FoundationEssentials
import Ground

extension GateTable {
    /// Raised whenever an older server could misread a newer table.
    package static let format = 1

    /// The bytes of `gate.json`: the same routes give the same bytes.
    package func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(File(format: Self.format, routes: routes))
    }

    /// Reads the bytes of a gate table.
    ///
    /// Anything that is not understood makes the whole table unreadable: a route is never guessed.
    package init(json: Data) throws(GateTableError) {
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: json)
        } catch {
            throw .unreadable("\(error)")
        }
        guard file.format == Self.format else { throw .format(file.format) }
        for route in file.routes where !Self.isSafe(route.file) {
            throw .unreadable("'\(route.file)' is no file of a release")
        }
        try self.init(file.routes)
    }
}

extension GateTable {
    private struct File: Codable {
        let format: Int
        let routes: [Route]
    }

    /// A table that was tampered with must not lead out of its tree.
    private static func isSafe(_ file: String) -> Bool {
        !file.isEmpty
            && file.split(separator: "/", omittingEmptySubsequences: false)
                .allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
            && !file.utf8.contains(0)
    }
}
