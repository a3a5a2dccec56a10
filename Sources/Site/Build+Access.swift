package import Gate
package import Ground
import Settings

extension Build {
    /// Says for whom a page or a file is, and why, from the sources as they are now; drafts included.
    ///
    /// `name` is an address, `/members/fees/`, or a file, `content/members/fees.md`. Throws `Diagnostics` where the site's
    /// mistakes stand in the way, or where there is no such page.
    package func access(to name: String) async throws -> AccessReport {
        var build = self
        build.options.drafts = true
        build.options.future = true
        let scan = try build.scan()
        let (sources, theme, tags) = try await build.read(scan) { _ in }
        let (model, _) = try await build.decide(sources, scan.assets, theme, tags)
        return try AccessFinder(model: model, source: source, renderers: build.renderers(model))
            .report(on: name)
    }
}

/// For whom a page or a file is, and who said so.
package struct AccessReport: Sendable {
    /// One line of the author's files that has a part in it.
    package struct Reason: Sendable {
        package let place: Place
        /// What it says: `the rule '/members/**': private`.
        package let says: String
    }

    /// The page or file itself, or a file that belongs to the page.
    package struct Subject: Sendable {
        package let path: PagePath
        /// The author's file.
        package let file: String
        package let access: Access
        /// For whom there are further renderings of a page, most demanding first.
        package var renderings: [Access] = []
    }

    package let subject: Subject
    /// The configuration first, then the page itself.
    package let reasons: [Reason]
    /// The files that the page uses or that lie beside it, by path.
    package let assets: [Subject]
}

/// Looks a page or a file up in the model of the site.
private struct AccessFinder {
    let model: SiteModel
    let source: String
    let renderers: Renderers

    func report(on name: String) throws -> AccessReport {
        if let report = reportOnMade(name) { return report }
        switch try target(name) {
        case .page(let position): return report(onPage: position)
        case .asset(let position):
            let asset = model.assets[position]
            return AccessReport(subject: subject(asset), reasons: reasons(asset), assets: [])
        case .outside, .leftOut:
            throw Diagnostics([
                Diagnostic(
                    at: Place(file: name),
                    "this is no page of content: the theme or the server answers here, for everyone"
                )
            ])
        }
    }

    /// What the build makes itself: lists, feeds, and the addresses that pages used to have.
    private func reportOnMade(_ name: String) -> AccessReport? {
        let address = PagePath(name.hasPrefix("/") ? name : "/" + name)
        let lists = model.lists.pages.map {
            ($0.path, $0.access, $0.place, "a list, for those who may read what it names")
        }
        let files = model.files.files.map {
            ($0.path, $0.access, $0.place, "a file of what its readers may read")
        }
        let aliases = model.aliases.map { alias in
            (
                alias.path, alias.access, alias.place,
                "an old address of \(model.pages[alias.page].path), and as strict"
            )
        }
        let searches = model.search.entries.map {
            (
                $0.path, $0.access, $0.access.place,
                "where a search begins, in an index for each kind of reader"
            )
        }
        for (path, access, place, says) in lists + files + aliases + searches
        where path == address || path == address?.asFolder {
            return AccessReport(
                subject: AccessReport.Subject(path: path, file: place.file, access: access),
                reasons: [policyReason(path), AccessReport.Reason(place: place, says: says)],
                assets: []
            )
        }
        return nil
    }

    /// An address first, then a file as it is named from the site's folder or from where the command was called.
    private func target(_ name: String) throws(Diagnostics) -> Target {
        let address = PagePath(name.hasPrefix("/") ? name : "/" + name)
        for path in [address, address?.asFolder].compactMap(\.self) {
            if let target = model.addresses[path] { return target }
        }
        for prefix in ["content/", source + "/content/", ""] where name.hasPrefix(prefix) {
            if let target = model.sources[String(name.dropFirst(prefix.count))] { return target }
        }
        let near = Suggestion.nearest(to: address?.text ?? name, in: model.addresses.keys.map(\.text))
        throw Diagnostics([
            Diagnostic(
                at: Place(file: name),
                "there is no such page or file",
                advice: near.map { "did you mean '\($0)'?" }
                    ?? "name an address such as /members/, or a file such as content/members/index.md"
            )
        ])
    }

    private func report(onPage position: Int) -> AccessReport {
        let page = model.pages[position]
        let rendered = RenderedPage.of(position, in: model, renderers[page.language])
        let used = rendered.readings.reduce(Set()) { $0.union($1.usedAssets) }
        let assets = model.assets.indices.filter { index in
            used.contains(index) || page.source.file.owns(model.assets[index].file)
        }
        return AccessReport(
            subject: AccessReport.Subject(
                path: page.path,
                file: page.source.file.shownAs,
                access: page.access,
                renderings: rendered.others.map(\.access)
            ),
            reasons: [policyReason(page.path)] + claimReason(page)
                + rendered.others.reversed().map(partReason),
            assets: assets.map { subject(model.assets[$0]) }.sorted { $0.path < $1.path }
        )
    }

    private func subject(_ asset: Asset) -> AccessReport.Subject {
        AccessReport.Subject(path: asset.path, file: asset.file.shownAs, access: asset.access)
    }

    private func reasons(_ asset: Asset) -> [AccessReport.Reason] {
        let policy = policyReason(asset.path)
        guard asset.access.place != policy.place else { return [policy] }
        return [
            policy,
            AccessReport.Reason(place: asset.access.place, says: "the page that it belongs to"),
        ]
    }

    private func policyReason(_ path: PagePath) -> AccessReport.Reason {
        let policy = model.settings.visibility
        guard let rule = policy.rule(for: path) else {
            return AccessReport.Reason(
                place: policy.place,
                says: "no rule speaks of it; the default: \(policy.fallback.rawValue)"
            )
        }
        let says = [rule.visibility.rawValue] + rule.requirements.map(\.text)
        return AccessReport.Reason(
            place: rule.place,
            says: "the rule '\(rule.pattern)': \(says.joined(separator: ", "))"
        )
    }

    private func partReason(_ rendered: RenderedPage) -> AccessReport.Reason {
        let asked = rendered.access.requirements.map(\.text).joined(separator: ", ")
        return AccessReport.Reason(
            place: rendered.access.place,
            says: "a part for some: \(asked.isEmpty ? "every member" : asked)"
        )
    }

    private func claimReason(_ page: Page) -> [AccessReport.Reason] {
        let claim = page.source.frontMatter.claim
        let says = [claim.visibility?.rawValue].compactMap(\.self) + claim.requirements.map(\.text)
        guard !says.isEmpty else { return [] }
        return [
            AccessReport.Reason(place: claim.place, says: "the page itself: " + says.joined(separator: ", "))
        ]
    }
}

extension ContentFile {
    /// Whether a file lies in the folder that this page stands for, or right beside it where it stands for the folder.
    fileprivate func owns(_ file: ContentFile) -> Bool {
        if isIndex { return file.folder == folder }
        let own = folder.isEmpty ? String(stem) : "\(folder)/\(stem)"
        return file.folder == own || file.folder.hasPrefix(own + "/")
    }
}
