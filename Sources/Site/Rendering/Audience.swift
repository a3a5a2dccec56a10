import Gate
import Ground
import Theme

/// What readers of one kind of page may be shown of the other pages; made once for each kind.
final class Audience: Sendable {
    /// Who they are: everyone who may see pages of this access.
    struct Key: Hashable, Sendable {
        let visibility: Visibility
        let requirements: [Requirement]
        /// Whose menu it is; empty where that makes no difference.
        let language: String

        init(_ access: Access, language: String = "") {
            visibility = access.visibility
            requirements = access.requirements
            self.language = language
        }
    }

    private let access: Access
    private let words: Words
    private let menu: [TemplateValue]
    private let navigation: Navigation
    /// By the page's position in the model: where it stands in the menu.
    private let menuPlaces: [Int: Int]
    private let common: [String: TemplateValue]

    /// The menu has the pages of one language.
    init(_ access: Access, words: Words, listing: SiteListing) {
        let language = words.language
        self.access = access
        self.words = words
        let entries = listing.menu.filter { listing.language(of: $0.page) == language }.compactMap { entry in
            listing.menuItem(entry, for: access).map {
                Navigation.Entry(page: entry.page, item: $0)
            }
        }
        menu = entries.map { .table($0.item.merging(["current": false]) { own, _ in own }) }
        menuPlaces = Dictionary(entries.enumerated().map { ($1.page, $0) }) { first, _ in first }
        navigation = Navigation(entries, places: menuPlaces, listing: listing)
        let own: [String: TemplateValue] = [
            "language": .text(language), "direction": .text(TextDirection(language: language).rawValue),
            "home": .text(listing.home(in: language, for: access)),
        ]
        common = listing.siteContext.merging(own) { _, own in own }
    }

    /// `site` as templates of this audience see it.
    ///
    /// `chain` is the page and those around it, the nearest first: the first of them that stands in the menu is current.
    func site(around chain: [Int], withNavigation: Bool) -> TemplateValue {
        let place = chain.lazy.compactMap { self.menuPlaces[$0] }.first
        var menu = menu
        if let place, case .table(var entry) = menu[place] {
            entry["current"] = true
            menu[place] = .table(entry)
        }
        var site = common
        site["menu"] = .list(menu)
        if withNavigation { site["navigation"] = navigation.value(current: place) }
        return .table(site)
    }

    /// The pages of a section that this audience may be shown.
    func pages(_ positions: [Int], listing: SiteListing) -> TemplateValue {
        .list(
            positions.compactMap { position in
                listing.item(position, for: access).map { item in
                    var item = item
                    if case .text(let day)? = item["date"] { item["date_words"] = .text(words.date(day)) }
                    return TemplateValue.table(item)
                }
            }
        )
    }
}
