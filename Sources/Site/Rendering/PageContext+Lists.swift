import Gate
import Ground
import Settings
import Theme

extension PageContext {
    /// The context of a page that the build makes itself.
    func context(of list: ListPage) -> (values: [String: TemplateValue], shown: [Int]) {
        let listing = noting
        var context = frame(list, listing)
        switch list.kind {
        case .section(let position):
            let section = model.pages[position]
            context["params"] = .table(section.source.frontMatter.params)
            context["trail"] = trail(of: section, for: list.access, listing)
        case .term(_, _, let taxonomy):
            context["trail"] = .list(
                [taxonomy.editions.best(for: list.access)].compactMap(\.self).map {
                    .table([
                        "title": .text(taxonomy.title(in: words(of: list))), "href": .text($0.path.encoded),
                    ])
                }
            )
        case .taxonomy(let taxonomy):
            context["taxonomy"] = .table([
                "title": .text(taxonomy.title(in: words(of: list))), "name": .text(taxonomy.name),
                "terms": TermLinks(model).terms(of: taxonomy, for: list.access),
            ])
        }
        return (context, listing.notes?.positions ?? [])
    }

    /// A layout of its own where the theme has one; the later pages of a section have the section's.
    func layout(of list: ListPage) -> String {
        let own: String
        switch list.kind {
        case .section(let position): return layout(of: model.pages[position])
        case .term: own = "layouts/term"
        case .taxonomy: own = "layouts/taxonomy"
        }
        return model.theme.has(own) ? own : "layouts/page"
    }

    /// More of a section ends with it.
    func expires(_ list: ListPage) -> Int? {
        guard case .section(let position) = list.kind else { return nil }
        return model.pages[position].source.frontMatter.expires?.seconds
    }
}

extension PageContext {
    private func frame(_ list: ListPage, _ listing: SiteListing) -> [String: TemplateValue] {
        let isPrivate = list.access.visibility == .private
        let title = title(of: list, listing)
        let audience = audiences[Audience.Key(list.access, language: Self.language(of: list, model))]
        var chain: [Int] = []
        if case .section(let position) = list.kind { chain = self.chain(model.pages[position]) }
        var context: [String: TemplateValue] = [
            "site": audience?.site(around: chain, withNavigation: showsNavigation) ?? .table([:]),
            "auth": auths[Self.language(of: list, model)] ?? .table([:]),
            "member": .flag(isPrivate),
            "page": .table([
                "title": .text(title), "heading": Self.heading(title),
                "description": "",
                "path": .text(list.path.encoded),
                "canonical": .text(model.settings.url.origin + list.path.encoded),
                "private": .flag(isPrivate),
                "robots": .text(isPrivate ? "noindex" : ""),
                "date": "", "date_words": "", "updated": "", "updated_words": "", "tags": .list([]),
            ]),
            "content": .html(""),
            "headings": .list([]),
            "params": .table([:]),
            "data": .table(model.data),
            "pages": audience?.pages(list.pages, listing: listing) ?? .list([]),
        ]
        context["asset"] = model.assetTable
        context["pager"] = list.pager.value
        context["search"] = model.search.value(language: Self.language(of: list, model))
        if case .section(let position) = list.kind {
            let section = model.pages[position]
            context["feeds"] = feeds(for: list.access, around: section, in: section.language, listing)
        } else {
            context["feeds"] = feeds(for: list.access, around: nil, in: model.settings.language, listing)
        }
        return context
    }

    private func words(of list: ListPage) -> Words { model.words[Self.language(of: list, model)] }

    private func title(of list: ListPage, _ listing: SiteListing) -> String {
        switch list.kind {
        case .section(let position): listing.title(of: position)
        case .term(let term, let edition, _): term.title(in: edition)
        case .taxonomy(let taxonomy): taxonomy.title(in: words(of: list))
        }
    }

    /// The section itself is the last step.
    private func trail(of section: Page, for access: Access, _ listing: SiteListing) -> TemplateValue {
        let around = listing.ancestors(of: section.position).filter {
            listing.language(of: $0) == section.language
        }
        let positions = around.reversed() + [section.position]
        return audiences[Audience.Key(access, language: section.language)]?.pages(positions, listing: listing)
            ?? .list([])
    }
}
