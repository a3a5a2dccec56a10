package import Ground

/// `taxonomies` and `paginate`: what lists of pages there are beside those of folders, and how long one may be.
package struct ListSettings: Hashable, Sendable {
    /// One way of sorting pages, such as `tags`; also the front matter key, and the folder of its pages.
    package struct Taxonomy: Hashable, Sendable {
        package let name: String
        /// Where it is written.
        package let place: Place
    }

    /// `taxonomies`: in the order of the file; without it `tags` are shown and lead nowhere.
    package var taxonomies: [Taxonomy] = []
    /// `paginate`: how many pages one page of a list names; 0 for all.
    package var paginate = 0

    package init() {}
}

extension ListSettings {
    init(_ settings: YAMLTable) {
        paginate = settings.number("paginate", in: 0...100_000) ?? 0
        for (name, place) in settings.texts("taxonomies") ?? [] {
            if !Self.isName(name) {
                settings.reading.report(
                    at: place,
                    "taxonomies must be names in lower case such as tags or case-studies, found '\(name)'"
                )
            } else if taxonomies.contains(where: { $0.name == name }) {
                settings.reading.report(at: place, "the taxonomy '\(name)' stands here twice")
            } else {
                taxonomies.append(Taxonomy(name: name, place: place))
            }
        }
    }

    /// It is a key of front matter and a part of addresses.
    private static func isName(_ text: String) -> Bool {
        let first = text.unicodeScalars.first.map { ("a"..."z").contains($0) } ?? false
        return first
            && text.unicodeScalars.allSatisfy {
                ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" || $0 == "_"
            }
    }
}
