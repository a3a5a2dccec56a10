import Appwrite
import FoundationEssentials
import Ground
package import Settings

extension ServerOptions {
    /// What `site.config` and the environment say, as a server of real visitors needs it.
    ///
    /// Throws every mistake of `site.config`, or the first secret that is missing.
    package init(site folder: String, output: String, environment: [String: String]) throws {
        try self.init(
            try Settings.load(folder: folder, environment: environment),
            site: folder,
            output: output,
            environment: environment
        )
    }

    /// The same with settings that were read before; paths in them are from the site's folder on.
    package init(_ settings: Settings, site folder: String, output: String, environment: [String: String])
        throws
    {
        let (endpoint, key) = try AppwriteAccess(settings).reveal(environment: environment)
        self.init(settings: settings, output: output, appwrite: endpoint, apiKey: key)
        webhooks = try settings.hooks.map { ($0, try HookSecrets($0).reveal(environment: environment)) }
        state = Self.place(settings.server.state, in: folder)
        audit = settings.audit.file.map { Self.place($0, in: folder) }
    }

    /// A path of `site.config`, from the site's folder on.
    package static func place(_ path: String, in folder: String) -> String {
        path.hasPrefix("/") ? path : "\(folder)/\(path)"
    }
}
