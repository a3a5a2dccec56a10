import Gate
import Ground
import Theme

/// What readers of one kind of page may be shown of the other pages; made once for each kind.
struct Audience: Sendable {
    /// Who they are: everyone who may see pages of this access.
    struct Key: Hashable, Sendable {
        let visibility: Visibility
        let requirements: [Requirement]

        init(_ access: Access) {
            visibility = access.visibility
            requirements = access.requirements
        }
    }

    private let access: Access
    private let menu: [TemplateValue]
    private let menuPositions: [PagePath: Int]
    private let common: [String: TemplateValue]

    init(_ access: Access, listing: SiteListing) {
        self.access = access
        let entries = listing.menu.compactMap { entry -> (PagePath, [String: TemplateValue])? in
            listing.item(entry.page, title: entry.title, for: access).map {
                (listing.path(of: entry.page), $0)
            }
        }
        menu = entries.map { .table($0.1.merging(["current": false]) { own, _ in own }) }
        menuPositions = Dictionary(entries.enumerated().map { ($1.0, $0) }) { first, _ in first }
        common = listing.siteContext
    }

    /// `site` as templates of this audience see it; the entry of the page, or of the nearest section around it, is current.
    func site(at path: PagePath?) -> TemplateValue {
        var menu = menu
        if let path, let position = position(nearest: path), case .table(var entry) = menu[position] {
            entry["current"] = true
            menu[position] = .table(entry)
        }
        return .table(common.merging(["menu": .list(menu)]) { own, _ in own })
    }

    /// The pages of a section that this audience may be shown.
    func pages(_ positions: [Int], listing: SiteListing) -> TemplateValue {
        .list(positions.compactMap { listing.item($0, title: nil, for: access).map(TemplateValue.table) })
    }

    /// The front page is current only on itself.
    private func position(nearest path: PagePath) -> Int? {
        if let position = menuPositions[path] { return position }
        var text = path.text[...]
        while let slash = text.dropLast().lastIndex(of: "/"), slash != text.startIndex {
            text = text[...slash]
            if let path = PagePath(String(text)), let position = menuPositions[path] { return position }
        }
        return nil
    }
}
