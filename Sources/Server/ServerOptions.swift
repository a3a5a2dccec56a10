package import Appwrite
package import FoundationEssentials
package import Ground
package import Hooks
package import Settings

/// Everything that a server is made from.
package struct ServerOptions: Sendable {
    package var settings: Settings
    /// The output folder, in which `current` points at a release.
    package var output: String
    package var appwrite: AppwriteEndpoint
    package var apiKey: Secret
    /// The hooks of `site.config` that are told or asked, each with its secrets; the present one first.
    package var webhooks: [(settings: HookSettings, secrets: [Secret])] = []
    /// Those of Swift.
    package var hooks: [any AuthHook] = []
    /// The folder of what must outlive the server.
    package var state = "state"
    /// Where the audit log is; nil for none.
    package var audit: String?
    /// How often to look for a new release.
    package var releaseInterval: Duration = .seconds(1)
    /// How long one question to Appwrite may take before a private page answers 503.
    package var questionTimeout: Duration = .seconds(3)
    /// How long a public page waits for a guest's session.
    package var guestBudget: Duration = .milliseconds(300)
    /// How long a public page with parts for some waits to learn who its visitor is.
    package var partBudget: Duration = .milliseconds(300)
    /// At the multiples of which answers go out that must not tell by their time who has an account.
    package var pace: Duration = .milliseconds(500)
    /// How long connections may take; tests take shorter times.
    package var times = ConnectionTimes()
    /// How many connections are open at most; nil for as many as the process has descriptors for.
    package var connections: Int?
    /// What an author's browser is told of builds; nil for a server of real visitors.
    package var preview: Preview?
    package var now: @Sendable () -> Date = { Date() }

    package init(settings: Settings, output: String, appwrite: AppwriteEndpoint, apiKey: Secret) {
        self.settings = settings
        self.output = output
        self.appwrite = appwrite
        self.apiKey = apiKey
    }
}
