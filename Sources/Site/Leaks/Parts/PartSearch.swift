import Gate
import Ground
import Markdown

/// Looks for words of parts for some where members read them who may not, and for single ones in all that is made of their pages.
///
/// `LeakSearch` has looked for what parts say in all public files. Costs nothing where no page has parts, else one pass over
/// what members read. Only where something is suspicious, all that its readers may read is looked through for it, once.
struct PartSearch {
    let search: LeakSearch
    let model: SiteModel
    let stock: PartStock
    let table: GateTable

    /// `rendered` are the pages as this build has made them, nil where the release is of another; `told` is what has been found
    /// in public files; `open` is what some readers may read because its author wrote it there.
    func problems(
        rendered: [RenderedPage]?,
        told: [Diagnostic],
        open: (Access) -> [PublicStock.Text]
    ) async throws -> [Diagnostic] {
        guard !stock.pages.isEmpty else { return [] }
        let pieces = stock.pieces(model)
        var problems = told
        for (reader, files) in circles {
            var suspects: [Leak.Hit] = []
            if reader.visibility == .private {
                let own = stock.texts(for: reader)
                suspects = try await search.hits(of: pieces, besides: own, in: files.map { .file($0) })
            }
            if let rendered { suspects += try await words(rendered, reader) }
            guard !suspects.isEmpty else { continue }
            let hits = try await search.hits(suspects, besides: open(reader) + [names(reader)])
            problems += PartLeaks(hits, reader: reader, folder: search.folder, told: problems).problems
        }
        return Array(problems.dropFirst(told.count))
    }
}

extension PartSearch {
    /// What lies in the release for each kind of reader, but for files of content: those say what their authors wrote.
    private var circles: [(reader: Access, files: [String])] {
        let assets = Set(model.assets.map(\.path))
        let routes = table.readings.filter {
            $0.kind != .redirect && !assets.contains($0.path) && PublicStock.isText($0.file)
                && !(search.knowsIndexes && $0.path.text.hasPrefix(SearchPlan.root))
        }
        let circles = Dictionary(grouping: routes) { Audience.Key($0.access) }.values
            .sorted { $0[0].file < $1[0].file }
        // Of a word that many read the worst is told: that guests do.
        let ordered =
            circles.filter { $0[0].visibility == .public } + circles.filter { $0[0].visibility != .public }
        return ordered.map { routes in
            (routes[0].access, routes.map { "\($0.visibility.rawValue)/\($0.file)" })
        }
    }

    /// Single words in what is made of pages with parts for these readers.
    private func words(_ rendered: [RenderedPage], _ reader: Access) async throws -> [Leak.Hit] {
        let key = Audience.Key(reader)
        var hits: [Leak.Hit] = []
        for (position, parted) in stock.pages.sorted(by: { $0.key < $1.key }) {
            let page = model.pages[position]
            guard let reading = rendered[position].readings.first(where: { Audience.Key($0.access) == key }),
                let route = table[page.path]?.readings.first(where: { Audience.Key($0.access) == key })
            else { continue }
            let front = PublicStock.Text(form: .plain) { Array(page.source.frontMatterText.utf8) }
            hits += try await search.hits(
                of: parted.others.map { .words(page.source.file, $0.html).of(parted.sources) },
                besides: parted.views.filter { $0.isRead(by: reader) }.map(\.text) + [front],
                in: [.text(Self.made(reading), file: "\(route.visibility.rawValue)/\(route.file)")]
            )
        }
        return hits
    }

    /// A page's text, and what is made of it for lists and the like.
    private static func made(_ page: RenderedPage) -> [UInt8] {
        let texts = [page.title, page.excerpt, page.summary.text, page.summary.html]
        let all = texts + page.headings.flatMap { [$0.id, $0.text] }
        return page.html + all.flatMap { "<p>\($0)</p>".utf8 }
    }

    /// Members are told which label or team a part asks for.
    private func names(_ reader: Access) -> PublicStock.Text {
        let names = reader.visibility == .public ? [] : stock.pages.values.flatMap(\.sources.names)
        return PublicStock.Text(form: .plain) { Array(names.joined(separator: "\n").utf8) }
    }
}
