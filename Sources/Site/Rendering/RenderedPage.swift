import Gate
import Ground
import Markdown
import Settings
import Theme

/// One page's text as HTML, with what must be known of it before it is published.
///
/// A class, because checks, lists and templates look at all pages again and again.
final class RenderedPage: Sendable {
    /// For whom it is: all readers of the page, or those who may read more of it.
    let access: Access
    /// From the front matter, else the first heading, else the file's name.
    let title: String
    /// UTF-8.
    let html: [UInt8]
    /// How many bytes of it are a heading of the first level that the text begins with.
    private let openingLength: Int
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
    /// Those of `others` among them.
    let external: [ExternalLink]
    /// Those of `others` among them.
    let diagnostics: [Diagnostic]
    /// Those of the diagnostics that hold only if no other readers get what refers to a footnote.
    private let unusedNotes: Set<Diagnostic>
    /// The same page for those who may read more of it, most demanding first; nearly always none.
    ///
    /// What is said of the page elsewhere is never taken from these.
    let others: [RenderedPage]

    /// The page at a position of the model, for all its readers.
    ///
    /// `gets` says whether readers of the first access get what is for those of the second.
    static func of(
        _ position: Int,
        in model: SiteModel,
        _ renderer: MarkdownRenderer,
        gets: @escaping @Sendable (Access, Access) -> Bool = Reader.own
    ) -> RenderedPage {
        let page = model.pages[position]
        let all = Reader(access: page.access, met: PartsMet(), gets: gets)
        let plain = RenderedPage(model, page, renderer, all)
        return all.met.accesses.isEmpty ? plain : plain.withParts(model, page, renderer, all)
    }

    /// The rendering for readers of one kind.
    private init(_ model: SiteModel, _ page: Page, _ renderer: MarkdownRenderer, _ reader: Reader) {
        var links = LinkResolver(model, page: page.position, reader: reader.access)
        let rendered = renderer.render(
            page.source.body.text,
            file: page.source.file.shownAs,
            firstLine: page.source.bodyLine,
            tags: PageTags(model, page: page, reader).environment
        ) { links.resolve($0) }
        access = reader.access
        title = page.title ?? Self.title(rendered.headings) ?? Self.fallbackTitle(page, model)
        html = rendered.htmlBytes
        openingLength = rendered.openingLength
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
        unusedNotes = Set(rendered.unusedNotes)
        diagnostics = rendered.diagnostics + links.warnings + [problem].compactMap(\.self)
        others = []
    }

    private init(
        _ other: RenderedPage,
        title: String? = nil,
        external: [ExternalLink]? = nil,
        diagnostics: [Diagnostic]? = nil,
        others: [RenderedPage] = []
    ) {
        access = other.access
        self.title = title ?? other.title
        html = other.html
        openingLength = other.openingLength
        excerpt = other.excerpt
        image = other.image
        headings = other.headings
        summary = other.summary
        entry = other.entry
        wordCount = other.wordCount
        minutes = other.minutes
        anchors = other.anchors
        usedAssets = other.usedAssets
        shownAssets = other.shownAssets
        self.external = external ?? other.external
        self.diagnostics = diagnostics ?? other.diagnostics
        unusedNotes = other.unusedNotes
        self.others = others
    }

    /// The heading that the text begins with and that says the title, without a line's end, and the HTML behind it; nil where
    /// the text begins otherwise.
    var parted: (heading: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
        guard openingLength > 0, let first = headings.first?.text, first == title else { return nil }
        return (html[..<(openingLength - 1)], html[openingLength...])
    }

    /// Most demanding first, and this one last.
    var readings: [RenderedPage] { others + [self] }
}

extension RenderedPage {
    /// Renders a page with parts for some, of which this is what all its readers get.
    ///
    /// A part may hold others, which are met only when somebody gets it; so it ends when nothing new was met.
    private func withParts(
        _ model: SiteModel,
        _ page: Page,
        _ renderer: MarkdownRenderer,
        _ all: Reader
    ) -> RenderedPage {
        let met = all.met
        let nobody = Reader(access: page.access, met: met, isNobody: true)
        let shared = Set(RenderedPage(model, page, renderer, nobody).headings.map(\.id))
        var done: [Audience.Key: RenderedPage] = [:]
        while true {
            guard let plan = ReaderPlan(page: page.access, parts: met.accesses) else { return tooMany(met) }
            let missing = plan.accesses.filter { done[Audience.Key($0)] == nil }
            for access in missing {
                let reader = Reader(access: access, met: met, sharedIDs: shared, gets: all.gets)
                done[Audience.Key(access)] = RenderedPage(model, page, renderer, reader)
            }
            guard missing.isEmpty else { continue }
            let readings = plan.accesses.compactMap { done[Audience.Key($0)] }
            return Self.joined(readings, warnings: Self.idle(met, page))
        }
    }

    /// The last of the readings, with the others.
    private static func joined(_ readings: [RenderedPage], warnings: [Diagnostic]) -> RenderedPage {
        let page = readings[readings.count - 1]
        let others = readings.dropLast()
        let unused = readings.reduce(page.unusedNotes) { $0.intersection($1.unusedNotes) }
        var links = Set(page.external)
        return RenderedPage(
            page,
            external: page.external + others.flatMap(\.external).filter { links.insert($0).inserted },
            diagnostics: readings.flatMap { reading in
                reading.diagnostics.filter { !reading.unusedNotes.contains($0) }
            } + unused + warnings,
            others: others.map { RenderedPage($0, title: page.title) }
        )
    }

    private func tooMany(_ met: PartsMet) -> RenderedPage {
        let problem = Diagnostic(
            at: met.accesses.last?.place ?? access.place,
            "the parts of this page are for so many kinds of readers that it would need more than \(ReaderPlan.most) renderings",
            advice: "part the page into several, or let the same readers read several parts"
        )
        return RenderedPage(self, diagnostics: diagnostics + [problem])
    }

    /// Parts that everyone reads who may read the page.
    private static func idle(_ met: PartsMet, _ page: Page) -> [Diagnostic] {
        met.accesses.filter { page.access.admitsOnly(thoseOf: $0) }.map {
            Diagnostic(
                .warning,
                at: $0.place,
                "everyone who may read this page may read this part",
                advice: "remove its tags, or ask for more"
            )
        }
    }

    /// Judged as a picture in the text: who may read the page must be able to see it.
    private static func image(of page: Page, _ links: inout LinkResolver) -> (String?, Diagnostic?) {
        guard let picture = page.source.frontMatter.image else { return (nil, nil) }
        let (destination, place) = (picture.destination, picture.place)
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

    /// That of the first heading of which these readers get words.
    private static func title(_ headings: [Heading]) -> String? { headings.first { !$0.text.isEmpty }?.text }

    private static func fallbackTitle(_ page: Page, _ model: SiteModel) -> String {
        let title = page.source.fallbackTitle
        return title.isEmpty ? model.settings.title : title
    }
}
