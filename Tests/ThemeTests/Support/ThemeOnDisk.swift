import FoundationEssentials
import Ground
import Theme

/// A theme written to a temporary folder for one test.
struct ThemeOnDisk: ~Copyable {
    let folder: String

    /// Paths below the theme and the texts of the files there.
    init(_ files: [String: String]) throws {
        folder = FileManager.default.temporaryDirectory.path + "/theme-" + UUID().uuidString
        for (path, text) in files {
            let location = folder + "/" + path
            let parent = location[..<(location.lastIndex(of: "/") ?? location.endIndex)]
            try FileManager.default.createDirectory(atPath: String(parent), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: location))
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func load() throws -> Theme { try Theme.load(folder: folder, shownAs: "themes/small") }

    /// What loading says, a line each, or nothing where it succeeds.
    func problems() -> String {
        do throws(Diagnostics) {
            _ = try Theme.load(folder: folder, shownAs: "themes/small")
            return ""
        } catch {
            return error.description
        }
    }
}
