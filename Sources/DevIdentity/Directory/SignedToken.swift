import Crypto
import FoundationEssentials

/// The secret at the end of an OAuth round trip: a JWT (RFC 7519, HS256) that holds the token and the provider.
struct SignedToken: Equatable, Sendable {
    let secret: String
    let provider: String
    let expire: Moment

    init(secret: String, provider: String, expire: Moment) {
        self.secret = secret
        self.provider = provider
        self.expire = expire
    }

    /// Takes a text that this key signed, or returns nil; whether it has expired is asked of the token that it holds.
    init?(_ text: String, key: SymmetricKey) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, Self.signature(of: "\(parts[0]).\(parts[1])", key) == parts[2] else {
            return nil
        }
        guard let payload = Self.decoded(parts[1]).flatMap(JSONValue.init(parsing:)),
            let secret = payload["secret"]?.text, let provider = payload["provider"]?.text,
            case .number(let expire)? = payload["exp"]
        else {
            return nil
        }
        self.init(secret: secret, provider: provider, expire: Moment(milliseconds: Int64(expire) * 1000))
    }

    func text(key: SymmetricKey) -> String {
        let header: JSONValue = ["typ": "JWT", "alg": "HS256"]
        let payload: JSONValue = [
            "secret": .text(secret), "provider": .text(provider), "exp": JSONValue(Int(expire.seconds)),
        ]
        let signed = Self.encoded(Array(header.json.utf8)) + "." + Self.encoded(Array(payload.json.utf8))
        return signed + "." + Self.signature(of: signed, key)
    }

    private static func signature(of text: String, _ key: SymmetricKey) -> String {
        encoded(Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)))
    }

    /// Base64 for URLs, without padding (RFC 4648 §5).
    private static func encoded(_ bytes: [UInt8]) -> String {
        let text = Data(bytes).base64EncodedString().prefix { $0 != "=" }
        return String(text.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
    }

    private static func decoded(_ text: String) -> [UInt8]? {
        let standard = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        let padding = String(repeating: "=", count: (4 - standard.count % 4) % 4)
        return Data(base64Encoded: standard + padding).map(Array.init)
    }
}
