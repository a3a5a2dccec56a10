package import Ground

/// `build`: what is made of the site and beside its pages, and what stays in the output folder.
package struct BuildSettings: Hashable, Sendable {
    /// A format of feeds.
    package enum Feed: String, Sendable, CaseIterable {
        case atom, json
    }

    /// `releases_kept`: how many releases stay, the current one included; at least 1.
    ///
    /// The one before it stays in any case.
    package var releasesKept: Int
    /// `compress`: in which codings pages and other text files are written besides; none for none.
    package var compress: [ContentCoding]
    /// `fingerprint`: whether assets get names that change with their bytes, so that browsers need not ask again.
    package var fingerprint: Bool
    /// `minify`: whether pages, style sheets and scripts are made shorter by the program `minify`.
    package var minify: Bool
    /// `photographs`: whether photographs and drawings get smaller images, among which browsers choose; only with `fingerprint`.
    package var photographs: Bool
    /// `feeds`: the formats that feeds are made in; both where it is not said.
    package var feeds: [Feed]
    /// `sitemap`: whether there are a sitemap.xml and a robots.txt.
    package var sitemap: Bool
    /// `llms`: whether there is an llms.txt, the list of pages for programs that read for people.
    package var llms: Bool
    /// `search`: whether the words of pages are indexed, where the theme has a search.
    package var search: Bool

    package init(
        releasesKept: Int = 5,
        compress: [ContentCoding] = [.gzip, .br],
        fingerprint: Bool = true,
        minify: Bool = false,
        photographs: Bool = true,
        feeds: [Feed] = Feed.allCases,
        sitemap: Bool = true,
        llms: Bool = true,
        search: Bool = true
    ) {
        self.releasesKept = releasesKept
        self.compress = compress
        self.fingerprint = fingerprint
        self.minify = minify
        self.photographs = photographs
        self.feeds = feeds
        self.sitemap = sitemap
        self.llms = llms
        self.search = search
    }
}
