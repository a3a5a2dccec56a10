import Gate
import Ground
import Settings

/// A file that the build makes itself, of what its readers may read.
struct GeneratedFile: Sendable {
    enum Kind: Sendable {
        case sitemap
        /// One of several, where one file may not hold all: pages from here on, so many.
        case sitemapPart(Range<Int>)
        case robots
        case llms
        case feed(BuildSettings.Feed, of: FeedScope)
    }

    let kind: Kind
    let path: PagePath
    let access: Access
    /// That of its pages, where they are of one.
    let language: String
    /// What it is made of, in its order.
    let pages: [Int]
    /// What asks for it.
    let place: Place

    var mediaType: String {
        switch kind {
        case .sitemap, .sitemapPart: "application/xml; charset=utf-8"
        case .robots, .llms: "text/plain; charset=utf-8"
        case .feed(.atom, _): "application/atom+xml; charset=utf-8"
        case .feed(.json, _): "application/feed+json; charset=utf-8"
        }
    }
}

/// Whose news a feed tells.
enum FeedScope: Hashable, Sendable {
    /// All pages of one language of the site.
    case language(String)
    /// A position in the model.
    case section(Int)
}
