import Ground
import Markdown
import Settings

/// One page's text as HTML, with what must be known of it before it is published.
struct RenderedPage: Sendable {
    /// From the front matter, else the first heading, else the file's name.
    let title: String
    let html: String
    /// Of all levels.
    let headings: [Heading]
    let anchors: [LinkResolver.PendingAnchor]
    let usedAssets: Set<Int>
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
        html = rendered.html
        headings = rendered.headings
        anchors = links.anchors
        usedAssets = links.usedAssets
        diagnostics = rendered.diagnostics
    }

    private static func fallbackTitle(_ page: Page, _ model: SiteModel) -> String {
        let title = page.source.fallbackTitle
        return title.isEmpty ? model.settings.title : title
    }
}
