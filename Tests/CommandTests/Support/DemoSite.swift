import Foundation
import Testing

/// A small site in a temporary folder, with the repository's own theme.
struct DemoSite {
    let folder: URL

    var path: String { folder.path }
    var current: URL { folder.appending(path: "dist/current") }

    init(configuration: String = "") throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "gatehouse-\(UUID().uuidString)")
        let theme = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../themes/lantern"
        ).standardized
        try FileManager.default.createDirectory(
            at: folder.appending(path: "themes"),
            withIntermediateDirectories: true
        )
        try FileManager.default.copyItem(at: theme, to: folder.appending(path: "themes/lantern"))
        try write(
            "site.config",
            """
            title: The Test
            url: http://127.0.0.1:8080
            visibility:
              rules:
                - { path: /members/**, visibility: private }
            \(configuration)
            """
        )
        try write("content/index.md", "---\ntitle: Home\n---\nA word for everyone: wombat.\n")
        try write("content/members/index.md", "---\ntitle: Members\n---\nA word for members: quokka.\n")
        try write("content/later.md", "---\ntitle: Later\ndraft: true\n---\nA word for nobody yet: numbat.\n")
    }

    func write(_ file: String, _ text: String) throws {
        let place = folder.appending(path: file)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: place)
    }

    /// Whether a word stands anywhere below a folder of the current release.
    func has(_ word: String, below part: String) throws -> Bool {
        let root = current.resolvingSymlinksInPath().appending(path: part)
        let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
        return files.compactMap { $0 as? URL }.contains { file in
            // Folders have no contents.
            (try? Data(contentsOf: file))?.range(of: Data(word.utf8)) != nil
        }
    }

    func remove() {
        // What stays behind lies in the temporary folder.
        try? FileManager.default.removeItem(at: folder)
    }
}
