import FoundationEssentials
import Glibc
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
        // Of what a link names: the configuration may be one, as it is where a container mounts it.
        var status = stat()
        guard fstatat(AT_FDCWD, path, &status, 0) == 0 else {
            // Why does not matter: there is nothing to read.
            throw failure(
                "there is no site.config in '\(folder)'",
                "gatehouse expects a site.config here; go to the site's folder, or name it with --source"
            )
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            // A pipe would be waited for, and a device may never end.
            throw failure("the configuration is no plain file", "put a file in its place")
        }
        guard status.st_size <= YAMLSource.longest else {
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
