import Ground
import Settings
import Theme

/// One way of sorting pages: its terms, and the lists of those.
struct Taxonomy: Sendable {
    let name: String
    /// Where `site.config` names it.
    let place: Place
    /// By the words they are known by, sorted; see `Term.key`.
    let terms: [Term]
    /// Lists of terms; each edition's pages are those that have any.
    let editions: [Edition]
    private let positions: [String: Int]

    /// Sorts the pages; notes what cannot have an address.
    init(
        _ setting: ListSettings.Taxonomy,
        pages: [Page],
        order: PageOrder,
        editions: Editions,
        problems: inout [Diagnostic]
    ) {
        name = setting.name
        place = setting.place
        var uses: [String: [TermUse]] = [:]
        var users: [Int] = []
        for position in order.all {
            let terms = pages[position].source.frontMatter.terms[setting.name] ?? []
            if !terms.isEmpty { users.append(position) }
            for spelling in terms {
                let use = TermUse(page: position, spelling: spelling)
                let key = Term.key(of: spelling)
                if uses[key]?.last?.page != position { uses[key, default: []].append(use) }
            }
        }
        var owners: [String: String] = [:]
        var terms: [Term] = []
        var positions: [String: Int] = [:]
        for (key, uses) in uses.sorted(by: { $0.key < $1.key }) {
            let slug = Term.slug(of: key)
            guard let path = PagePath("/\(setting.name)/\(slug)/"), !slug.isEmpty, owners[slug] == nil else {
                problems.append(Self.problem(setting.name, slug, owners[slug], uses, pages))
                continue
            }
            owners[slug] = uses[0].spelling
            positions[key] = terms.count
            terms.append(
                Term(slug: slug, uses: uses, editions: editions.editions(of: uses.map(\.page), at: path))
            )
        }
        self.terms = terms
        self.positions = positions
        self.editions =
            PagePath("/\(setting.name)/").map { editions.editions(of: users, at: $0) } ?? []
    }

    /// As a title: in the theme's words where they have one for it.
    func title(in words: Words) -> String {
        words.text("taxonomy_\(name)") ?? name.prefix(1).uppercased()
            + name.dropFirst().replacing("-", with: " ").replacing("_", with: " ")
    }

    /// The term that a page spells so.
    func term(_ spelling: String) -> Term? { positions[Term.key(of: spelling)].map { terms[$0] } }
}

extension Taxonomy {
    private static func problem(
        _ taxonomy: String,
        _ slug: String,
        _ owner: String?,
        _ uses: [TermUse],
        _ pages: [Page]
    ) -> Diagnostic {
        let place = pages[uses[0].page].place
        let spelling = uses[0].spelling
        guard let owner else {
            return Diagnostic(at: place, "no address can be made of '\(spelling)' in '\(taxonomy)'")
        }
        return Diagnostic(
            at: place,
            "'\(spelling)' and '\(owner)' in '\(taxonomy)' would both be at /\(taxonomy)/\(slug)/",
            advice: "write one of them otherwise"
        )
    }
}
