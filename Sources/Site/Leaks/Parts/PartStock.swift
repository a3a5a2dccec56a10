import Gate
import Ground
import Markdown
import Settings

/// What each kind of reader may read of the pages with parts for some, told by their sources and by nothing that decided it for the release.
///
/// The sources are cut at the tags of parts (`PartScan`), and what is left of them is rendered as if no page had such parts. So what
/// a reader may not read is not there, whatever mistake is made in rendering it.
struct PartStock: Sendable {
    /// A page's text as some of its readers get it.
    struct View: Sendable {
        /// Nil for all parts at once, which may be nobody's.
        let access: Access?
        /// With the ids of headings behind it, which no reader of markup takes for words.
        let html: [UInt8]
        let headings: [Heading]

        init(access: Access?, html: [UInt8], headings: [Heading]) {
            self.access = access
            self.headings = headings
            self.html = html + headings.flatMap { "<p>\($0.id)</p>".utf8 }
        }
    }

    /// A page with parts for some.
    struct PartedPage: Sendable {
        /// All that its readers have in common.
        let base: View
        /// For fewer of them; and all parts at once.
        let others: [View]
        let sources: PartSources

        var views: [View] { [base] + others }
    }

    /// By position in the model.
    let pages: [Int: PartedPage]
    /// Where it cannot be told who may read what.
    let problems: [Diagnostic]

    /// Asks the table for whom there are renderings, and the renderers for the HTML of what is left.
    ///
    /// Where a site has no tags, or no page such parts, it costs nothing, or a look for their name in the text of each page.
    init(
        _ model: SiteModel,
        _ rendered: [RenderedPage],
        table: GateTable,
        renderers: Renderers,
        crew: Crew
    ) async throws {
        guard model.settings.markdown.markdoc else {
            (pages, problems) = ([:], [])
            return
        }
        let scans = model.tags.partials.mapValues(\.text.text).filter { PartScan.mayHoldParts($0.value) }
            .mapValues { PartScan($0) }
        let reader = PartReader(model: model, partials: scans, table: table, renderers: renderers)
        let found = try await crew.map(model.pages.count) {
            reader.read(model.pages[$0], hasRenderings: !rendered[$0].others.isEmpty)
        }
        pages = Dictionary(
            uniqueKeysWithValues: found.enumerated().compactMap { position, found in
                found.page.map { (position, $0) }
            }
        )
        problems = found.flatMap(\.problems)
    }
}

extension PartStock {
    /// What only parts say, each with the page that it stands on.
    func pieces(_ model: SiteModel) -> [PrivatePiece] {
        ordered(model).flatMap { page, parted in
            let shared = Set(parted.base.headings.map(\.text))
            return parted.others.flatMap { view in
                [PrivatePiece.text(page.source.file, view.html, .markup)]
                    + view.headings.filter { !shared.contains($0.text) }
                    .compactMap { .phrase(.heading, page.source.file, $0.text) }
            }.map { $0.of(parted.sources) }
        }
    }

    /// What readers may read of these pages, and what all readers of each have in common, whoever they are: that is no part's.
    func texts(for reader: Access) -> [PublicStock.Text] {
        pages.sorted { $0.key < $1.key }.flatMap { _, parted in
            [parted.base] + parted.others.filter { $0.isRead(by: reader) }
        }.map(\.text)
    }

    private func ordered(_ model: SiteModel) -> [(Page, PartedPage)] {
        pages.sorted { $0.key < $1.key }.map { (model.pages[$0.key], $0.value) }
    }
}

extension PartStock.View {
    var text: PublicStock.Text { PublicStock.Text(form: .markup) { [html] in html } }

    func isRead(by reader: Access) -> Bool { access.map { reader.admitsOnly(thoseOf: $0) } ?? false }
}
