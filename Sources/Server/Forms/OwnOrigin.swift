package import HTTPTypes
package import Settings

/// Which origins a form may be posted from: this site's own (RFC 6454, Fetch Metadata).
package struct OwnOrigin: Sendable {
    /// Such as `https://example.org`; lower case, without a default port.
    private let origins: Set<String>
    private static let loopback = ["localhost", "127.0.0.1", "[::1]"]

    /// Takes the site's URL.
    ///
    /// Where that is one of the names of this machine itself, the others do as well: who tries a site on a
    /// laptop types one or the other.
    package init(site: SiteURL) {
        guard Self.loopback.contains(site.host) else {
            origins = [site.origin]
            return
        }
        let port = site.port.map { ":\($0)" } ?? ""
        origins = Set(Self.loopback.map { "\(site.scheme.rawValue)://\($0)\(port)" })
    }

    /// Whether a posted form comes from this site.
    ///
    /// A browser says so in `Origin`, or in `Sec-Fetch-Site`; who says neither does not get in.
    package func isSource(of fields: HTTPFields) -> Bool {
        if let origin = fields[.origin] { return origins.contains(origin.lowercased()) }
        return fields[.secFetchSite] == "same-origin"
    }

    /// Whether a script's JSON may be taken: no browser on another site sent it.
    ///
    /// Programs that are no browsers send neither field, and a browser cannot send that content type
    /// elsewhere without being let (Fetch, CORS-safelisted).
    package func mayBeSource(of fields: HTTPFields) -> Bool {
        if fields[.origin] != nil { return isSource(of: fields) }
        return fields[.secFetchSite].map { $0 == "same-origin" } ?? true
    }
}
