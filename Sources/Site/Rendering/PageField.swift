import Gate
import Ground
import Markdown
import Settings
import Theme

/// A page as one filling of a template sees it, and all that its values are made of.
struct PageView {
    /// For the readers of the rendering.
    let page: Page
    let rendered: RenderedPage
    /// Whether the page itself is, whoever reads the rendering.
    let isPrivate: Bool
    let audience: Audience?
    let context: PageContext
    let listing: SiteListing

    var model: SiteModel { context.model }
    var front: FrontMatter { page.source.frontMatter }
}

/// One value that templates may ask for, and how it is made; nil where there is none.
///
/// Made for each page, so only those are that some template names.
struct PageField: Sendable {
    let name: String
    let value: @Sendable (PageView) -> TemplateValue?

    private init(_ name: String, _ value: @escaping @Sendable (PageView) -> TemplateValue?) {
        self.name = name
        self.value = value
    }

    /// What is in `page`.
    static func ofPage(_ theme: Theme) -> [PageField] {
        theme.mentionsWhole("page") ? page : page.filter { theme.mentions($0.name) }
    }

    /// What stands beside it.
    static func besidePage(_ theme: Theme) -> [PageField] { beside.filter { theme.mentions($0.name) } }
}

extension PageField {
    private static let page = [
        PageField("title") { .text($0.rendered.title) },
        PageField("description") { .text($0.front.description ?? "") },
        PageField("path") { .text($0.page.path.encoded) },
        PageField("canonical") { .text($0.model.settings.url.origin + $0.page.path.encoded) },
        PageField("private") { .flag($0.isPrivate) },
        PageField("robots") { .text($0.isPrivate || !$0.page.isListed ? "noindex" : "") },
        PageField("date") { .text($0.front.date?.day ?? "") },
        PageField("date_words") { words($0.front.date, $0) },
        PageField("updated") { .text($0.front.updated?.day ?? "") },
        PageField("updated_words") { words($0.front.updated, $0) },
        PageField("tags") { .list($0.front.tags.map(TemplateValue.text)) },
        PageField("words") { .number($0.rendered.wordCount) },
        PageField("minutes") { .number($0.rendered.minutes) },
        PageField("summary") { .html($0.rendered.summary.html) },
        PageField("summary_text") { .text($0.rendered.summary.text) },
    ]

    private static let beside = [
        PageField("headings") { .list(headings($0.rendered)) },
        PageField("toc") { $0.front.hasContents ? TableOfContents($0.rendered.headings).value : nil },
        PageField("pages") { view in
            let first = view.model.lists.first[view.page.position]?.pages
            return pages(first ?? view.listing.children(of: view.page), view) ?? .list([])
        },
        PageField("trail") { $0.listing.trail(of: $0.page) },
        PageField("translations") { $0.listing.translations(of: $0.page) },
        PageField("social") { view in
            guard view.page.access.visibility == .public, view.page.isListed else { return nil }
            return SocialCard(view.page, view.rendered, view.model.settings).value
        },
        PageField("feeds") { view in
            view.context.feeds(
                for: view.page.access,
                around: view.page,
                in: view.page.language,
                view.listing
            )
        },
        PageField("search") { $0.model.search.value(language: $0.page.language) },
        PageField("data") { .table($0.model.data) },
        PageField("pager") { $0.model.lists.first[$0.page.position]?.pager.value },
        PageField("terms") { TermLinks($0.model).groups(of: $0.page) },
        PageField("related") { view in
            view.model.lists.taxonomies.isEmpty
                ? nil : pages(TermLinks(view.model).related(to: view.page), view)
        },
        PageField("asset") { $0.model.assetTable },
    ]

    private static func words(_ date: PageDate?, _ view: PageView) -> TemplateValue {
        .text(date.map { view.model.words[view.page.language].date($0.day) } ?? "")
    }

    private static func pages(_ positions: [Int], _ view: PageView) -> TemplateValue? {
        view.audience?.pages(positions, listing: view.listing)
    }

    private static func headings(_ rendered: RenderedPage) -> [TemplateValue] {
        rendered.headings.filter { ($0.level == 2 || $0.level == 3) && !$0.text.isEmpty }.map { heading in
            .table([
                "id": .text(heading.id), "text": .text(heading.text), "level": .number(heading.level),
                "nested": .flag(heading.level > 2),
            ])
        }
    }
}
