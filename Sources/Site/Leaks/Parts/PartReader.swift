import Gate
import Ground
import Markdown

/// Reads the pages of a site as their readers get them, for `PartStock`.
struct PartReader: Sendable {
    let model: SiteModel
    /// Of the partials that may hold parts, by name.
    let partials: [String: PartScan]
    let table: GateTable
    let renderers: Renderers

    struct Result: Sendable {
        /// Nil where the page has no parts for some.
        var page: PartStock.PartedPage?
        var problems: [Diagnostic] = []
    }

    /// `hasRenderings` tells whether the release has the page for some of its readers.
    func read(_ page: Page, hasRenderings: Bool) -> Result {
        guard page.source.body.mayHoldTags else {
            return Result(problems: hasRenderings ? [Self.doubt(at: page.place)] : [])
        }
        let body = page.source.body.text
        let scan = PartScan.mayHoldParts(body) ? PartScan(body) : nil
        let mayInclude = !partials.isEmpty && body.utf8.holds("partial".utf8)
        guard scan != nil || mayInclude || hasRenderings else { return Result() }
        let notes = Notes()
        let all = view(page, scan, as: nil, notes)
        let included = notes.partials.sorted().compactMap { name in
            model.tags.partials[name].map { ($0, partials[name]) }
        }
        let sources = PartSources(page.source, scan, partials: included)
        guard sources.hasParts else {
            let doubts = doubts(sources, notes)
            return Result(problems: doubts.isEmpty && hasRenderings ? [Self.doubt(at: page.place)] : doubts)
        }
        let own = Audience.Key(page.access)
        let accesses = table[page.path]?.readings.map(\.access).filter { Audience.Key($0) != own } ?? []
        let base = view(page, scan, as: page.access, notes)
        // The least demanding first, so that words are told of as those of the part that most may read.
        let others = accesses.reversed().map { view(page, scan, as: $0, notes) }
        // What stands in no rendering is private as well.
        let isSome = others.contains { $0.html == all.html }
        let parted = PartStock.PartedPage(
            base: base,
            others: others + (isSome ? [] : [all]),
            sources: sources
        )
        return Result(page: parted, problems: doubts(sources, notes))
    }
}

extension PartReader {
    /// What is learned while a page is rendered.
    private final class Notes {
        var partials: Set<String> = []
        /// Where a part was met that the scan has not seen.
        var missed: [Place] = []
        /// The numbers of parts whose tags are shown.
        var shown: Set<Int> = []
    }

    /// With all parts where `access` is nil.
    private func view(_ page: Page, _ scan: PartScan?, as access: Access?, _ notes: Notes) -> PartStock.View {
        func text(_ scan: PartScan) -> String {
            scan.text { part in access.map { $0.admitsOnly(thoseOf: part.access) } ?? true }
        }
        let reader = access ?? table[page.path]?.readings.first?.access ?? page.access
        var links = LinkResolver(model, page: page.position, reader: reader)
        var tags = PageTags(model, page: page, Reader(access: reader, met: PartsMet())).environment
        tags.partial = { name in
            guard let partial = model.tags.partials[name]?.text else { return nil }
            notes.partials.insert(name)
            return PartialText(
                name: name,
                file: partial.file,
                text: partials[name].map(text) ?? partial.text
            )
        }
        // What they may not include stands in no part that they get, or the build has failed.
        tags.refusal = { _ in nil }
        tags.part = { chain in
            notes.missed += chain.suffix(1).map(\.place)
            return .neither
        }
        let rendered = renderers[page.language].render(
            scan.map(text) ?? page.source.body.text,
            file: page.source.file.shownAs,
            firstLine: page.source.bodyLine,
            tags: tags
        ) { links.resolve($0) }
        notes.shown.formUnion(PartScan.marks(in: rendered.htmlBytes))
        return PartStock.View(access: access, html: rendered.htmlBytes, headings: rendered.headings)
    }

    private func doubts(_ sources: PartSources, _ notes: Notes) -> [Diagnostic] {
        let open = sources.all.flatMap { source in (source.scan?.doubts ?? []).map(source.place) }
        let shown = notes.shown.compactMap { number in
            sources.all.compactMap { source -> Place? in
                guard let parts = source.scan?.parts, parts.indices.contains(number) else { return nil }
                return source.place(of: parts[number].range.lowerBound)
            }.first
        }
        return (open + shown + notes.missed).map(Self.doubt)
    }

    private static func doubt(at place: Place) -> Diagnostic {
        Diagnostic(
            at: place,
            "it cannot be told for sure whether this is a part for some, or code that shows one",
            advice:
                "write code that shows such a tag between two fences, or in backticks on one line, and the tags of a part on lines of their own"
        )
    }
}
