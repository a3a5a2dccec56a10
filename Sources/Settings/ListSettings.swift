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

    /// `permalinks`: by folder.
    package var permalinks: [Permalink] = []

    package init() {}

    /// The pattern for pages of a folder: its own, or that of the nearest folder around it.
    package func permalink(for folder: String) -> Permalink? {
        guard !permalinks.isEmpty else { return nil }
        var folder = folder[...]
        while true {
            if let found = permalinks.first(where: { $0.folder == folder }) { return found }
            guard let slash = folder.lastIndex(of: "/") else { return nil }
            folder = folder[..<slash]
        }
    }
}

extension ListSettings {
    init(_ settings: YAMLTable) {
        paginate = settings.number("paginate", in: 0...100_000) ?? 0
        readPermalinks(settings)
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

    private mutating func readPermalinks(_ settings: YAMLTable) {
        guard let value = settings.entry("permalinks")?.value else { return }
        guard case .table(let entries) = value.content else {
            if case .nothing = value.content { return }
            settings.reading.report(
                at: value.place,
                "permalinks must be a table of folders and patterns, found \(value.found)"
            )
            return
        }
        for entry in entries {
            let folder = entry.key.split(separator: "/").joined(separator: "/")
            if case .scalar(let pattern, _) = entry.value.content, !folder.isEmpty,
                let permalink = Permalink(pattern, folder: folder, place: entry.value.place)
            {
                permalinks.append(permalink)
            } else {
                settings.reading.report(
                    at: entry.value.place,
                    "a permalink must be a pattern such as /:year/:month/:slug/, found \(entry.value.found)",
                    advice:
                        "it begins and ends with '/', has ':slug' in it, and may have :year, :month, :day and :section"
                )
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
