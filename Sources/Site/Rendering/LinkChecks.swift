import Gate
import Ground
import Markdown

/// What can be said of links only when every page has been rendered.
struct LinkChecks {
    let model: SiteModel
    /// In the order of the model's pages.
    let pages: [RenderedPage]

    var problems: [Diagnostic] { deadAnchors { _, _ in true } + doubtfulAssets }
}

extension LinkChecks {
    /// The dead anchors among those that these pages ask for, or that others ask of them.
    func deadAnchors(onOrTo changed: Set<Int>) -> [Diagnostic] {
        deadAnchors { changed.contains($0) || changed.contains($1) }
    }

    /// The dead anchors among those from one page to another that are wanted.
    private func deadAnchors(where isWanted: (Int, Int) -> Bool) -> [Diagnostic] {
        pages.indices.flatMap { page in
            pages[page].readings.flatMap { reading in
                reading.anchors.filter { isWanted(page, $0.page) }
                    .compactMap { deadAnchor($0, from: page, reading) }
            }
        }
    }

    /// A link must find its heading on whatever its readers may get there.
    private func deadAnchor(
        _ pending: LinkResolver.PendingAnchor,
        from page: Int,
        _ reading: RenderedPage
    ) -> Diagnostic? {
        let target = pages[pending.page]
        let path = model.pages[pending.page].path
        // The page itself they are reading just now.
        let seen = pending.page == page ? [reading] : Self.readings(of: target, for: reading.access)
        let holding = seen.filter { Self.holds(pending.anchor, $0) }
        if holding.count == seen.count { return nil }
        if !holding.isEmpty || target.readings.contains(where: { Self.holds(pending.anchor, $0) }) {
            return Diagnostic(
                at: pending.place,
                "not everyone who reads this link sees the heading '#\(pending.anchor)' on \(path)",
                advice: "link to the page, or write the link in a part for those who see it"
            )
        }
        return Diagnostic(
            at: pending.place,
            "there is no heading '#\(pending.anchor)' on \(path)",
            advice: Suggestion.nearest(to: pending.anchor, in: seen.flatMap(\.headings).map(\.id))
                .map { "did you mean '#\($0)'?" }
        )
    }

    /// What readers of this access may get of a page: the rendering that each of them gets at least, and those for fewer.
    private static func readings(of page: RenderedPage, for access: Access) -> [RenderedPage] {
        let least = page.readings.first { access.admitsOnly(thoseOf: $0.access) } ?? page
        return page.readings.filter { $0.access.admitsOnly(thoseOf: least.access) }
    }

    private static func holds(_ anchor: String, _ page: RenderedPage) -> Bool {
        // Footnotes, raw HTML and annotations have ids, too; in text and code, a quotation mark is escaped.
        page.headings.contains { $0.id == anchor } || page.html.holds("id=\"\(anchor)\"".utf8)
    }

    /// Public assets that only private pages use: they were probably meant to be private.
    private var doubtfulAssets: [Diagnostic] {
        var users: [Int: [Int]] = [:]
        // What guests read uses these.
        var open: Set<Int> = []
        for (position, page) in pages.enumerated() {
            if page.access.visibility == .public { open.formUnion(page.usedAssets) }
            for asset in page.readings.reduce(Set(), { $0.union($1.usedAssets) }) {
                users[asset, default: []].append(position)
            }
        }
        return users.compactMap { asset, users in
            guard !open.contains(asset), let first = users.first else { return nil }
            let asset = model.assets[asset]
            guard asset.access.visibility == .public, !asset.isRuled else { return nil }
            let isPart = users.contains { model.pages[$0].access.visibility == .public }
            let who = isPart ? "private pages and parts for some" : "private pages"
            return Diagnostic(
                at: asset.place,
                "only \(who) use this file, such as \(model.pages[first].place), but everyone could read it",
                advice: isPart
                    ? "write a rule for \(asset.path) in site.config"
                    : "move it beside the page, or write a rule for \(asset.path) in site.config"
            )
        }
    }
}
