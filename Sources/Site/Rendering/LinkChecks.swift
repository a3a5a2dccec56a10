import Gate
import Ground
import Markdown

/// What can be said of links only when every page has been rendered.
struct LinkChecks {
    let model: SiteModel
    /// In the order of the model's pages.
    let pages: [RenderedPage]

    var problems: [Diagnostic] { pages.flatMap { $0.anchors.compactMap(deadAnchor) } + doubtfulAssets }
}

extension LinkChecks {
    /// The dead anchors among those that these pages ask for, or that others ask of them.
    func deadAnchors(onOrTo changed: Set<Int>) -> [Diagnostic] {
        pages.indices.flatMap { position in
            pages[position].anchors.filter { changed.contains(position) || changed.contains($0.page) }
                .compactMap(deadAnchor)
        }
    }

    private func deadAnchor(_ pending: LinkResolver.PendingAnchor) -> Diagnostic? {
        let target = pages[pending.page]
        if target.headings.contains(where: { $0.id == pending.anchor }) { return nil }
        // Footnotes, raw HTML and annotations have ids, too; in text and code, a quotation mark is escaped.
        if target.html.holds("id=\"\(pending.anchor)\"".utf8) { return nil }
        return Diagnostic(
            at: pending.place,
            "there is no heading '#\(pending.anchor)' on \(model.pages[pending.page].path)",
            advice: Suggestion.nearest(to: pending.anchor, in: target.headings.map(\.id))
                .map { "did you mean '#\($0)'?" }
        )
    }

    /// Public assets that only private pages use: they were probably meant to be private.
    private var doubtfulAssets: [Diagnostic] {
        var users: [Int: [Int]] = [:]
        for (position, page) in pages.enumerated() {
            for asset in page.usedAssets { users[asset, default: []].append(position) }
        }
        return users.compactMap { asset, users in
            let asset = model.assets[asset]
            guard asset.access.visibility == .public, !asset.isRuled,
                let first = users.first, users.allSatisfy({ model.pages[$0].access.visibility == .private })
            else { return nil }
            return Diagnostic(
                at: asset.place,
                "only private pages use this file, such as \(model.pages[first].place), but everyone could read it",
                advice: "move it beside the page, or write a rule for \(asset.path) in site.config"
            )
        }
    }
}
