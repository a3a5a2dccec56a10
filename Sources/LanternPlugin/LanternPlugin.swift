import Foundation
import PackagePlugin

/// Packs `themes/lantern` into the program at each build, so that `gatehouse new` needs nothing beside it.
@main
struct LanternPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = context.package.directoryURL.appending(path: "themes/lantern")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        let files = names.sorted().map { folder.appending(path: $0) }.filter(Self.isPacked)
        let output = context.pluginWorkDirectoryURL.appending(path: "PackedTheme.swift")
        return [
            .buildCommand(
                displayName: "Packing the theme lantern",
                executable: try context.tool(named: "pack-theme").url,
                arguments: [output.path, folder.path] + files.map(\.path),
                inputFiles: files,
                outputFiles: [output]
            )
        ]
    }

    /// A plain file that is not hidden and no editor's back-up, as the program reads themes.
    private static func isPacked(_ file: URL) -> Bool {
        var isFolder: ObjCBool = false
        let name = file.lastPathComponent
        return FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
            && !isFolder.boolValue
            && !name.hasPrefix(".") && !name.hasSuffix("~")
    }
}
