import ArgumentParser
import FoundationEssentials
import Ground

/// `gatehouse new DIR`: a whole site with a page for everyone and one for members.
struct NewSiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site",
        abstract: "Make a site in a folder that is not there yet, or empty."
    )

    @Argument(help: ArgumentHelp("The folder; its name becomes the site's title.", valueName: "dir"))
    var folder: String

    func run() throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        guard names.isEmpty else {
            throw Ending(
                .environment,
                "error: '\(folder)' is not empty\n    name a folder that is not there yet, or an empty one"
            )
        }
        let files = FreshFiles(folder: folder)
        for (path, text) in SiteTemplate(folder: folder).files { try files.write(Array(text.utf8), to: path) }
        try files.write(LanternTheme.files(), below: "themes/lantern")
        let output = FileHandleText.standardOutput
        output.write(
            """
            \(output.bold("Made")) \(folder): a page for everyone, one for members, and the theme lantern

              cd \(folder)
              gatehouse dev
            """
        )
    }
}
