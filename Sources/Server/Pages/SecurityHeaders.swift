package import HTTPTypes

/// What every answer says to browsers about itself (OWASP Secure Headers).
package struct SecurityHeaders: Sendable {
    /// Whether visitors reach the site by HTTPS; then they are told to stay with it.
    package let isSecure: Bool

    package init(isSecure: Bool) {
        self.isSecure = isSecure
    }

    /// No script but the site's own files, no frame, no form to elsewhere.
    ///
    /// Images of other sites are allowed: authors link them.
    package static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' https: data:",
        "font-src 'self'",
        "media-src 'self'",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    /// The same for pages whose scripts ask the site for more.
    package static let scripted = policy + "; connect-src 'self'"

    /// Adds what is not there yet: an answer may have said something stricter.
    package func add(to fields: inout HTTPFields) {
        let all: [(HTTPField.Name, String)] = [
            (.contentSecurityPolicy, Self.policy),
            (.xContentTypeOptions, "nosniff"),
            (.referrerPolicy, "strict-origin-when-cross-origin"),
            (.openerPolicy, "same-origin"),
            (.resourcePolicy, "same-origin"),
        ]
        for (name, value) in all where fields[name] == nil { fields[name] = value }
        if isSecure, fields[.strictTransportSecurity] == nil {
            fields[.strictTransportSecurity] = "max-age=31536000"
        }
    }
}
