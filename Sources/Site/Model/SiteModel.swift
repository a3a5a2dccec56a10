import Gate
import Ground
import Settings
import Theme

/// The whole site before its text is rendered: what is where, and who may see it.
///
/// A class, because everything that is made of the site holds it.
final class SiteModel: Sendable {
    let settings: Settings
    let theme: Theme
    let tags: SiteTags
    /// In the order of their files.
    let pages: [Page]
    /// In the order of their files.
    let assets: [Asset]
    /// By the file's path below `content`.
    let sources: [String: Target]
    /// By address.
    let addresses: [PagePath: Target]
    let openAddresses: OpenAddresses
    let absences: [Absence]
    let aliases: [Alias]
    /// How pages follow each other, and which stand below which.
    let order: PageOrder
    let lists: ListPlan
    let files: FilePlan
    let search: SearchPlan
    /// From the files below `data`, for templates.
    let data: [String: TemplateValue]
    let words: SiteWords
    /// Under which names pages refer to assets; none until they are named.
    let names: AssetNames
    /// By which private files get their names; nil until they are named, or where none needs it.
    let key: NameKey?
    /// `asset` for templates; nil where none asks for it.
    let assetTable: TemplateValue?

    init(
        settings: Settings,
        theme: Theme,
        tags: SiteTags,
        pages: [Page],
        assets: [Asset],
        sources: [String: Target],
        addresses: [PagePath: Target],
        absences: [Absence],
        aliases: [Alias],
        order: PageOrder,
        lists: ListPlan,
        files: FilePlan,
        search: SearchPlan,
        data: [String: TemplateValue],
        words: SiteWords,
        names: AssetNames = AssetNames(),
        key: NameKey? = nil,
        assetTable: TemplateValue? = nil,
        openAddresses: OpenAddresses? = nil
    ) {
        self.settings = settings
        self.theme = theme
        self.tags = tags
        self.pages = pages
        self.assets = assets
        self.sources = sources
        self.addresses = addresses
        self.absences = absences
        self.aliases = aliases
        self.order = order
        self.lists = lists
        self.files = files
        self.search = search
        self.data = data
        self.words = words
        self.names = names
        self.key = key
        self.assetTable = assetTable
        self.openAddresses = openAddresses ?? OpenAddresses(pages)
    }

    /// The same site with names for its assets.
    func naming(_ names: AssetNames, key: NameKey?, assetTable: TemplateValue?) -> SiteModel {
        copy(pages, assets, names, key, assetTable, openAddresses)
    }

    /// The same site with other pages or assets at the same places.
    func with(pages: [Page]? = nil, assets: [Asset]? = nil) -> SiteModel {
        copy(pages ?? self.pages, assets ?? self.assets, names, key, assetTable, nil)
    }

    private func copy(
        _ pages: [Page],
        _ assets: [Asset],
        _ names: AssetNames,
        _ key: NameKey?,
        _ assetTable: TemplateValue?,
        _ openAddresses: OpenAddresses?
    ) -> SiteModel {
        SiteModel(
            settings: settings,
            theme: theme,
            tags: tags,
            pages: pages,
            assets: assets,
            sources: sources,
            addresses: addresses,
            absences: absences,
            aliases: aliases,
            order: order,
            lists: lists,
            files: files,
            search: search,
            data: data,
            words: words,
            names: names,
            key: key,
            assetTable: assetTable,
            openAddresses: openAddresses
        )
    }

    /// The theme as it speaks a language of the site.
    func theme(in language: String) -> Theme { words.theme(in: language) ?? theme }

    /// Everything that is in the table because this build decided so, and for whom.
    var decided: [(path: PagePath, access: Access)] {
        pages.map { ($0.path, $0.access) } + assets.map { ($0.path, $0.access) }
            + aliases.map { ($0.path, $0.access) } + lists.pages.map { ($0.path, $0.access) }
            + files.files.map { ($0.path, $0.access) } + search.entries.map { ($0.path, $0.access) }
    }
}
