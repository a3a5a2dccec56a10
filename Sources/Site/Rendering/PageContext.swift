import Gate
import Ground
import Markdown
import Settings
import Theme

/// What templates get to see, by the names that theme makers know.
struct PageContext: Sendable {
    let model: SiteModel
    let listing: SiteListing
    let audiences: [Audience.Key: Audience]
    /// By language.
    let auths: [String: TemplateValue]
    private let remembers: Bool
    /// The templates that show `page.heading`.
    private let headed: Set<String>

    /// The rendered pages come in the order of the model's; with `remembers`, each context comes with the pages that it names.
    init(_ model: SiteModel, _ rendered: [RenderedPage], remembers: Bool = false) {
        self.model = model
        self.remembers = remembers
        headed = model.theme.templates(showing: "page.heading")
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
                audiences[key] = Audience(access, words: model.words[language], listing: listing)
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
        let isPrivate = page.access.visibility == .private
        let isForMembers = rendered.access.visibility == .private
        let isForAll =
            page.access.visibility == rendered.access.visibility
            && page.access.requirements == rendered.access.requirements
        let page = isForAll ? page : page.with(access: rendered.access)
        let audience = audiences[Audience.Key(page.access, language: page.language)]
        let first = model.lists.first[page.position]
        var context: [String: TemplateValue] = [
            "site": audience?.site(around: chain(page)) ?? .table([:]),
            "auth": auths[page.language] ?? .table([:]),
            "member": .flag(isForMembers),
            "content": .markup(rendered.html),
            "params": .table(page.source.frontMatter.params),
        ]
        var values = Self.page(page, rendered, model, isPrivate: isPrivate)
        if headed.contains(layout(of: page)) {
            let parts = rendered.parted
            values["heading"] = parts.map { .markup(Array($0.heading)) } ?? Self.heading(rendered.title)
            if let parts { context["content"] = .markup(Array(parts.rest)) }
        }
        context["page"] = .table(values)
        func add(_ name: String, _ value: () -> TemplateValue?) {
            if model.theme.mentions(name) { context[name] = value() }
        }
        add("headings") { .list(Self.headings(rendered)) }
        if page.source.frontMatter.hasContents { add("toc") { TableOfContents(rendered.headings).value } }
        add("pages") {
            audience?.pages(first?.pages ?? listing.children(of: page), listing: listing) ?? .list([])
        }
        add("trail") { listing.trail(of: page) }
        add("translations") { listing.translations(of: page) }
        if !isForMembers, page.isListed {
            add("social") { SocialCard(page, rendered, model.settings).value }
        }
        add("feeds") { feeds(for: page.access, around: page, in: page.language, listing) }
        add("search") { model.search.value(language: page.language) }
        add("data") { .table(model.data) }
        add("pager") { first?.pager.value }
        add("terms") { TermLinks(model).groups(of: page) }
        if !model.lists.taxonomies.isEmpty {
            add("related") { audience?.pages(TermLinks(model).related(to: page), listing: listing) }
        }
        if Self.neighbourNames.contains(where: model.theme.mentions) {
            let neighbours = listing.neighbours(of: page)
            context["previous"] = neighbours.previous
            context["next"] = neighbours.next
            context["row"] = .flag(neighbours.previous != nil || neighbours.next != nil)
        }
        add("asset") { model.assetTable }
        return (context, listing.notes?.positions ?? [])
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
            "site": audience?.site(around: []) ?? .table([:]), "auth": auths[language] ?? .table([:]),
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

    private static let neighbourNames = ["previous", "next", "row"]

    private static func page(
        _ page: Page,
        _ rendered: RenderedPage,
        _ model: SiteModel,
        isPrivate: Bool
    ) -> [String: TemplateValue] {
        let words = model.words[page.language]
        let frontMatter = page.source.frontMatter
        return [
            "title": .text(rendered.title),
            "description": .text(frontMatter.description ?? ""),
            "path": .text(page.path.encoded),
            "canonical": .text(model.settings.url.origin + page.path.encoded),
            "private": .flag(isPrivate),
            "robots": .text(isPrivate || !page.isListed ? "noindex" : ""),
            "date": .text(frontMatter.date?.day ?? ""),
            "date_words": .text(frontMatter.date.map { words.date($0.day) } ?? ""),
            "updated": .text(frontMatter.updated?.day ?? ""),
            "updated_words": .text(frontMatter.updated.map { words.date($0.day) } ?? ""),
            "tags": .list(frontMatter.tags.map(TemplateValue.text)),
            "words": .number(rendered.wordCount),
            "minutes": .number(rendered.minutes),
            "summary": .html(rendered.summary.html),
            "summary_text": .text(rendered.summary.text),
        ]
    }

    private static func headings(_ rendered: RenderedPage) -> [TemplateValue] {
        rendered.headings.filter { ($0.level == 2 || $0.level == 3) && !$0.text.isEmpty }.map { heading in
            .table([
                "id": .text(heading.id), "text": .text(heading.text), "level": .number(heading.level),
                "nested": .flag(heading.level > 2),
            ])
        }
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
