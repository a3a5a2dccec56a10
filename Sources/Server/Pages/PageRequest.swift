package import Ground
package import HTTPTypes

/// What the page path needs to know of a request.
///
/// A value, so that the page path stays a pure function.
package struct PageRequest: Sendable {
    package let method: HTTPRequest.Method
    package let path: PagePath
    package let fields: HTTPFields
    /// The query without its `?`, as sent; nil where there is none.
    package let query: String?

    package init(method: HTTPRequest.Method, path: PagePath, fields: HTTPFields, query: String? = nil) {
        self.method = method
        self.path = path
        self.fields = fields
        self.query = query
    }

    /// Whether it asks for what is there, and for nothing to be done.
    package var reads: Bool { method == .get || method == .head }

    /// Whether somebody looks at a page, as against an image, a script or a prefetch asking for something.
    ///
    /// Browsers say so in `Sec-Fetch-Mode` (Fetch Metadata); of others, whoever accepts HTML is taken to look.
    package var isNavigation: Bool {
        guard reads else { return false }
        if let mode = fields[.secFetchMode] { return mode == "navigate" }
        return fields[.accept]?.contains("text/html") ?? false
    }

    /// Whether the browser asks on speculation; nothing may be counted or created for it.
    package var isPrefetch: Bool {
        fields[.secPurpose]?.contains("prefetch") ?? false || fields[.purpose] == "prefetch"
    }

    /// Whether a link or form of another site led here: then `SameSite=Strict` cookies stayed at home.
    package var arrivedFromElsewhere: Bool { fields[.secFetchSite] == "cross-site" }

    /// Whether the answer should be JSON: it is accepted by name and HTML is not.
    package var wantsJSON: Bool { fields.wantsJSON }
}

extension HTTPFields {
    /// Whether the sender accepts JSON by name and not HTML.
    var wantsJSON: Bool {
        guard let accept = self[.accept] else { return false }
        return accept.contains("application/json") && !accept.contains("text/html")
    }
}

extension HTTPField.Name {
    // The names are tokens (RFC 9110 §5.1), so each of these is a name.
    static let secFetchMode = HTTPField.Name.known("Sec-Fetch-Mode")
    static let secFetchSite = HTTPField.Name.known("Sec-Fetch-Site")
    static let secPurpose = HTTPField.Name.known("Sec-Purpose")
    static let purpose = HTTPField.Name.known("Purpose")
    static let host = HTTPField.Name.known("Host")
    static let forwardedFor = HTTPField.Name.known("X-Forwarded-For")
    static let robotsTag = HTTPField.Name.known("X-Robots-Tag")
    static let requestID = HTTPField.Name.known("X-Request-ID")
    static let rateLimit = HTTPField.Name.known("RateLimit")
    static let rateLimitPolicy = HTTPField.Name.known("RateLimit-Policy")
    static let clearSiteData = HTTPField.Name.known("Clear-Site-Data")
    static let referrerPolicy = HTTPField.Name.known("Referrer-Policy")
    static let openerPolicy = HTTPField.Name.known("Cross-Origin-Opener-Policy")
    static let resourcePolicy = HTTPField.Name.known("Cross-Origin-Resource-Policy")

    private static func known(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else {
            preconditionFailure("'\(name)' is a field name by its spelling")
        }
        return name
    }
}
