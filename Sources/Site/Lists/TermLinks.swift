import Gate
import Ground
import Theme

/// The terms of one page, each with the way to the list of it that the page's readers may read.
struct TermLinks {
    private let model: SiteModel

    init(_ model: SiteModel) { self.model = model }

    /// One group for each taxonomy that the page has terms of; plain `tags` are a group without links.
    func groups(of page: Page) -> TemplateValue {
        let taxonomies = model.lists.taxonomies
        var groups = taxonomies.compactMap { taxonomy in
            group(taxonomy.title, page.source.frontMatter.terms[taxonomy.name] ?? []) { spelling in
                taxonomy.term(spelling)?.editions.best(for: page.access)?.path.encoded ?? ""
            }
        }
        if !taxonomies.contains(where: { $0.name == "tags" }),
            let tags = group("Tags", page.source.frontMatter.tags, href: { _ in "" })
        {
            groups.append(tags)
        }
        return .list(groups)
    }

    /// The terms of a taxonomy as these readers may know them: by name, with the number of pages in the list behind each.
    func terms(of taxonomy: Taxonomy, for access: Access) -> TemplateValue {
        let known = taxonomy.terms.compactMap { term in
            term.editions.best(for: access).map { (title: term.title(in: $0), edition: $0) }
        }
        return .list(
            known.map {
                .table([
                    "title": .text($0.title), "href": .text($0.edition.path.encoded),
                    "count": .number($0.edition.pages.count),
                ])
            }
        )
    }
}

extension TermLinks {
    private func group(_ title: String, _ terms: [String], href: (String) -> String) -> TemplateValue? {
        guard !terms.isEmpty else { return nil }
        let entries = terms.map { TemplateValue.table(["title": .text($0), "href": .text(href($0))]) }
        return .table(["title": .text(title), "terms": .list(entries)])
    }
}
