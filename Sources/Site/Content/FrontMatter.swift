import Gate
import Ground
import Theme

/// What a page says about itself above its text.
struct FrontMatter: Sendable {
    /// Whether and under which words a page stands in the menu.
    enum MenuEntry: Hashable, Sendable {
        case none
        /// Under its own title.
        case title
        case words(String)
    }

    var title: String?
    var description: String?
    var date: PageDate?
    var updated: PageDate?
    /// Left out of builds that do not ask for drafts; nil where the page does not say.
    var draft: Bool?
    /// Takes the place of the file's name in the address; one segment.
    var slug: String?
    /// The whole address.
    var url: PagePath?
    /// Addresses that the page used to have, and where each is written.
    var aliases: [(path: PagePath, place: Place)] = []
    /// From this moment on the page is gone.
    var expires: PageDate?
    /// A template below the theme's `layouts`; nil for the usual one.
    var layout: String?
    var layoutPlace: Place
    var claim: VisibilityClaim
    var tags: [String] = []
    /// By taxonomy of `site.config`, `tags` among them where it is one.
    var terms: [String: [String]] = [:]
    /// Who wrote it.
    var author: String?
    /// A picture for cards that other sites make of links, as it is written, and where.
    var image: (destination: String, place: Place)?
    /// Whether sitemap.xml and llms.txt name it.
    var isInSitemap = true
    /// Whether the site's search finds it.
    var isInSearch = true
    /// Lists go by weight, the lightest first.
    var weight = 0
    var menu = MenuEntry.none
    /// A private page allows its title, and nothing else, in lists that others read.
    var isTeaser = false
    /// Whatever the theme's layouts may want.
    var params: [String: TemplateValue] = [:]
    /// What the pages below a section get that do not say it themselves.
    var cascade: Cascade?

    var isDraft: Bool { draft ?? false }

    /// The front matter of a page that has none.
    init(file: String) {
        claim = VisibilityClaim(visibility: nil, place: Place(file: file))
        layoutPlace = Place(file: file)
    }
}
