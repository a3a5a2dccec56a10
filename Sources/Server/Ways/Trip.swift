package import FoundationEssentials
package import HTTPTypes

/// A way that leads out of the site and back, by a provider or by a mail, bound to the browser that began it.
///
/// Nothing at Appwrite ties the `userId` and `secret` that come back to that browser, so anyone could send a victim back
/// with their own (login CSRF). A signed cookie holds a nonce; the address that is returned to holds it, too. Each trip
/// has a cookie of its own, so that several can be under way in one browser.
package struct Trip: Sendable {
    package enum Kind: Sendable {
        /// To an OAuth provider.
        case oauth
        /// By a mailed link.
        case link

        /// In seconds: how long one may linger at the provider, and how long a link is good.
        package var lifetime: TimeInterval { self == .oauth ? 600 : 3600 }
        fileprivate var purpose: ServerKeys.Purpose { self == .oauth ? .oauth : .link }
    }

    /// What the names of the cookies begin with; eight characters of the nonce follow.
    package static let cookiePrefix = "gatehouse_trip_"
    /// The name of the nonce in the return address.
    package static let parameter = "trip"
    /// How many trips a browser may have under way; beyond it those go that began first.
    package static let most = 5

    private let keys: ServerKeys
    private let attributes: CookieAttributes
    private let cookiePrefix: String
    private let now: @Sendable () -> Date

    package init(keys: ServerKeys, attributes: CookieAttributes, now: @escaping @Sendable () -> Date) {
        self.keys = keys
        // Lax: the way back is a navigation from another site, and this cookie must come along.
        self.attributes = attributes.lax
        cookiePrefix = attributes.name(Self.cookiePrefix)
        self.now = now
    }

    /// A new trip: its nonce, and the cookies: the one that holds it and where the visitor wants to go, and what takes
    /// back those of trips that are too many.
    package func begin(_ kind: Kind, towards target: String, in fields: HTTPFields) -> (
        nonce: String, cookies: [String]
    ) {
        let nonce = unguessableText()
        let text = "\(Int(now().timeIntervalSince1970))~\(nonce)~\(target)"
        let value = "\(text)~\(keys.signature(of: text, for: kind.purpose))"
        let expires = now().addingTimeInterval(kind.lifetime)
        let cookie = attributes.cookie(name(nonce), value: value, expires: expires)
        return (nonce, [cookie] + surplus(in: fields))
    }

    /// Where the trip with this nonce was to lead; nil where this browser began no such trip, or too long ago.
    package func target(_ kind: Kind, for nonce: String?, in fields: HTTPFields) -> String? {
        guard let nonce, nonce.hasFormOfUnguessable else { return nil }
        for value in Cookies(fields)[name(nonce)] {
            // The target may hold a `~` of its own: what is before it has none, and neither has the signature behind.
            guard let end = value.lastIndex(of: "~") else { continue }
            let parts = value[..<end].split(separator: "~", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[1] == nonce, let time = TimeInterval(parts[0]),
                keys.verify(
                    String(value[value.index(after: end)...]),
                    of: String(value[..<end]),
                    for: kind.purpose
                ),
                (-300..<kind.lifetime).contains(now().timeIntervalSince1970 - time)
            else { continue }
            return String(parts[2])
        }
        return nil
    }

    /// Takes a trip's cookie back.
    package func cleared(_ nonce: String?) -> [String] {
        guard let nonce, nonce.hasFormOfUnguessable else { return [] }
        return [attributes.cleared(name(nonce))]
    }

    /// Ends the oldest trips where there is no room for another.
    private func surplus(in fields: HTTPFields) -> [String] {
        let held = Cookies(fields).all.filter {
            $0.name.hasPrefix(cookiePrefix) && $0.name.utf8.allSatisfy(\.isBase64URL)
        }
        let oldestFirst = held.sorted { Self.time(of: $0.value) < Self.time(of: $1.value) }
        return oldestFirst.dropLast(Self.most - 1).map { attributes.cleared($0.name) }
    }

    private static func time(of value: String) -> Int { Int(value.prefix { $0 != "~" }) ?? 0 }

    private func name(_ nonce: String) -> String { cookiePrefix + nonce.prefix(8) }
}
