package import FoundationEssentials
package import HTTPTypes

/// The round trip to an OAuth provider, bound to the browser that began it.
///
/// Nothing at Appwrite ties the `userId` and `secret` that come back to that browser, so anyone could send a victim back
/// with their own (login CSRF). A signed cookie holds a nonce; the address that Appwrite returns to holds it, too.
package struct OAuthTrip: Sendable {
    package static let cookieName = "gatehouse_oauth"
    /// The name of the nonce in the return address.
    package static let parameter = "trip"
    /// In seconds: how long one may linger at the provider.
    package static let lifetime: TimeInterval = 600

    private let keys: ServerKeys
    private let attributes: CookieAttributes
    private let now: @Sendable () -> Date

    package init(keys: ServerKeys, attributes: CookieAttributes, now: @escaping @Sendable () -> Date) {
        self.keys = keys
        // Lax: the way back is a navigation from another site, and this cookie must come along.
        self.attributes = attributes.lax
        self.now = now
    }

    /// A new trip: its nonce, and the cookie that holds it and where the visitor wants to go.
    package func begin(towards target: String) -> (nonce: String, cookie: String) {
        let nonce = unguessableText()
        let text = "\(Int(now().timeIntervalSince1970))~\(nonce)~\(target)"
        let value = "\(text)~\(keys.signature(of: text, for: .oauth))"
        return (
            nonce,
            attributes.cookie(Self.cookieName, value: value, expires: now().addingTimeInterval(Self.lifetime))
        )
    }

    /// Where the trip with this nonce was to lead; nil where this browser began no such trip, or too long ago.
    package func target(for nonce: String?, in fields: HTTPFields) -> String? {
        guard let nonce else { return nil }
        for value in Cookies(fields)[Self.cookieName] {
            // The target may hold a `~` of its own: what is before it has none, and neither has the signature behind.
            guard let end = value.lastIndex(of: "~") else { continue }
            let parts = value[..<end].split(separator: "~", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[1] == nonce, let time = TimeInterval(parts[0]),
                keys.verify(
                    String(value[value.index(after: end)...]),
                    of: String(value[..<end]),
                    for: .oauth
                ),
                (-300..<Self.lifetime).contains(now().timeIntervalSince1970 - time)
            else { continue }
            return String(parts[2])
        }
        return nil
    }

    package var cleared: String { attributes.cleared(Self.cookieName) }
}
