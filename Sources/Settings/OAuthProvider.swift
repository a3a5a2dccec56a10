/// One OAuth provider that members may sign in with.
package struct OAuthProvider: Hashable, Sendable {
    /// Appwrite's name of it, such as `github`; a part of the route.
    package let name: String
    /// What the button says, such as `GitHub`.
    package let title: String
    /// What is asked for beyond Appwrite's default; mostly nothing.
    package let scopes: [String]

    /// Returns nil where Appwrite knows no provider of that name.
    package init?(name: String, scopes: [String] = []) {
        guard let title = Self.titles[name] else { return nil }
        self.name = name
        self.title = title
        self.scopes = scopes
    }

    /// One that this program does not know, by Appwrite's name of it: letters and digits, at most 32.
    ///
    /// Returns nil where it is no such name. Whether Appwrite knows it, only Appwrite can say.
    package init?(name: String, title: String, scopes: [String] = []) {
        guard (1...32).contains(name.utf8.count), name.unicodeScalars.allSatisfy(\.isLetterOrDigit) else {
            return nil
        }
        self.name = name
        self.title = title
        self.scopes = scopes
    }

    /// The names that Appwrite knows (Appwrite 1.9, "OAuth2 providers"), and `mock` of the local identity service.
    package static let titles: [String: String] = [
        "amazon": "Amazon", "apple": "Apple", "auth0": "Auth0", "authentik": "authentik",
        "autodesk": "Autodesk",
        "bitbucket": "Bitbucket", "bitly": "Bitly", "box": "Box", "dailymotion": "Dailymotion",
        "discord": "Discord", "disqus": "Disqus", "dropbox": "Dropbox", "etsy": "Etsy",
        "facebook": "Facebook",
        "figma": "Figma", "fusionauth": "FusionAuth",
        "github": "GitHub", "gitlab": "GitLab", "google": "Google",
        "keycloak": "Keycloak", "kick": "Kick", "linkedin": "LinkedIn",
        "microsoft": "Microsoft", "mock": "Mock provider", "notion": "Notion", "oidc": "OpenID Connect",
        "okta": "Okta", "paypal": "PayPal", "paypalSandbox": "PayPal Sandbox", "podio": "Podio",
        "salesforce": "Salesforce", "slack": "Slack", "spotify": "Spotify", "stripe": "Stripe",
        "tradeshift": "Tradeshift", "tradeshiftBox": "Tradeshift Sandbox", "twitch": "Twitch",
        "wordpress": "WordPress", "x": "X", "yahoo": "Yahoo", "yammer": "Yammer", "yandex": "Yandex",
        "zoho": "Zoho",
        "zoom": "Zoom",
    ]
}
