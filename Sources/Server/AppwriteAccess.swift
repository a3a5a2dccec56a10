package import Appwrite
import FoundationEssentials
package import Ground
package import Settings

/// The Appwrite that `site.config` names, and the key that the environment holds.
package struct AppwriteAccess {
    private let settings: Settings

    package init(_ settings: Settings) {
        self.settings = settings
    }

    /// Throws, without the key, where no endpoint is set or the key is not there.
    package func reveal(environment: [String: String]) throws(Diagnostic) -> (AppwriteEndpoint, Secret) {
        guard let appwrite = settings.appwrite else {
            throw Diagnostic(
                at: Place(file: "site.config"),
                "no Appwrite endpoint is set",
                advice: "fill in 'appwrite', or try the site with 'gatehouse dev', which needs none"
            )
        }
        guard let endpoint = AppwriteEndpoint(url: appwrite.endpoint, project: appwrite.project) else {
            throw Diagnostic(
                at: Place(file: "site.config"),
                "'appwrite.endpoint' or 'appwrite.project' cannot be used"
            )
        }
        return (endpoint, try appwrite.key.reveal(environment: environment))
    }
}

/// What the deliveries of a hook are signed with, from the environment.
package struct HookSecrets {
    private let hook: HookSettings

    package init(_ hook: HookSettings) {
        self.hook = hook
    }

    /// The present one first, then the one before where there is one.
    package func reveal(environment: [String: String]) throws(Diagnostic) -> [Secret] {
        var secrets = [try hook.secret.reveal(environment: environment)]
        if let previous = hook.previousSecret {
            secrets.append(try previous.reveal(environment: environment))
        }
        return secrets
    }
}

extension SecretSetting {
    /// Reads files as they are named.
    fileprivate func reveal(environment: [String: String]) throws(Diagnostic) -> Secret {
        try reveal(environment: environment) { path in try String(contentsOfFile: path, encoding: .utf8) }
    }
}
