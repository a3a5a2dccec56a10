import Theme

/// The menu as a tree: an entry stands below the nearest page around it that is in the menu, too.
///
/// The front page is around all others, and has none of them below it: a menu with one root would be of no use.
struct Navigation: Sendable {
    struct Entry: Sendable {
        /// A position in the model.
        let page: Int
        let item: [String: TemplateValue]
    }

    private let entries: [Entry]
    private let parents: [Int?]
    private let children: [[Int]]
    private let roots: [Int]
    /// Each entry with all below it, none of them open.
    private let closed: [TemplateValue]

    /// `places` says where in the entries a page of the model stands.
    init(_ entries: [Entry], places: [Int: Int], listing: SiteListing) {
        self.entries = entries
        parents = entries.map { entry in
            listing.ancestors(of: entry.page).lazy.filter { !listing.isFront($0) }.compactMap { places[$0] }
                .first
        }
        var children = [[Int]](repeating: [], count: entries.count)
        var roots: [Int] = []
        for (place, parent) in parents.enumerated() {
            if let parent { children[parent].append(place) } else { roots.append(place) }
        }
        self.children = children
        self.roots = roots
        var closed = [TemplateValue?](repeating: nil, count: entries.count)
        // A page lies deeper than those around it, so no entry is below itself.
        func close(_ place: Int) -> TemplateValue {
            if let value = closed[place] { return value }
            let value = Self.value(entries[place].item, .list(children[place].map(close)))
            closed[place] = value
            return value
        }
        self.closed = entries.indices.map(close)
    }

    /// The tree with one entry current, and it and all above it open.
    ///
    /// Costs O(entries beside those that are open).
    func value(current place: Int?) -> TemplateValue {
        var open: (place: Int, value: TemplateValue)?
        var next = place
        while let place = next {
            open = (
                place,
                Self.value(
                    entries[place].item,
                    list(children[place], with: open),
                    isOpen: true,
                    isCurrent: open == nil
                )
            )
            next = parents[place]
        }
        return list(roots, with: open)
    }
}

extension Navigation {
    private func list(_ places: [Int], with open: (place: Int, value: TemplateValue)?) -> TemplateValue {
        .list(places.map { place in open.flatMap { $0.place == place ? $0.value : nil } ?? closed[place] })
    }

    /// Every key is there, so that a template never finds the value of an entry further out in its place.
    private static func value(
        _ item: [String: TemplateValue],
        _ children: TemplateValue,
        isOpen: Bool = false,
        isCurrent: Bool = false
    ) -> TemplateValue {
        var item = item
        item["current"] = .flag(isCurrent)
        item["open"] = .flag(isOpen)
        item["children"] = children
        return .table(item)
    }
}
