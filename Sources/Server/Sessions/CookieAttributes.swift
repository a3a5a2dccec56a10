package import FoundationEssentials
package import Settings

/// The attributes that all our cookies share: `HttpOnly`, `Path=/`, and `Secure` and `SameSite` as configured.
package struct CookieAttributes: Sendable {
    private let isSecure: Bool
    private let sameSite: CookieSettings.SameSite

    /// `secure: auto` means: whenever visitors reach the site by HTTPS.
    package init(_ settings: CookieSettings, siteIsSecure: Bool) {
        sameSite = settings.sameSite
        isSecure =
            switch settings.secure {
            case .auto: siteIsSecure
            case .always: true
            case .never: false
            }
    }

    /// The same, but sent along when a link of another site leads here (`SameSite=Lax`): for what must survive the way
    /// back from a provider.
    package var lax: CookieAttributes { CookieAttributes(isSecure: isSecure, sameSite: .lax) }

    /// What a cookie of our own is called.
    ///
    /// Over HTTPS with `__Host-` before it: browsers then take it from this very host only, so that another host of the same
    /// domain cannot plant one of its own here (RFC 6265bis §4.1.3.2).
    package func name(_ name: String) -> String { isSecure ? "__Host-\(name)" : name }

    /// A value for `Set-Cookie` (RFC 6265bis §4.1).
    ///
    /// Without an expiry it lasts until the browser closes.
    package func cookie(_ name: String, value: String, expires: Date? = nil) -> String {
        var text = "\(name)=\(value); Path=/; HttpOnly; SameSite=\(sameSite == .strict ? "Strict" : "Lax")"
        if isSecure { text += "; Secure" }
        if let expires { text += "; Expires=\(HTTPDate(expires))" }
        return text
    }

    /// Takes a cookie back.
    package func cleared(_ name: String) -> String {
        cookie(name, value: "", expires: Date(timeIntervalSince1970: 0)) + "; Max-Age=0"
    }

    private init(isSecure: Bool, sameSite: CookieSettings.SameSite) {
        self.isSecure = isSecure
        self.sameSite = sameSite
    }
}
