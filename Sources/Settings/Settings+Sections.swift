import Gate
import Ground

extension AppwriteSettings {
    /// Reads `appwrite`; nil where no endpoint is set.
    init?(_ settings: YAMLTable) {
        let table = settings.table("appwrite", keys: ["endpoint", "project", "key"])
        let endpoint = table.parsed(
            "endpoint",
            "an http:// or https:// address such as https://fra.cloud.appwrite.io/v1",
            mixed: true,
            Self.endpoint
        )
        let project = table.parsed("project", "a project id such as 65f0c2", mixed: true, Self.project)
        let key = SecretSetting(table, key: "key", suggested: "APPWRITE_API_KEY")
        guard table.entry("endpoint") != nil else { return nil }
        _ = table.required("project", "the id of the project at Appwrite", { _ in true })
        _ = table.required(
            "key",
            "where the API key comes from, as in 'key: ${APPWRITE_API_KEY}'",
            { _ in true }
        )
        guard let endpoint, let project, let key else { return nil }
        self.init(endpoint: endpoint, project: project, key: key)
    }

    private static func endpoint(_ text: String) -> String? {
        guard let mark = text.firstRange(of: "://") else { return nil }
        let (site, path) = (String(text[..<mark.upperBound]), text[mark.upperBound...])
        let host = path.prefix { $0 != "/" }
        guard SiteURL(String(site + host)) != nil,
            let tail = PagePath("/" + path.dropFirst(host.count + 1)),
            tail.encoded == tail.text
        else { return nil }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// Appwrite, "Custom ID": letters, digits, `.`, `-` and `_`, at most 36.
    private static func project(_ text: String) -> String? {
        let isID =
            (1...36).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy {
                $0.isLetterOrDigit || ".-_".unicodeScalars.contains($0)
            }
        return isID ? text : nil
    }
}

extension SecretSetting {
    /// Reads where a secret comes from.
    ///
    /// Whatever stands there instead is never printed: it may be the secret.
    init?(_ table: YAMLTable, key: String, suggested: String) {
        guard let value = table.entry(key)?.value else { return nil }
        guard case .scalar(let text, _) = value.content, let name = Variables.name(in: text) else {
            table.reading.report(
                at: value.place,
                "\(key) must name an environment variable: keys never stand in files",
                advice:
                    "write '\(key): ${\(suggested)}' and export \(suggested); if this was a real key, make a new one"
            )
            return nil
        }
        self.init(name: name, place: value.place)
    }
}

extension GuestSettings {
    init(_ settings: YAMLTable) {
        self.init()
        let table = settings.table(
            "guests",
            keys: ["sessions", "limit", "unidentified_limit", "new_sessions_per_address"]
        )
        func limit(_ key: String) -> RateLimit? {
            table.parsed(key, "a rate such as 120/1m", RateLimit.init)
        }
        sessions = table.choice("sessions", of: Sessions.self) ?? sessions
        self.limit = limit("limit") ?? self.limit
        unidentifiedLimit = limit("unidentified_limit") ?? unidentifiedLimit
        newSessionsPerAddress = limit("new_sessions_per_address") ?? newSessionsPerAddress
    }
}

extension ServerSettings {
    init(_ settings: YAMLTable) {
        self.init()
        let table = settings.table("server", keys: ["host", "port", "trusted_proxies", "state"])
        host = table.parsed("host", "an address or a host name", Self.host) ?? host
        port = table.number("port", in: 1...65535) ?? port
        state = table.text("state", mixed: true) ?? state
        trustedProxies = (table.texts("trusted_proxies") ?? []).compactMap { text, place in
            if let range = AddressRange(text) { return range }
            table.reading.report(
                at: place,
                "trusted_proxies must be addresses or ranges, found '\(text)'",
                advice: "as in 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32, without bits beyond the prefix"
            )
            return nil
        }
    }
}

extension ServerSettings {
    private static func host(_ text: String) -> String? {
        SiteURL.isHost(text[...]) || AddressRange.isIPv6(text[...]) ? text : nil
    }
}

extension MarkdownSettings {
    init(_ settings: YAMLTable) {
        self.init()
        let table = settings.table(
            "markdown",
            keys: ["dialect", "raw_html", "heading_anchors", "smart", "highlight"]
        )
        rawHTML = table.flag("raw_html") ?? rawHTML
        headingAnchors = table.flag("heading_anchors") ?? headingAnchors
        smart = table.flag("smart") ?? smart
        highlight = table.flag("highlight") ?? highlight
        guard let dialect = table.texts("dialect") else { return }
        gfm = false
        for (name, place) in dialect {
            switch name {
            case "gfm": gfm = true
            case "math": math = true
            case "markdoc": markdoc = true
            default:
                table.reading.report(
                    at: place,
                    "unknown dialect '\(name)'",
                    advice: Suggestion.advice(for: name, among: ["gfm", "markdoc", "math"])
                )
            }
        }
    }
}

extension BuildSettings {
    init(_ settings: YAMLTable) {
        self.init()
        let table = settings.table(
            "build",
            keys: [
                "compress", "fingerprint", "minify", "photographs", "releases_kept", "feeds", "sitemap",
                "llms", "search",
            ]
        )
        search = table.flag("search") ?? search
        sitemap = table.flag("sitemap") ?? sitemap
        llms = table.flag("llms") ?? llms
        if let names = table.texts("feeds") {
            let known = Feed.allCases.map(\.rawValue)
            for (name, place) in names where !known.contains(name) {
                table.reading.report(
                    at: place,
                    "unknown feed '\(name)'",
                    advice: Suggestion.advice(for: name, among: known)
                )
            }
            feeds = Feed.allCases.filter { feed in names.contains { $0.text == feed.rawValue } }
        }
        releasesKept = table.number("releases_kept", in: 1...1000) ?? releasesKept
        fingerprint = table.flag("fingerprint") ?? fingerprint
        minify = table.flag("minify") ?? minify
        photographs = table.flag("photographs") ?? photographs
        guard let names = table.texts("compress") else { return }
        compress = []
        for (name, place) in names {
            if let coding = ContentCoding(rawValue: name) {
                if !compress.contains(coding) { compress.append(coding) }
            } else {
                table.reading.report(
                    at: place,
                    "unknown coding '\(name)'",
                    advice: Suggestion.advice(for: name, among: ContentCoding.allCases.map(\.rawValue))
                )
            }
        }
    }
}
