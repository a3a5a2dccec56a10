import Foundation
import Ground
import Settings

@testable import Site

/// A whole site below `Tests/Fixtures/Sites`, built into a folder of its own.
struct FixtureSite {
    let source: String
    /// Removed by `remove()`.
    let output: String

    static let folder =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures/Sites").path

    init(source: String, output: String) {
        self.source = source
        self.output = output
    }

    /// The fixture as it lies there.
    init(_ name: String) {
        source = "\(Self.folder)/\(name)"
        output = Self.temporary()
    }

    /// A copy that a test may change.
    init(copyOf name: String) throws {
        source = Self.temporary()
        output = "\(source)/dist"
        try FileManager.default.copyItem(atPath: "\(Self.folder)/\(name)", toPath: source)
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: output)
        if !source.hasPrefix(Self.folder) { try? FileManager.default.removeItem(atPath: source) }
    }

    @discardableResult
    func build(_ options: BuildOptions = BuildOptions(now: 1_764_000_000)) async throws -> BuildReport {
        let settings = try Settings.load(folder: source, environment: [:])
        return try await Build(source: source, output: output, settings: settings, options: options).run()
    }

    func write(_ text: String, to file: String) throws {
        try text.write(toFile: "\(source)/\(file)", atomically: true, encoding: .utf8)
    }

    /// Puts Lantern in the place of the theme `plain`.
    func useLantern() throws {
        let lantern = URL(fileURLWithPath: Self.folder + "/../../../themes/lantern").standardized.path
        try delete("themes/plain")
        try FileManager.default.copyItem(atPath: lantern, toPath: "\(source)/themes/plain")
    }

    func delete(_ file: String) throws { try FileManager.default.removeItem(atPath: "\(source)/\(file)") }

    /// Where `current` points.
    var current: String? { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(output)/current") }

    /// The files of the current release, by their paths.
    func files() throws -> [String: Data] { try Self.files(below: "\(output)/current/") }

    static func files(below folder: String) throws -> [String: Data] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
        return names.reduce(into: [:]) { files, name in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder),
                !isFolder.boolValue
            else { return }
            files[name] = FileManager.default.contents(atPath: "\(folder)/\(name)")
        }
    }

    private static func temporary() -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("gatehouse-site-\(UUID().uuidString)")
            .path
    }
}
