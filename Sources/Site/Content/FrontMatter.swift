import Gate
import Ground
import Theme

/// What a page says about itself above its text.
struct FrontMatter: Equatable, Sendable {
    /// Whether and under which words a page stands in the menu.
    enum MenuEntry: Hashable, Sendable {
        case none
        /// Under its own title.
        case title
        case words(String)
    }

    /// An address that the page used to have.
    struct OldAddress: Equatable, Sendable {
        let path: PagePath
        /// Where it is written.
        let place: Place
    }

    struct Picture: Equatable, Sendable {
        /// As it is written.
        let destination: String
        let place: Place
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
    var aliases: [OldAddress] = []
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
    /// A picture for cards that other sites make of links.
    var image: Picture?
    /// Whether sitemap.xml and llms.txt name it.
    var isInSitemap = true
    /// Whether the site's search finds it.
    var isInSearch = true
    /// Whether layouts get a table of contents.
    var hasContents = true
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

    /// Whether a page with this stands where one with the other does, on every list and for the same readers: they differ in
    /// what the page is called at most.
    func places(like other: FrontMatter) -> Bool {
        var other = other
        (other.title, other.description) = (title, description)
        return self == other
    }

    /// The front matter of a page that has none.
    init(file: String) {
        claim = VisibilityClaim(visibility: nil, place: Place(file: file))
        layoutPlace = Place(file: file)
    }
}
