import Ground
import Markdown
import Settings
import Theme

/// One page's text as HTML, with what must be known of it before it is published.
struct RenderedPage: Sendable {
    /// From the front matter, else the first heading, else the file's name.
    let title: String
    /// UTF-8.
    let html: [UInt8]
    /// The first words of the text, plain; for feeds and descriptions.
    let excerpt: String
    /// Where the picture for cards is, as an address or a whole URL; nil where the page has none.
    let image: String?
    /// Of all levels.
    let headings: [Heading]
    /// For lists, whose readers must be allowed to read the page.
    let summary: Summary
    /// What lists say of it to those readers.
    let entry: [String: TemplateValue]
    let wordCount: Int
    /// For how long one reads it: 200 words a minute, and at least one.
    let minutes: Int
    let anchors: [LinkResolver.PendingAnchor]
    let usedAssets: Set<Int>
    /// Those of them that it shows.
    let shownAssets: Set<Int>
    let external: [ExternalLink]
    let diagnostics: [Diagnostic]

    init(_ model: SiteModel, page position: Int, renderer: MarkdownRenderer) {
        let page = model.pages[position]
        var links = LinkResolver(model, page: position)
        let rendered = renderer.render(
            page.source.body,
            file: page.source.file.shownAs,
            firstLine: page.source.bodyLine,
            tags: PageTags(model, page: page).environment
        ) { links.resolve($0) }
        title = page.title ?? rendered.headings.first?.text ?? Self.fallbackTitle(page, model)
        html = rendered.htmlBytes
        excerpt = rendered.excerpt
        let (image, problem) = Self.image(of: page, &links)
        self.image = image
        headings = rendered.headings
        summary = Self.movable(rendered.summary, from: page.path)
        wordCount = rendered.wordCount
        minutes = Self.minutes(rendered.wordCount)
        entry = SiteListing.entry(page, title: title, summary: summary, minutes: minutes)
        anchors = links.anchors
        usedAssets = links.usedAssets
        shownAssets = links.shownAssets
        external = links.external
        diagnostics = rendered.diagnostics + [problem].compactMap(\.self)
    }

    /// Judged as a picture in the text: who may read the page must be able to see it.
    private static func image(of page: Page, _ links: inout LinkResolver) -> (String?, Diagnostic?) {
        guard let (destination, place) = page.source.frontMatter.image else { return (nil, nil) }
        let reference = Reference(kind: .image, destination: destination, place: place)
        switch links.resolve(reference) {
        case .keep: return (destination, nil)
        case .replace(let address): return (address, nil)
        case .image(let address, _, _): return (address ?? destination, nil)
        case .dead(let problem, let advice): return (nil, Diagnostic(at: place, problem, advice: advice))
        }
    }

    /// The summary as it may stand on another page: a link to a heading of its own page leads there.
    ///
    /// In text a quotation mark is escaped, so that only an attribute can look like one.
    private static func movable(_ summary: Summary, from path: PagePath) -> Summary {
        guard summary.html.utf8.holds("href=\"#".utf8) else { return summary }
        let html = summary.html.split(separator: "href=\"#", omittingEmptySubsequences: false)
            .joined(separator: "href=\"\(path.encoded)#")
        return Summary(html: html, text: summary.text)
    }

    private static func minutes(_ words: Int) -> Int { max(1, (words + 199) / 200) }

    private static func fallbackTitle(_ page: Page, _ model: SiteModel) -> String {
        let title = page.source.fallbackTitle
        return title.isEmpty ? model.settings.title : title
    }
}
