/// Where visitors find the site: scheme, host and perhaps a port, and nothing after them.
package struct SiteURL: Hashable, Sendable, CustomStringConvertible {
    package enum Scheme: String, Sendable {
        case http, https
    }

    package let scheme: Scheme
    /// In lower case; an IPv6 address stands in brackets.
    package let host: String
    /// Nil where it is the scheme's own, 80 or 443, whether that was written or not.
    package let port: Int?

    /// Reads `https://example.org` or `http://localhost:8080`, with or without a closing slash.
    ///
    /// Returns nil for anything else: another scheme, a user, a path, a query, a fragment, a host that is no host.
    package init?(_ text: String) {
        guard let mark = text.firstRange(of: "://"),
            let scheme = Scheme(rawValue: text[..<mark.lowerBound].lowercased())
        else { return nil }
        var rest = text[mark.upperBound...]
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        guard let (host, port) = Self.authority(rest) else { return nil }
        self.scheme = scheme
        self.host = host.lowercased()
        self.port = port == (scheme == .https ? 443 : 80) ? nil : port
    }

    /// As a browser sends it in `Origin`: `https://example.org` or `http://localhost:8080` (RFC 6454 §6.2).
    package var origin: String { "\(scheme.rawValue)://\(host)" + (port.map { ":\($0)" } ?? "") }

    /// Whether browsers reach the site over TLS.
    package var isSecure: Bool { scheme == .https }

    package var description: String { origin }
}

extension SiteURL {
    /// Splits a host and its port (RFC 3986 §3.2.2, without what no site needs).
    private static func authority(_ text: Substring) -> (host: String, port: Int?)? {
        var host = text
        var port: Int?
        if let colon = text.lastIndex(of: ":"), text[colon...].firstIndex(of: "]") == nil {
            let digits = text[text.index(after: colon)...]
            guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits),
                (1...65535).contains(number)
            else { return nil }
            (host, port) = (text[..<colon], number)
        }
        return isHost(host) ? (String(host), port) : nil
    }

    static func isHost(_ text: Substring) -> Bool {
        if text.hasPrefix("["), text.hasSuffix("]") {
            return AddressRange.isIPv6(text.dropFirst().dropLast())
        }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.unicodeScalars.allSatisfy { $0 == "-" || $0.isLetterOrDigit }
            }
    }
}
