import ArgumentParser
import FoundationEssentials
import Ground
import Server
import Settings

/// Where the site is, and where its releases go.
struct SiteOptions: ParsableArguments {
    @Option(help: "The site's folder, with content, themes and site.config in it.")
    var source = "."

    @Option(
        help: "Where releases are written to; in the site's folder 'dist', for dev '.gatehouse/dev'."
    )
    var output: String?

    var outputFolder: String { output ?? "\(source)/dist" }

    /// A path of `site.config`, from the site's folder on.
    func place(_ path: String) -> String { ServerOptions.place(path, in: source) }

    func settings() throws -> Settings {
        try Settings.load(folder: source, environment: ProcessInfo.processInfo.environment)
    }
}
