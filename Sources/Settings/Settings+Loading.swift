import FoundationEssentials
package import Ground

extension Settings {
    /// Reads `site.config` in a site's folder.
    ///
    /// - Throws: every mistake in it; or that it is not there, is too large, or is not UTF-8.
    package static func load(folder: String, environment: [String: String]) throws(Diagnostics)
        -> Settings
    {
        let file = "site.config"
        let path = folder.hasSuffix("/") ? folder + file : "\(folder)/\(file)"
        func failure(_ problem: String, _ advice: String) -> Diagnostics {
            Diagnostics([Diagnostic(at: Place(file: file), problem, advice: advice)])
        }
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else {
            // Why does not matter: there is nothing to read.
            throw failure(
                "there is no site.config in '\(folder)'",
                "gatehouse expects a site.config here; go to the site's folder, or name it with --source"
            )
        }
        guard let size = attributes[.size] as? Int, size <= YAMLSource.longest else {
            throw failure(
                "the configuration is larger than \(YAMLSource.longest) bytes",
                "is this the right file?"
            )
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw failure(
                "the configuration cannot be read",
                "check that it is a file that this user may read"
            )
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw failure("the configuration is not UTF-8", "save it as UTF-8 in your editor")
        }
        return try Settings(parsing: text, file: file, environment: environment)
    }
}
