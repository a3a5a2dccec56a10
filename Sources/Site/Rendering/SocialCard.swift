import Ground
import Settings
import Theme

/// What other sites and search engines read of a public page: OpenGraph, and JSON-LD in the words of schema.org.
///
/// Private pages have none: nobody who is no member reads them.
struct SocialCard {
    private let title: String
    private let description: String
    private let url: String
    private let image: String?
    private let source: PageSource
    private let siteTitle: String

    init(_ page: Page, _ rendered: RenderedPage, _ settings: Settings) {
        title = rendered.title
        description = page.source.frontMatter.description ?? rendered.excerpt
        url = settings.url.origin + page.path.encoded
        image = rendered.image.map { $0.hasPrefix("/") ? settings.url.origin + $0 : $0 }
        source = page.source
        siteTitle = settings.title
    }

    /// For templates.
    var value: TemplateValue {
        .table([
            "title": .text(title), "description": .text(description), "url": .text(url),
            "type": .text(isArticle ? "article" : "website"), "image": .text(image ?? ""),
            "published": .text(source.frontMatter.date?.moment ?? ""),
            "modified": .text((source.frontMatter.updated ?? source.frontMatter.date)?.moment ?? ""),
            "author": .text(source.frontMatter.author ?? ""), "json_ld": .markup(jsonLD),
        ])
    }
}

extension SocialCard {
    private var isArticle: Bool { source.frontMatter.date != nil }

    /// For a `script` of type `application/ld+json`, which browsers do not run.
    ///
    /// Written by hand: an encoder made for each page would cost more than rendering the page.
    private var jsonLD: [UInt8] {
        let front = source.frontMatter
        var json = JSONText()
        json.add("@context", "https://schema.org")
        json.add("@type", isArticle ? "Article" : "WebPage")
        json.add("headline", title)
        json.add("url", url)
        json.add("isPartOf", type: "WebSite", name: siteTitle)
        if !description.isEmpty { json.add("description", description) }
        if let image { json.add("image", image) }
        if let author = front.author { json.add("author", type: "Person", name: author) }
        if let date = front.date {
            json.add("datePublished", date.moment)
            json.add("dateModified", (front.updated ?? date).moment)
        }
        return json.object
    }
}
