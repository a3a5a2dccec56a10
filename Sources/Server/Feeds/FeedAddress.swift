import FoundationEssentials
import Ground

/// Which feed one member reads by an address of their own.
struct FeedAddress: Sendable, Equatable {
    let userID: String
    /// What the member's account says while the address is good; another one ends every address made before.
    let salt: FeedSalt
    /// The feed's own path, at which only who is signed in may read it.
    let feed: PagePath

    /// As whom the address reads, for what is remembered of members: the same for all their feeds.
    var reader: Secret { Secret("\(userID)~\(salt.secret.revealed)") }
}

/// A random text in the member's preferences at Appwrite.
struct FeedSalt: Sendable, Equatable {
    let secret: Secret

    /// The name among the preferences.
    static let preference = "gatehouse_feeds"

    static func fresh() -> FeedSalt { FeedSalt(secret: Secret(unguessableText())) }

    /// Nil for what was not made here: preferences belong to the member, and may hold anything.
    init?(_ text: String) {
        guard text.hasFormOfUnguessable else { return nil }
        secret = Secret(text)
    }

    private init(secret: Secret) {
        self.secret = secret
    }
}

/// Writes and reads the part of such an address that proves it.
///
/// It is signed, so that what strangers make up is refused without asking anybody.
struct FeedTokens: Sendable {
    private let keys: ServerKeys

    /// In bytes.
    private static let longest = 2048

    init(keys: ServerKeys) {
        self.keys = keys
    }

    /// One segment of a path, of unreserved characters (RFC 3986 §2.3).
    func token(for address: FeedAddress) -> Secret {
        let feed = Data(address.feed.text.utf8).base64URL
        let text = [address.userID, address.salt.secret.revealed, feed].joined(separator: "~")
        return Secret("\(text)~\(keys.signature(of: text, for: .feed))")
    }

    /// Nil where we did not make it.
    func address(in token: String) -> FeedAddress? {
        guard token.utf8.count <= Self.longest else { return nil }
        let parts = token.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4,
            keys.verify(parts[3], of: parts.dropLast().joined(separator: "~"), for: .feed),
            let salt = FeedSalt(parts[1]), let path = Data(base64URL: parts[2]),
            let feed = PagePath(String(decoding: path, as: UTF8.self))
        else { return nil }
        return FeedAddress(userID: parts[0], salt: salt, feed: feed)
    }
}

extension Data {
    /// Reads base64 for URLs, without padding (RFC 4648 §5).
    fileprivate init?(base64URL text: String) {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        self.init(base64Encoded: plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4))
    }
}
