import Gate
import Ground
import Settings
import Theme

/// Which indexes of words the site gets, and for whom.
///
/// A page is in one index only: that of its language and of just those who may read it. So no index holds a word that one
/// of its readers may not read, and a member's browser asks for several.
struct SearchPlan: Sendable {
    /// The pages of one index.
    struct Group: Sendable {
        let language: String
        let access: Access
        /// When the first of these pages is gone, in seconds since 1970 in UTC; nil where all stay.
        ///
        /// An index cannot forget a page, so those that go have one of their own, which goes with the first of them.
        let expires: Int?
        /// In the order in which equal results shall stand.
        let pages: [Int]
    }

    /// A file at which a search begins.
    struct Entry: Sendable {
        let path: PagePath
        let access: Access
        /// Positions among the groups; the first is written into the entry itself where its readers are the entry's.
        let groups: [Int]
    }

    /// Where all files of the search lie; nothing of content does.
    static let root = GateTable.searchRoot

    let groups: [Group]
    let entries: [Entry]
    /// By language: where readers of its pages begin.
    private let starts: [String: (open: PagePath?, members: PagePath?)]

    /// None at all where the settings or the theme want none.
    ///
    /// Costs O(pages), apart from sorting.
    init(_ settings: Settings, pages: [Page], order: PageOrder, theme: Theme) {
        let isWanted = settings.build.search && theme.mentions("search")
        let listed = isWanted ? order.all.filter { pages[$0].source.frontMatter.isInSearch } : []
        let sorted = listed.sorted { pages[$0].path < pages[$1].path }
        var groups: [Group] = []
        var entries: [Entry] = []
        var starts: [String: (open: PagePath?, members: PagePath?)] = [:]
        for language in [settings.language] + settings.languages {
            let first = groups.count
            groups += Self.groups(of: sorted.filter { pages[$0].language == language }, language, pages)
            let made = Array(groups.indices[first...])
            let open = made.filter { groups[$0].access.visibility == .public }
            let closed = made.filter { groups[$0].access.visibility == .private }
            func entry(_ name: String, _ visibility: Visibility, _ groups: [Int]) -> PagePath? {
                guard !groups.isEmpty, let path = PagePath(Self.root + name) else { return nil }
                let place = Place(file: "site.config")
                let access = Access(visibility: visibility, requirements: [], place: place)
                entries.append(Entry(path: path, access: access, groups: groups))
                return path
            }
            starts[language] = (
                entry("\(language).json", .public, open), entry("\(language).members.json", .private, closed)
            )
        }
        self.groups = groups
        self.entries = entries
        self.starts = starts
    }

    /// `search` for templates: where a search of these pages begins, for everyone and for members; nil where there is none.
    ///
    /// The same for all pages of a language, so that a page for everyone does not tell what members find.
    func value(language: String) -> TemplateValue? {
        guard let start = starts[language], start.open != nil || start.members != nil else { return nil }
        return .table([
            "index": .text(start.open?.encoded ?? ""), "members": .text(start.members?.encoded ?? ""),
        ])
    }

    /// Whether names are needed that nobody can guess.
    var isPartlyPrivate: Bool { groups.contains { $0.access.visibility == .private } }
}

extension SearchPlan {
    private struct Key: Hashable {
        let readers: Audience.Key
        let goes: Bool
    }

    /// Those for everyone first, then those that ask for least.
    private static func groups(of positions: [Int], _ language: String, _ pages: [Page]) -> [Group] {
        let parted = Dictionary(grouping: positions) { position in
            Key(
                readers: Audience.Key(pages[position].access),
                goes: pages[position].source.frontMatter.expires != nil
            )
        }
        return parted.values.map { positions in
            let ends = positions.compactMap { pages[$0].source.frontMatter.expires?.seconds }
            return Group(
                language: language,
                access: pages[positions[0]].access,
                expires: ends.min(),
                pages: positions
            )
        }.sorted { rank($0) < rank($1) }
    }

    private static func rank(_ group: Group) -> (Int, Int, String, Int, Int) {
        let (visibility, count, name) = Editions.rank(group.access)
        // Two accesses may have one name; no two groups have one page.
        return (visibility, count, name, group.expires == nil ? 0 : 1, group.pages[0])
    }
}
