import FoundationEssentials
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

    /// For a `script` of type `application/ld+json`, which browsers do not run: without `<`, which could end it.
    private var jsonLD: String {
        let document = Document(
            type: isArticle ? "Article" : "WebPage",
            headline: title,
            description: description.isEmpty ? nil : description,
            url: url,
            image: image,
            datePublished: frontMatter.date?.moment,
            dateModified: (frontMatter.updated ?? frontMatter.date)?.moment,
            author: frontMatter.author.map { Document.Thing(type: "Person", name: $0) },
            isPartOf: Document.Thing(type: "WebSite", name: settings.title)
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Nothing but texts: it can always be encoded, and a page without it would be no loss.
        let json = (try? encoder.encode(document)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        return json.replacing("<", with: "\\u003c").replacing("&", with: "\\u0026")
    }

    private struct Document: Encodable {
        struct Thing: Encodable {
            let type: String
            let name: String

            enum CodingKeys: String, CodingKey {
                case type = "@type"
                case name
            }
        }

        var context = "https://schema.org"
        let type: String
        let headline: String
        let description: String?
        let url: String
        let image: String?
        let datePublished: String?
        let dateModified: String?
        let author: Thing?
        let isPartOf: Thing

        enum CodingKeys: String, CodingKey {
            case context = "@context"
            case type = "@type"
            case headline, description, url, image, datePublished, dateModified, author, isPartOf
        }
    }
}
