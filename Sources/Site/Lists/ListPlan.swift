import Gate
import Ground
import Settings

/// Every list of pages beside those that one page can show.
struct ListPlan: Sendable {
    let taxonomies: [Taxonomy]
    let pages: [ListPage]
    /// By the position of a section: the first piece of its list, where that is too long for one page.
    let first: [Int: (pages: [Int], pager: Pager)]

    /// Costs O(pages × different accesses), apart from sorting; notes what cannot be.
    init(_ settings: Settings, pages: [Page], order: PageOrder, problems: inout [Diagnostic]) {
        let editions = Editions(policy: settings.visibility, pages: pages)
        let size = settings.lists.paginate
        var taxonomies: [Taxonomy] = []
        var made: [ListPage] = []
        for setting in settings.lists.taxonomies {
            taxonomies.append(
                Taxonomy(setting, pages: pages, order: order, editions: editions, problems: &problems)
            )
        }
        for taxonomy in taxonomies { made += Self.pages(of: taxonomy, size: size) }
        var first: [Int: (pages: [Int], pager: Pager)] = [:]
        for page in pages where page.source.file.isSection && size > 0 {
            let pieces = Pager.pieces(of: Self.shown(on: page, pages, order), size: size)
            guard pieces.count > 1 else { continue }
            first[page.position] = (pieces[0], Pager(number: 1, count: pieces.count, base: page.path))
            made += Self.pages(
                pieces.dropFirst(),
                of: pieces.count,
                .section(page.position),
                at: page.path,
                page.access,
                page.place,
                settings.visibility
            )
        }
        self.taxonomies = taxonomies
        self.pages = made
        self.first = first
    }
}

extension ListPlan {
    private static func pages(of taxonomy: Taxonomy, size: Int) -> [ListPage] {
        let lists = taxonomy.editions.map { edition in
            ListPage(
                kind: .taxonomy(taxonomy),
                path: edition.path,
                access: edition.access,
                pages: [],
                pager: Pager(number: 1, count: 1, base: edition.path),
                place: taxonomy.place
            )
        }
        let terms = taxonomy.terms.flatMap { term in
            term.editions.flatMap { edition in
                let pieces = Pager.pieces(of: edition.pages, size: size)
                return pages(
                    pieces[...],
                    of: pieces.count,
                    .term(term, edition, of: taxonomy),
                    at: edition.path,
                    edition.access,
                    taxonomy.place,
                    nil
                )
            }
        }
        return lists + terms
    }

    /// A rule may speak of a later page by itself; where a policy is given, the page obeys it.
    private static func pages(
        _ pieces: ArraySlice<[Int]>,
        of count: Int,
        _ kind: ListPage.Kind,
        at base: PagePath,
        _ access: Access,
        _ place: Place,
        _ policy: VisibilityPolicy?
    ) -> [ListPage] {
        pieces.indices.compactMap { index in
            Pager.path(index + 1, of: base).map { path in
                ListPage(
                    kind: kind,
                    path: path,
                    access: policy?.access(to: path, generated: access) ?? access,
                    pages: pieces[index],
                    pager: Pager(number: index + 1, count: count, base: base),
                    place: place
                )
            }
        }
    }

    /// What the readers of a section may be shown: what they may read, and teasers.
    private static func shown(on section: Page, _ pages: [Page], _ order: PageOrder) -> [Int] {
        order.children(of: section).filter {
            section.access.admitsOnly(thoseOf: pages[$0].access) || pages[$0].source.frontMatter.isTeaser
        }
    }
}
