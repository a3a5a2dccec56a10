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
        let words = model.words[page.language]
        var groups = taxonomies.compactMap { taxonomy in
            group(taxonomy.title(in: words), page.source.frontMatter.terms[taxonomy.name] ?? []) { spelling in
                taxonomy.term(spelling)?.editions.best(for: page.access)?.path.encoded ?? ""
            }
        }
        if !taxonomies.contains(where: { $0.name == "tags" }),
            let tags = group(
                words.text("taxonomy_tags") ?? "Tags",
                page.source.frontMatter.tags,
                href: { _ in "" }
            )
        {
            groups.append(tags)
        }
        return .list(groups)
    }

    /// The pages that share most terms with a page, of those in its language that its readers may read: positions, the
    /// nearest first.
    ///
    /// How near is counted in the lists that those readers may read: else the order would tell how many private
    /// pages stand in between. Each term gives a few of its pages on either side of this one, so that a term of all
    /// pages costs no more than another.
    func related(to page: Page) -> [Int] {
        var shared: [Int: (terms: Int, steps: Int)] = [:]
        let ranks = model.order.ranks
        let own = ranks[page.position]
        for taxonomy in model.lists.taxonomies {
            for spelling in page.source.frontMatter.terms[taxonomy.name] ?? [] {
                guard let pages = taxonomy.term(spelling)?.editions.best(for: page.access)?.pages,
                    let place = Self.place(of: own, in: pages, ranks)
                else { continue }
                let window = max(0, place - Self.reach)..<min(pages.count, place + Self.reach + 1)
                for (other, position) in zip(window, pages[window])
                where position != page.position && model.pages[position].language == page.language {
                    let (terms, steps) = shared[position] ?? (0, .max)
                    shared[position] = (terms + 1, min(steps, abs(other - place)))
                }
            }
        }
        let best = shared.sorted { left, right in
            (-left.value.terms, left.value.steps, ranks[left.key])
                < (-right.value.terms, right.value.steps, ranks[right.key])
        }
        return best.prefix(Self.mostRelated).map(\.key)
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
    private static let reach = 20
    private static let mostRelated = 5

    /// Where a page of this rank stands among pages in the order of ranks.
    private static func place(of rank: Int, in pages: [Int], _ ranks: [Int]) -> Int? {
        var (low, high) = (0, pages.count)
        while low < high {
            let middle = (low + high) / 2
            if ranks[pages[middle]] < rank { low = middle + 1 } else { high = middle }
        }
        return low < pages.count && ranks[pages[low]] == rank ? low : nil
    }

    private func group(_ title: String, _ terms: [String], href: (String) -> String) -> TemplateValue? {
        guard !terms.isEmpty else { return nil }
        let entries = terms.map { TemplateValue.table(["title": .text($0), "href": .text(href($0))]) }
        return .table(["title": .text(title), "terms": .list(entries)])
    }
}
