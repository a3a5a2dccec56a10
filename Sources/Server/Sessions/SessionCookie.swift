package import FoundationEssentials
package import Ground
package import HTTPTypes
import Settings

/// The cookie that carries a session secret: `a_session_<PROJECT_ID>`, the name that Appwrite itself uses.
package struct SessionCookie: Sendable {
    package let name: String
    private let attributes: CookieAttributes

    /// - Parameters:
    ///   - name: Appwrite's name for it; `AppwriteEndpoint.cookieName`.
    ///   - attributes: those of all our cookies.
    package init(name: String, attributes: CookieAttributes) {
        self.name = name
        self.attributes = attributes
    }

    /// The secrets that came along, the likeliest first; no more than a few, since strangers send what they like.
    ///
    /// Browsers send two cookies of one name where two paths or domains set one; Appwrite's own domain cookie may come
    /// as `_legacy`. The value goes to Appwrite as it is: only its length and alphabet are looked at. Some servers
    /// percent-encode what they set, so such a value is tried decoded.
    package func secrets(in fields: HTTPFields) -> [Secret] {
        let cookies = Cookies(fields)
        var found: [Secret] = []
        for text in cookies[name] + cookies["\(name)_legacy"] {
            guard let secret = Self.secret(text), !found.contains(secret) else { continue }
            found.append(secret)
        }
        return found
    }

    /// Sets the cookie for as long as Appwrite keeps the session.
    package func set(_ secret: Secret, expires: Date) -> String {
        attributes.cookie(name, value: secret.revealed, expires: expires)
    }

    /// Takes the cookie back, and the fallback of the same session.
    package var cleared: [String] {
        [attributes.cleared(name), attributes.cleared("\(name)_legacy")]
    }
}

extension SessionCookie {
    /// Appwrite's secrets are about 400 characters of base64 with padding; a cookie holds at most 4096.
    private static func secret(_ text: String) -> Secret? {
        let plain = text.contains("%") ? FormBody.percentDecoded(text[...], plusIsSpace: false) ?? "" : text
        guard (8...4096).contains(plain.utf8.count) else { return nil }
        let isPlain = plain.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "-"),
                UInt8(ascii: "_"),
                UInt8(ascii: "."):
                true
            default: false
            }
        }
        return isPlain ? Secret(plain) : nil
    }
}
