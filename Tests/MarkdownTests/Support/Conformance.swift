import Foundation

/// Examples of other projects, read from outside this package since they are not ours to keep.
///
/// The folder is named by `GATEHOUSE_CONFORMANCE`, else it is `../shared/conformance` beside the package.
enum Conformance {
    struct Example: Decodable, Sendable, CustomStringConvertible {
        let example: Int
        let section: String
        let markdown: String
        let html: String

        var description: String { "\(example), \(section)" }
    }

    static let folder: URL = {
        if let folder = ProcessInfo.processInfo.environment["GATEHOUSE_CONFORMANCE"] {
            return URL(fileURLWithPath: folder, isDirectory: true)
        }
        let package = URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true)
        return package.appendingPathComponent("../shared/conformance", isDirectory: true)
    }()

    static var isHere: Bool { FileManager.default.fileExists(atPath: folder.path) }

    static func commonMark() throws -> [Example] {
        try JSONDecoder().decode([Example].self, from: data("commonmark-0.30.json"))
    }

    /// `suite` is `specification` or `extensions`.
    static func gfm(_ suite: String) throws -> [Example] {
        try JSONDecoder().decode([String: [Example]].self, from: data("gfm.json"))[suite] ?? []
    }

    private static func data(_ name: String) throws -> Data {
        try Data(contentsOf: folder.appendingPathComponent(name))
    }
}
