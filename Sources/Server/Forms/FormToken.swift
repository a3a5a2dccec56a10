package import FoundationEssentials
package import HTTPTypes

/// Proof that a form was made by this site for this browser (OWASP, signed double submit cookie).
///
/// The browser holds a random text in a cookie; the form holds a signature of that text, a time, and what the form is
/// for. Another site can make the browser send the cookie, but cannot know the signature.
package struct FormToken: Sendable {
    /// Which form; a token of one is no good for another.
    package enum Use: String, Sendable {
        case signIn, signUp, recovery, verification, secondFactor, account
    }

    package static let cookieName = "gatehouse_form"
    package static let fieldName = "form_token"
    /// In seconds: how long a form may stay open.
    package static let lifetime: TimeInterval = 4 * 3600

    private let keys: ServerKeys
    private let attributes: CookieAttributes
    private let cookieName: String
    private let now: @Sendable () -> Date

    package init(keys: ServerKeys, attributes: CookieAttributes, now: @escaping @Sendable () -> Date) {
        self.keys = keys
        // Lax: a visitor who follows a link to the sign-in page keeps the cookie that other open forms rely on.
        self.attributes = attributes.lax
        cookieName = attributes.name(Self.cookieName)
        self.now = now
    }

    /// A token for a form, and the cookie to set where the browser has none yet.
    package func issue(for use: Use, to fields: HTTPFields) -> (token: String, cookie: String?) {
        let (tokens, cookie) = issue(for: [use], to: fields)
        return (tokens.first ?? "", cookie)
    }

    /// The same for several forms of one page, in the order of their uses: a browser keeps one cookie for all of them.
    package func issue(for uses: [Use], to fields: HTTPFields) -> (tokens: [String], cookie: String?) {
        let held = Cookies(fields)[cookieName].first { $0.utf8.count == 22 }
        let nonce = held ?? unguessableText()
        let time = Int(now().timeIntervalSince1970)
        let tokens = uses.map { "\(time).\(signature(nonce, time, $0))" }
        return (tokens, held == nil ? attributes.cookie(cookieName, value: nonce) : nil)
    }

    /// Whether this form was made here, for this browser and this use, not too long ago.
    package func isGood(_ token: String?, for use: Use, from fields: HTTPFields) -> Bool {
        guard let parts = token?.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false),
            parts.count == 2,
            let time = Int(parts[0]),
            abs(now().timeIntervalSince1970 - TimeInterval(time)) < Self.lifetime
        else { return false }
        return Cookies(fields)[cookieName].contains { nonce in
            keys.verify(String(parts[1]), of: Self.text(nonce, time, use), for: .form)
        }
    }
}

extension FormToken {
    private static func text(_ nonce: String, _ time: Int, _ use: Use) -> String {
        "\(use.rawValue)|\(time)|\(nonce)"
    }

    private func signature(_ nonce: String, _ time: Int, _ use: Use) -> String {
        keys.signature(of: Self.text(nonce, time, use), for: .form)
    }
}
