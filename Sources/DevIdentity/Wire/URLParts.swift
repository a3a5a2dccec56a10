/// As much of a URL as the service has to judge.
struct URLParts {
    let scheme: String
    let host: String
    let text: String

    /// Takes an absolute `http`, `https` or app URL with a host, or returns nil.
    init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let rest = text[text.index(after: colon)...]
        guard rest.hasPrefix("//") else { return nil }
        let authority = rest.dropFirst(2).prefix { !"/?#\\".contains($0) }
        let host = Self.hostname(ofAuthority: String(authority.split(separator: "@").last ?? ""))
        let scheme = text[..<colon].lowercased()
        guard !host.isEmpty, !scheme.isEmpty,
            scheme.allSatisfy({ $0.isLetter || "0123456789+-.".contains($0) })
        else { return nil }
        self.scheme = scheme
        self.host = host
        self.text = text
    }

    /// Lower case, without port and brackets.
    static func hostname(ofAuthority authority: String) -> String {
        if authority.hasPrefix("[") { return String(authority.dropFirst().prefix { $0 != "]" }).lowercased() }
        return String(authority.prefix { $0 != ":" }).lowercased()
    }

    /// The URL with more fields in its query; what was there stays.
    func adding(_ fields: [(String, String)]) -> String {
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let separator = parts[0].contains("?") ? "&" : "?"
        let fragment = parts.count > 1 ? "#\(parts[1])" : ""
        return "\(parts[0])\(separator)\(FormText.query(fields))\(fragment)"
    }
}
