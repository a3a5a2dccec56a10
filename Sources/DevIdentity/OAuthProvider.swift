/// The OAuth providers that Appwrite 1.9.6 knows by name.
package enum OAuthProvider {
    package static let all: Set<String> = [
        "amazon", "apple", "auth0", "authentik", "autodesk", "bitbucket", "bitly", "box", "dailymotion",
        "discord",
        "disqus", "dropbox", "etsy", "facebook", "figma", "fusionauth", "github", "gitlab", "google",
        "keycloak",
        "kick", "linkedin", "microsoft", "notion", "oidc", "okta", "paypal", "paypalSandbox", "podio",
        "salesforce",
        "slack", "spotify", "stripe", "tradeshift", "tradeshiftBox", "twitch", "wordpress", "x", "yahoo",
        "yammer",
        "yandex", "zoho", "zoom", "mock", "mock-unverified",
    ]
}
