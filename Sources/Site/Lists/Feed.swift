import FoundationEssentials
import Gate
import Ground
import Settings

/// One feed: the newest pages of the site or of a section, as its readers may read them.
struct Feed {
    private let texts: FileTexts
    private let file: GeneratedFile
    private let title: String
    /// The page that it is the feed of.
    private let home: String

    init(_ texts: FileTexts, _ file: GeneratedFile, _ scope: FeedScope) {
        self.texts = texts
        self.file = file
        let site = texts.model.settings.title
        switch scope {
        case .language(let language):
            title = texts.model.settings.title(in: language)
            let front = texts.model.pages.first { $0.original == "index" && $0.language == language }
            let isOpen = front.map { file.access.admitsOnly(thoseOf: $0.access) } ?? false
            home = texts.url(isOpen ? front?.path.encoded ?? "/" : "/")
        case .section(let position):
            title = "\(texts.rendered[position].title) · \(site)"
            home = texts.url(texts.model.pages[position].path.encoded)
        }
    }

    /// As Atom (RFC 4287).
    ///
    /// The feed's own date is its newest entry's: the same site gives the same bytes.
    var atom: String {
        let own = texts.url(file.path.encoded)
        var text =
            FileTexts.head + "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"\(file.language)\">\n"
        text += XMLText.element("title", title)
        text += XMLText.element("id", own)
        text += "<link rel=\"self\" type=\"application/atom+xml\" href=\"\(XMLText.escaped(own))\"/>\n"
        text += "<link rel=\"alternate\" type=\"text/html\" hreflang=\"\(file.language)\""
        text += " href=\"\(XMLText.escaped(home))\"/>\n"
        text += XMLText.element("updated", entries.map(\.changed).max()?.moment)
        text += "<author>\n" + XMLText.element("name", texts.model.settings.title) + "</author>\n"
        for entry in entries {
            text += "<entry>\n" + XMLText.element("title", entry.title) + XMLText.element("id", entry.url)
            text += "<link rel=\"alternate\" type=\"text/html\" href=\"\(XMLText.escaped(entry.url))\"/>\n"
            text += XMLText.element("published", entry.published.moment)
            text += XMLText.element("updated", entry.changed.moment)
            if let author = entry.author {
                text += "<author>\n" + XMLText.element("name", author) + "</author>\n"
            }
            text += XMLText.element("summary", entry.summary) + "</entry>\n"
        }
        return text + "</feed>\n"
    }

    /// JSON Feed 1.1.
    func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let document = Document(
            title: title,
            home_page_url: home,
            feed_url: texts.url(file.path.encoded),
            language: file.language,
            items: entries.map { entry in
                Document.Item(
                    id: entry.url,
                    url: entry.url,
                    title: entry.title,
                    content_text: entry.summary,
                    date_published: entry.published.moment,
                    date_modified: entry.changed.moment,
                    authors: entry.author.map { [Document.Author(name: $0)] }
                )
            }
        )
        return Array(try encoder.encode(document))
    }
}

extension Feed {
    private struct Entry {
        let title: String
        let url: String
        let summary: String
        let author: String?
        let published: PageDate
        let changed: PageDate
    }

    private var entries: [Entry] {
        file.pages.compactMap { position in
            let page = texts.model.pages[position]
            guard let date = page.source.frontMatter.date else { return nil }
            return Entry(
                title: texts.rendered[position].title,
                url: texts.url(page.path.encoded),
                summary: texts.summary(of: position),
                author: page.source.frontMatter.author,
                published: date,
                changed: max(page.source.frontMatter.updated ?? date, date)
            )
        }
    }

    /// The names are those of the format.
    private struct Document: Encodable {
        struct Author: Encodable { let name: String }

        struct Item: Encodable {
            let id: String
            let url: String
            let title: String
            let content_text: String
            let date_published: String
            let date_modified: String
            let authors: [Author]?
        }

        var version = "https://jsonfeed.org/version/1.1"
        let title: String
        let home_page_url: String
        let feed_url: String
        let language: String
        let items: [Item]
    }
}
