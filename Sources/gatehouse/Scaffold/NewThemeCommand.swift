import ArgumentParser
import FoundationEssentials
import Ground

/// `gatehouse new theme NAME`: a theme to change.
struct NewThemeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "theme",
        abstract: "Make a theme: a copy of lantern under a name of your own, to be changed."
    )

    @OptionGroup var site: SiteOptions

    @Argument(help: "Its name, of letters, digits, - and _.")
    var name: String

    func validate() throws {
        let isName =
            !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte)
                    || "-_".utf8.contains(byte)
            }
        guard isName else { throw ValidationError("a theme's name is made of letters, digits, - and _") }
    }

    func run() throws {
        let folder = "themes/\(name)"
        guard !FileManager.default.fileExists(atPath: "\(site.source)/\(folder)") else {
            throw Ending(
                .environment,
                "error: \(folder) is there already\n    choose another name; nothing is overwritten"
            )
        }
        try FreshFiles(folder: site.source).write(LanternTheme.files(), below: folder)
        let output = FileHandleText.standardOutput
        output.write("\(output.bold("Made")) \(folder): write 'theme: \(name)' in site.config to use it")
    }
}
