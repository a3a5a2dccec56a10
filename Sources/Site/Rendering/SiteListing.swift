import Gate
import Ground
import Markdown
import Settings
import Theme

/// The pages as lists and menus name them.
///
/// Whatever names a page on another page asks here, and says for whom.
struct SiteListing: Sendable {
    struct MenuEntry: Sendable {
        let page: Int
        let title: String?
    }

    private struct Listed: Sendable {
        let page: Page
        let title: String
        /// What those who may read it are told.
        let entry: [String: TemplateValue]
    }

    /// What all copies of a listing share, so that to take one costs little.
    private final class Contents: Sendable {
        let pages: [Listed]
        let order: PageOrder
        let origin: String
        let ownLanguage: String
        /// By the path within the tree of their language; none where the site has one language.
        let translations: [String: [Int]]

        init(_ model: SiteModel, _ rendered: [RenderedPage]) {
            pages = zip(model.pages, rendered).map { page, rendered in
                Listed(page: page, title: rendered.title, entry: rendered.entry)
            }
            order = model.order
            origin = model.settings.url.origin
            ownLanguage = model.settings.language
            translations = model.settings.languages.isEmpty ? [:] : SiteListing.translations(model)
        }
    }

    /// All pages that stand in the menu for those who may see them, in its order.
    let menu: [MenuEntry]
    /// `site` without its menu.
    let siteContext: [String: TemplateValue]
    /// Where the pages are noted that are named from here on; nil where nobody asks.
    var notes: ShownNotes?
    private let contents: Contents

    /// The rendered pages come in the order of the model's.
    init(_ model: SiteModel, _ rendered: [RenderedPage]) {
        contents = Contents(model, rendered)
        menu = model.order.all.compactMap { position in
            switch model.pages[position].source.frontMatter.menu {
            case .none: nil
            case .title: MenuEntry(page: position, title: nil)
            case .words(let words): MenuEntry(page: position, title: words)
            }
        }
        siteContext = [
            "title": .text(model.settings.title),
            "language": .text(model.settings.language),
            "url": .text(model.settings.url.origin),
        ]
    }

    func language(of page: Int) -> String { contents.pages[page].page.language }

    /// The page in all its languages, itself included, as its readers may be shown them; nil where it is in one only.
    func translations(of page: Page) -> TemplateValue? {
        let known = (contents.translations[page.original] ?? []).compactMap { position in
            item(position, for: page.access).map { item in
                var item = item
                item["language"] = .text(contents.pages[position].page.language)
                item["url"] = .text(contents.origin + contents.pages[position].page.path.encoded)
                item["current"] = .flag(position == page.position)
                item["default"] = .flag(contents.pages[position].page.language == contents.ownLanguage)
                return TemplateValue.table(item)
            }
        }
        return known.count > 1 ? .list(known) : nil
    }

    func title(of page: Int) -> String {
        notes?.add(page)
        return contents.pages[page].title
    }

    /// The pages that stand for the folders around a page, the nearest first.
    func ancestors(of page: Int) -> [Int] { contents.order.ancestors(of: contents.pages[page].page) }

    /// Whether it is the first page of the site, or of one of its languages.
    func isFront(_ page: Int) -> Bool { contents.pages[page].page.original == "index" }

    /// The first page of a language for these readers, or that of the site.
    func home(in language: String, for access: Access) -> String {
        let front = (contents.translations["index"] ?? []).first { self.language(of: $0) == language }
        guard let front, case .text(let home)? = item(front, for: access)?["href"] else {
            return PagePath.root.encoded
        }
        return home
    }

    /// The pages below the one that stands for its folder, in the order of lists; empty for any other page.
    func children(of page: Page) -> [Int] { contents.order.children(of: page) }

    /// The pages that stand for the folders around a page, the outermost first, as its readers may see them.
    func trail(of page: Page) -> TemplateValue {
        .list(
            contents.order.ancestors(of: page).reversed().filter { language(of: $0) == page.language }
                .compactMap {
                    item($0, for: page.access).map(TemplateValue.table)
                }
        )
    }

    /// The nearest pages before and after it in its section that its readers may be shown.
    ///
    /// Passes over those that they may not; between two pages of one audience each is passed over twice at most.
    func neighbours(of page: Page) -> (previous: TemplateValue?, next: TemplateValue?) {
        guard let (row, place) = contents.order.row(of: page) else { return (nil, nil) }
        func first(_ positions: some Sequence<Int>) -> TemplateValue? {
            positions.lazy.compactMap { item($0, for: page.access) }.first(where: { _ in true })
                .map(TemplateValue.table)
        }
        return (first(row[..<place].reversed()), first(row[(place + 1)...]))
    }

    /// What a list says of a page to these readers: all, or the title of a teaser, or nil for nothing at all.
    func item(_ position: Int, for access: Access) -> [String: TemplateValue]? {
        notes?.add(position)
        let listed = contents.pages[position]
        if access.admitsOnly(thoseOf: listed.page.access) { return listed.entry }
        guard listed.page.source.frontMatter.isTeaser else { return nil }
        return Self.entry(
            listed.page.path,
            title: listed.title,
            isPrivate: listed.page.access.visibility == .private
        )
    }

    /// The same for the menu, which stands on every page and shows no summaries.
    func menuItem(_ entry: MenuEntry, for access: Access) -> [String: TemplateValue]? {
        guard var item = item(entry.page, for: access) else { return nil }
        for key in Self.summaryKeys { item[key] = nil }
        if let title = entry.title { item["title"] = .text(title) }
        return item
    }
}

extension SiteListing {
    /// What a list says of a page to those who may read it, as templates name it.
    static func entry(
        _ page: Page,
        title: String,
        summary: Summary,
        minutes: Int
    ) -> [String: TemplateValue] {
        let front = page.source.frontMatter
        return entry(
            page.path,
            title: title,
            description: front.description ?? "",
            date: front.date?.day ?? "",
            isPrivate: page.access.visibility == .private,
            summary: summary,
            minutes: .number(minutes)
        )
    }

    /// Every key is there, so that a template never finds the value of something around the list in its place.
    private static func entry(
        _ path: PagePath,
        title: String,
        description: String = "",
        date: String = "",
        isPrivate: Bool,
        summary: Summary = .none,
        minutes: TemplateValue = ""
    ) -> [String: TemplateValue] {
        [
            "title": .text(title),
            "href": .text(path.encoded),
            "description": .text(description),
            "date": .text(date),
            "private": .flag(isPrivate),
            "summary": .html(summary.html),
            "summary_text": .text(summary.text),
            "minutes": minutes,
        ]
    }

    private static let summaryKeys = ["summary", "summary_text", "minutes"]
}

extension SiteListing {
    /// Each group with the site's own language first, and then in the order of `languages`.
    private static func translations(_ model: SiteModel) -> [String: [Int]] {
        let languages = [model.settings.language] + model.settings.languages
        let ranks = Dictionary(uniqueKeysWithValues: languages.enumerated().map { ($1, $0) })
        return Dictionary(grouping: model.pages.indices) { model.pages[$0].original }.mapValues { group in
            group.sorted { ranks[model.pages[$0].language] ?? 0 < ranks[model.pages[$1].language] ?? 0 }
        }
    }
}
