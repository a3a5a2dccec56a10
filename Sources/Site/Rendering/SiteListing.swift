import Gate
import Ground
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
    }

    /// All pages that stand in the menu for those who may see them, in its order.
    let menu: [MenuEntry]
    /// `site` without its menu.
    let siteContext: [String: TemplateValue]
    private let pages: [Listed]
    private let children: [String: [Int]]

    /// Titles come in the order of the model's pages.
    init(_ model: SiteModel, titles: [String]) {
        pages = zip(model.pages, titles).map { Listed(page: $0, title: $1) }
        let order = Self.order(pages)
        menu = order.compactMap { position in
            switch model.pages[position].source.frontMatter.menu {
            case .none: nil
            case .title: MenuEntry(page: position, title: nil)
            case .words(let words): MenuEntry(page: position, title: words)
            }
        }
        children = Dictionary(grouping: order.filter { Self.parent(model.pages[$0]) != nil }) {
            Self.parent(model.pages[$0]) ?? ""
        }
        siteContext = [
            "title": .text(model.settings.title),
            "language": .text(model.settings.language),
            "url": .text(model.settings.url.origin),
        ]
    }

    func path(of page: Int) -> PagePath { pages[page].page.path }

    /// The pages of the section whose `index.md` this is, in the order of lists; empty for any other page.
    func children(of page: Page) -> [Int] {
        page.source.file.isIndex ? children[String(page.source.file.folder)] ?? [] : []
    }

    /// What a list says of a page to these readers: all, or the title of a teaser, or nil for nothing at all.
    func item(_ position: Int, title: String?, for access: Access) -> [String: TemplateValue]? {
        let listed = pages[position]
        let mayRead = access.implies(listed.page.access)
        guard mayRead || listed.page.source.frontMatter.isTeaser else { return nil }
        // Every key is there, so that a template never finds the value of something around the list in its place.
        return [
            "title": .text(title ?? listed.title),
            "href": .text(listed.page.path.encoded),
            "description": .text(mayRead ? listed.page.source.frontMatter.description ?? "" : ""),
            "date": .text(mayRead ? listed.page.source.frontMatter.date?.day ?? "" : ""),
            "private": .flag(listed.page.access.visibility == .private),
        ]
    }
}

extension SiteListing {
    /// By weight, then the newest first, then by address.
    private static func order(_ pages: [Listed]) -> [Int] {
        pages.indices.sorted { left, right in
            let (left, right) = (pages[left].page, pages[right].page)
            let (older, newer) = (left.source.frontMatter, right.source.frontMatter)
            if older.weight != newer.weight { return older.weight < newer.weight }
            let dates = (older.date?.seconds ?? Int.min, newer.date?.seconds ?? Int.min)
            return dates.0 != dates.1 ? dates.0 > dates.1 : left.path < right.path
        }
    }

    /// The folder in whose list a page stands; nil for the front page, which stands in none.
    private static func parent(_ page: Page) -> String? {
        let folder = page.source.file.folder
        guard page.source.file.isIndex else { return String(folder) }
        guard !folder.isEmpty else { return nil }
        return folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? ""
    }
}
