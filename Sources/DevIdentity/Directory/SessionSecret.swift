import Crypto
import FoundationEssentials

/// What a session's cookie holds: base64 of the JSON `{"id": <user>, "secret": <256 hexadecimal digits>}`.
struct SessionSecret: Sendable {
    let userID: String
    let inner: String

    init(userID: String, inner: String) {
        self.userID = userID
        self.inner = inner
    }

    /// Takes it apart, or returns nil where it is no such text; nobody is told why.
    init?(_ text: String) {
        guard let data = Data(base64Encoded: text), let value = JSONValue(parsing: data) else { return nil }
        guard let userID = value["id"]?.text, let inner = value["secret"]?.text else { return nil }
        // Appwrite goes on to the next place only when both are empty.
        guard !userID.isEmpty || !inner.isEmpty else { return nil }
        self.init(userID: userID, inner: inner)
    }

    /// As it stands in the cookie.
    var text: String {
        let value: JSONValue = ["id": .text(userID), "secret": .text(inner)]
        return Data(value.json.utf8).base64EncodedString()
    }

    /// The only thing the service keeps of it.
    var hash: String { Self.hash(of: inner) }

    /// SHA-256 in hexadecimal digits.
    static func hash(of text: String) -> String { Hex.text(SHA256.hash(data: Array(text.utf8))) }
}
