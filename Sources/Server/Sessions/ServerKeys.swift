import Crypto
import FoundationEssentials
package import Ground

/// The keys with which the server signs what it hands to browsers, all made from the API key.
///
/// So there is nothing more to configure, several servers of one site agree, and a new API key ends all old signatures.
/// HKDF (RFC 5869) with a purpose each: a signature for one thing is never good for another.
package struct ServerKeys: Sendable {
    package enum Purpose: String, CaseIterable, Sendable {
        /// The cookie by which a visitor is counted.
        case visit
        /// The token in every form.
        case form
        /// The round trip to an OAuth provider.
        case oauth
        /// A mailed link to sign in, and whom it was mailed to.
        case link
        /// Whose code to sign in is being typed.
        case ticket
        /// The question for a second factor, while its answer is typed.
        case challenge
        /// A member's own address of a feed.
        case feed
        /// What an authenticator program is set up with, while its first code is typed.
        case authenticator
        /// What secrets are known by where they must not be kept in clear.
        case fingerprint
    }

    private let keys: [Purpose: SymmetricKey]

    package init(from apiKey: Secret) {
        let material = SymmetricKey(data: Data(apiKey.revealed.utf8))
        keys = Dictionary(
            uniqueKeysWithValues: Purpose.allCases.map { ($0, Self.key(for: $0, from: material)) }
        )
    }

    /// A signature of 43 characters of base64url (HMAC-SHA256, RFC 2104).
    package func signature(of text: String, for purpose: Purpose) -> String {
        guard let key = keys[purpose] else { preconditionFailure("each purpose has a key") }
        return Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)).base64URL
    }

    /// Whether the signature is the text's.
    ///
    /// Takes the same time wherever it is wrong.
    package func verify(_ signature: String, of text: String, for purpose: Purpose) -> Bool {
        Secret(signature) == Secret(self.signature(of: text, for: purpose))
    }

    /// What a session secret is known by in memory, in limits and in signed cookies; nobody can go back from it.
    package func fingerprint(of secret: Secret) -> String {
        signature(of: secret.revealed, for: .fingerprint)
    }
}

extension ServerKeys {
    private static func key(for purpose: Purpose, from material: SymmetricKey) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: material,
            salt: Data("gatehouse".utf8),
            info: Data(purpose.rawValue.utf8),
            outputByteCount: 32
        )
    }
}

extension Data {
    /// Base64 for URLs, without padding (RFC 4648 §5).
    var base64URL: String {
        String(
            base64EncodedString().compactMap { character in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            }
        )
    }
}

extension UInt8 {
    /// Whether it is one of the characters of base64 for URLs (RFC 4648 §5).
    var isBase64URL: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension String {
    /// Whether it has the form of what `unguessableText` makes.
    var hasFormOfUnguessable: Bool { utf8.count == 22 && utf8.allSatisfy(\.isBase64URL) }
}

/// A text of 22 characters of base64url that nobody can guess (128 bits of the system's randomness).
func unguessableText() -> String {
    var generator = SystemRandomNumberGenerator()
    return Data((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }).base64URL
}
