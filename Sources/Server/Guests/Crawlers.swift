/// Those who read everything and keep nothing; no anonymous session is made for them.
package enum Crawlers {
    /// Words that crawlers, feed readers and link previewers put into their `User-Agent`.
    ///
    /// Missing one costs little: it would still have to keep cookies.
    private static let words = [
        "bot", "crawl", "spider", "slurp", "archiver", "facebookexternalhit", "preview", "monitor", "curl/",
        "wget/",
        "python-requests", "go-http-client", "feed", "lighthouse", "headlesschrome-prerender",
    ]

    /// Whether a user agent says that it is one.
    ///
    /// Who says nothing is taken for one.
    package static func include(_ userAgent: String?) -> Bool {
        guard let agent = userAgent?.lowercased(), !agent.isEmpty else { return true }
        return words.contains { agent.contains($0) }
    }
}
