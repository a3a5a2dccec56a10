import Gate

extension SiteModel {
    /// Whether everything lies where it lies in the other, for the same readers: then links and routes stay as they are.
    ///
    /// Costs O(pages + assets).
    func hasSamePlaces(as other: SiteModel) -> Bool {
        pages.elementsEqual(other.pages) { $0.hasSamePlace(as: $1) }
            && sources == other.sources && addresses == other.addresses
            && decided.elementsEqual(other.decided) { $0.path == $1.path && $0.access.admits(as: $1.access) }
            && assets.elementsEqual(other.assets) { $0.file == $1.file && $0.expires == $1.expires }
            && aliases.elementsEqual(other.aliases) { $0.page == $1.page && $0.place == $1.place }
    }
}

extension Page {
    /// Whether links to it, and its line of the gate table, are those of the other.
    fileprivate func hasSamePlace(as other: Page) -> Bool {
        let (front, before) = (source.frontMatter, other.source.frontMatter)
        return source.file == other.source.file && language == other.language
            && front.expires == before.expires && front.isTeaser == before.isTeaser
    }
}

extension Access {
    /// Whether it is for the same readers, whatever line says so.
    fileprivate func admits(as other: Access) -> Bool { Audience.Key(self) == Audience.Key(other) }
}
