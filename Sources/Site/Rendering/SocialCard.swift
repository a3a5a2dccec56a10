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
    private let frontMatter: FrontMatter
    private let settings: Settings

    init(_ page: Page, _ rendered: RenderedPage, _ settings: Settings) {
        title = rendered.title
        description = page.source.frontMatter.description ?? rendered.excerpt
        url = settings.url.origin + page.path.encoded
        image = rendered.image.map { $0.hasPrefix("/") ? settings.url.origin + $0 : $0 }
        frontMatter = page.source.frontMatter
        self.settings = settings
    }

    /// For templates.
    var value: TemplateValue {
        .table([
            "title": .text(title), "description": .text(description), "url": .text(url),
            "type": .text(isArticle ? "article" : "website"), "image": .text(image ?? ""),
            "published": .text(frontMatter.date?.moment ?? ""),
            "modified": .text((frontMatter.updated ?? frontMatter.date)?.moment ?? ""),
            "author": .text(frontMatter.author ?? ""), "json_ld": .html(jsonLD),
        ])
    }
}

extension SocialCard {
    private var isArticle: Bool { frontMatter.date != nil }

    /// For a `script` of type `application/ld+json`, which browsers do not run.
    ///
    /// Written by hand: an encoder made for each page would cost more than rendering the page.
    private var jsonLD: String {
        var fields = [
            ("@context", JSONText.quoted("https://schema.org")),
            ("@type", JSONText.quoted(isArticle ? "Article" : "WebPage")),
            ("headline", JSONText.quoted(title)), ("url", JSONText.quoted(url)),
            ("isPartOf", Self.thing("WebSite", settings.title)),
        ]
        if !description.isEmpty { fields.append(("description", JSONText.quoted(description))) }
        if let image { fields.append(("image", JSONText.quoted(image))) }
        if let author = frontMatter.author { fields.append(("author", Self.thing("Person", author))) }
        if let date = frontMatter.date {
            fields.append(("datePublished", JSONText.quoted(date.moment)))
            fields.append(("dateModified", JSONText.quoted((frontMatter.updated ?? date).moment)))
        }
        return "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    private static func thing(_ type: String, _ name: String) -> String {
        "{\"@type\":\(JSONText.quoted(type)),\"name\":\(JSONText.quoted(name))}"
    }
}
