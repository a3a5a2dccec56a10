import Gate
import Ground
import Markdown
import Settings
import Theme

/// What templates get to see, by the names that theme makers know.
///
/// A class, as are those that it asks: every page looks at them.
final class PageContext: Sendable {
    let model: SiteModel
    let listing: SiteListing
    let audiences: [Audience.Key: Audience]
    /// By language.
    let auths: [String: TemplateValue]
    private let remembers: Bool
    /// The templates that show `page.heading`.
    private let headed: Set<String>
    /// What some template names of a page, and of what is around it.
    private let pageFields: [PageField]
    private let fieldsBeside: [PageField]
    let showsNavigation: Bool
    private let showsNeighbours: Bool

    /// The rendered pages come in the order of the model's; with `remembers`, each context comes with the pages that it names.
    init(_ model: SiteModel, _ rendered: [RenderedPage], remembers: Bool = false) {
        self.model = model
        self.remembers = remembers
        headed = model.theme.templates(showing: "page.heading")
        pageFields = PageField.ofPage(model.theme)
        fieldsBeside = PageField.besidePage(model.theme)
        showsNavigation = model.theme.mentions("navigation") || model.theme.mentionsWhole("site")
        showsNeighbours = ["previous", "next", "row"].contains(where: model.theme.mentions)
        let listing = SiteListing(model, rendered)
        self.listing = listing
        var audiences: [Audience.Key: Audience] = [:]
        let readers =
            model.languages.map { (Access.everyone, $0) } + model.pages.map { ($0.access, $0.language) }
            + model.pages.flatMap { page in
                rendered[page.position].others.map { ($0.access, page.language) }
            }
            + model.lists.pages.map { ($0.access, Self.language(of: $0, model)) }
        for (access, language) in readers {
            let key = Audience.Key(access, language: language)
            if audiences[key] == nil {
                audiences[key] = Audience(
                    access,
                    words: model.words[language],
                    listing: listing
                )
            }
        }
        self.audiences = audiences
        auths = Dictionary(
            model.languages.map { language in
                // Where there are several, the server's pages are asked for in the language of the page that leads there.
                let query = model.languages.count > 1 ? "?language=\(language)" : ""
                return (language, Self.auth(model.settings.auth, query: query))
            }
        ) { first, _ in first }
    }

    /// The context of one page, as the readers of a rendering see it and the site around it.
    ///
    /// What costs something is made only where a template asks for it. `shown` are the positions of the pages that it names
    /// besides those of the menu.
    func context(
        of page: Page,
        _ rendered: RenderedPage
    ) -> (values: [String: TemplateValue], shown: [Int]) {
        let listing = noting
        let readers = Audience.Key(rendered.access, language: page.language)
        let isForAll = readers == Audience.Key(page.access, language: page.language)
        let readable = isForAll ? page : page.with(access: rendered.access)
        let view = PageView(
            page: readable,
            rendered: rendered,
            isPrivate: page.access.visibility == .private,
            audience: audiences[readers],
            context: self,
            listing: listing
        )
        var context: [String: TemplateValue] = [
            "site": view.audience?.site(around: chain(page), withNavigation: showsNavigation) ?? .table([:]),
            "auth": auths[page.language] ?? .table([:]),
            "member": .flag(rendered.access.visibility == .private),
            "content": .markup(rendered.html),
            "params": .table(page.source.frontMatter.params),
        ]
        var values = values(of: pageFields, view)
        if !headed.isEmpty, headed.contains(layout(of: page)) {
            let parts = rendered.parted
            values["heading"] = parts.map { .markup(Array($0.heading)) } ?? Self.heading(rendered.title)
            if let parts { context["content"] = .markup(Array(parts.rest)) }
        }
        context["page"] = .table(values)
        for field in fieldsBeside { context[field.name] = field.value(view) }
        if showsNeighbours {
            let neighbours = listing.neighbours(of: readable)
            context["previous"] = neighbours.previous
            context["next"] = neighbours.next
            context["row"] = .flag(neighbours.previous != nil || neighbours.next != nil)
        }
        return (context, listing.notes?.positions ?? [])
    }

    private func values(of fields: [PageField], _ view: PageView) -> [String: TemplateValue] {
        var values: [String: TemplateValue] = [:]
        values.reserveCapacity(fields.count)
        for field in fields { values[field.name] = field.value(view) }
        return values
    }

    /// The listing for one context.
    var noting: SiteListing {
        var listing = listing
        if remembers { listing.notes = ShownNotes() }
        return listing
    }

    /// What a guest sees of the site and the theme's words, for the pages that the server makes.
    ///
    /// In the site's own language, and in `languages` in each of the others.
    var guests: [String: TemplateValue] {
        var context = guest(in: model.settings.language)
        context["asset"] = model.assetTable
        if model.languages.count > 1 {
            context["languages"] = .list(model.settings.languages.map { .table(guest(in: $0)) })
        }
        return context
    }

    /// The template of a page.
    func layout(of page: Page) -> String {
        if let layout = page.source.frontMatter.layout { return "layouts/\(layout)" }
        return page.path == .root && model.theme.has("layouts/home") ? "layouts/home" : "layouts/page"
    }
}

extension PageContext {
    /// The page, and those around it without the front page, which is current on itself only.
    func chain(_ page: Page) -> [Int] {
        [page.position] + listing.ancestors(of: page.position).filter { !listing.isFront($0) }
    }

    /// More of a section is in its language, and lists of terms in the site's own.
    static func language(of list: ListPage, _ model: SiteModel) -> String {
        guard case .section(let position) = list.kind else { return model.settings.language }
        return model.pages[position].language
    }

    private func guest(in language: String) -> [String: TemplateValue] {
        let audience = audiences[Audience.Key(.everyone, language: language)]
        var context = [
            "site": audience?.site(around: [], withNavigation: true) ?? .table([:]),
            "auth": auths[language] ?? .table([:]),
            "words": model.words[language].value,
        ]
        context["feeds"] = feeds(for: .everyone, around: nil, in: language, listing)
        return context
    }

    /// The feeds that readers of this access may read: of the section around a page, and of the pages in its language; nil
    /// where there are none.
    func feeds(
        for access: Access,
        around page: Page?,
        in language: String,
        _ listing: SiteListing
    ) -> TemplateValue? {
        let around = page.map { [$0.position] + listing.ancestors(of: $0.position) } ?? []
        let section = around.first { model.pages[$0].source.file.isSection && !listing.isFront($0) }
        let feeds = model.files.feeds(for: access, sections: [section].compactMap(\.self), language: language)
        guard !feeds.isEmpty else { return nil }
        return .list(
            feeds.map { file in
                let title =
                    if case .feed(_, .language(let language)) = file.kind {
                        model.settings.title(in: language)
                    } else {
                        section.map { listing.title(of: $0) } ?? ""
                    }
                return .table([
                    "title": .text(title), "href": .text(file.path.encoded),
                    "type": .text(String(file.mediaType.prefix { $0 != ";" })),
                ])
            }
        )
    }

    /// A title as the layout's first heading.
    static func heading(_ title: String) -> TemplateValue {
        .markup(Array("<h1>".utf8) + TemplateValue.escaped(title) + Array("</h1>".utf8))
    }

    private static func auth(_ auth: AuthSettings, query: String) -> TemplateValue {
        var table: [String: TemplateValue] = [:]
        for route in AuthRoute.all(for: auth) {
            switch route.purpose {
            case .signInPage: table["sign_in"] = .text(route.path.encoded + query)
            case .signUpPage: table["sign_up"] = .text(route.path.encoded + query)
            case .account: table["account"] = .text(route.path.encoded + query)
            case .signOut: table["sign_out"] = .text(route.path.encoded + query)
            default: break
            }
        }
        return .table(table)
    }
}
