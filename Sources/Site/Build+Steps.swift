import Gate
import Ground
import Highlight
import Markdown
import Settings
import Theme

extension Build {
    func scan() throws -> ContentScan {
        try options.onStep(.scan)
        return ContentScan(content: source + "/content")
    }

    /// Reads all pages and the theme; throws what is wrong in any of them.
    func read(
        _ scan: ContentScan,
        _ progress: (BuildProgress) -> Void
    ) async throws -> (sources: [PageSource], theme: Theme, tags: SiteTags) {
        try options.onStep(.read)
        let total = scan.pages.count
        let taxonomies = settings.lists.taxonomies.map(\.name)
        let read = try await crew.map(total) {
            progress(BuildProgress(step: .read, done: $0, total: total))
        } work: { position in
            Result { () throws(Diagnostics) in
                try PageSource(reading: scan.pages[position], taxonomies: taxonomies)
            }
        }
        var problems = scan.problems
        var sources: [PageSource] = []
        for result in read {
            do throws(Diagnostics) { sources.append(try result.get()) } catch { problems += error.all }
        }
        do throws(Diagnostics) {
            let (theme, tags) = try readTheme(scan)
            try refuse(problems)
            return (sources, theme, tags)
        } catch {
            throw Diagnostics(problems + error.all)
        }
    }

    /// Reads the theme, and all that pages can include.
    func readTheme(_ scan: ContentScan) throws(Diagnostics) -> (theme: Theme, tags: SiteTags) {
        let shownAs = "themes/\(settings.theme)"
        let theme = try Theme.load(folder: "\(source)/\(shownAs)", shownAs: shownAs)
        let declarations = TagDeclarations(theme: theme, folder: "\(source)/\(shownAs)", shownAs: shownAs)
        let partials = PartialFiles(reading: scan.partials, policy: settings.visibility)
        try refuse(declarations.problems + partials.problems)
        return (theme, SiteTags(declarations: declarations, partials: partials))
    }

    /// Places all pages and assets; returns warnings, and throws where there are errors.
    func decide(
        _ sources: [PageSource],
        _ assets: [ContentFile],
        _ theme: Theme,
        _ tags: SiteTags
    ) async throws -> (model: SiteModel, warnings: [Diagnostic]) {
        try options.onStep(.decide)
        let data = SiteData(folder: source + "/data")
        let words = SiteWords(WordFiles(theme, folder: source + "/words"), theme: theme, settings: settings)
        var planner = SitePlanner(settings: settings, options: options)
        let model = try await planner.plan(
            sources,
            assets: assets,
            theme: theme,
            tags: tags,
            data: data.value,
            words: words
        )
        try refuse(planner.problems + data.problems + words.problems)
        let (named, warnings) = try nameAssets(model)
        return (named, planner.problems + words.problems + warnings)
    }

    /// Renders the text of all pages, and checks what can be checked only then.
    func render(
        _ model: SiteModel,
        _ progress: (BuildProgress) -> Void
    ) async throws -> (pages: [RenderedPage], warnings: [Diagnostic]) {
        try options.onStep(.render)
        let renderers = renderers(model)
        let total = model.pages.count
        let getsPart = options.getsPart
        // One that remembers renders pages again.
        let keepsTexts = options.memory != nil
        let pages = try await crew.map(total) {
            progress(BuildProgress(step: .render, done: $0, total: total))
        } work: { position in
            let page = model.pages[position]
            defer { if !keepsTexts { page.source.body.letGo() } }
            return RenderedPage.of(position, in: model, renderers[page.language], gets: getsPart)
        }
        let problems =
            pages.flatMap(\.diagnostics) + LinkChecks(model: model, pages: pages).problems + coloringWarnings
        try refuse(problems)
        return (pages, problems)
    }

    /// Writes the release; one that is not kept leaves nothing outside its folder.
    func write(
        _ model: SiteModel,
        _ rendered: [RenderedPage],
        _ folder: ReleaseFolder,
        isKept: Bool = true,
        _ progress: (BuildProgress) -> Void
    ) async throws -> ReleaseWriter.Outcome {
        try options.onStep(.write)
        // The builds to come shall find the same names.
        if isKept { try model.key?.keep() }
        let folder = try folder.made()
        let writer = ReleaseWriter(
            filler: ReleaseFiller(model, rendered, remembers: options.memory != nil),
            folder: folder,
            crew: crew,
            twins: twinWriter(folder, crew: crew),
            photographs: photographWriter(model, folder, crew: crew),
            minifying: minifying(folder)
        )
        let total = model.pages.count
        return try await writer.write { progress(BuildProgress(step: .write, done: $0, total: total)) }
    }

    /// Returns warnings; throws where something is where it must not be.
    func audit(
        _ folder: ReleaseFolder,
        _ model: SiteModel,
        _ rendered: [RenderedPage],
        _ outcome: ReleaseWriter.Outcome
    ) async throws -> [Diagnostic] {
        try options.onStep(.audit)
        let audit = Audit(folder: try folder.opened(), crew: crew, model: model, rendered: rendered)
        let twins = TwinAudit(folder: folder, crew: crew)
        let findings =
            try await audit.findings { () throws(BuildFailure) in try folder.table() }
            + twins.findings(outcome.table)
            + AssetAudit(model: model).findings(outcome.table)
        guard findings.isEmpty else { throw BuildFailure.audit(findings) }
        return audit.warnings(outcome.table)
    }

    /// Throws where something that only private pages say stands in a public file.
    func search(
        _ folder: ReleaseFolder,
        _ model: SiteModel,
        _ rendered: [RenderedPage],
        _ outcome: ReleaseWriter.Outcome
    ) async throws {
        try options.onLeakSearch(folder.path)
        let writer = SearchWriter(model: model, rendered: rendered, folder: folder, crew: crew)
        let findings = try await SearchAudit(folder: folder, crew: crew, writer: writer)
            .findings(outcome.table)
        guard findings.isEmpty else { throw BuildFailure.audit(findings) }
        let table = outcome.table
        let parts = try await PartStock(
            model,
            rendered,
            table: table,
            renderers: renderers(model),
            crew: crew
        )
        try refuse(parts.problems)
        let stock = PrivateStock(model: model, rendered: rendered, parts: parts, table: table)
        let open = PublicStock(model: model, rendered: rendered, parts: parts, source: source)
        // `audit` has found nothing, or there would be no search.
        let twins = TwinAudit.publicTwins(table)
        let search = LeakSearch(folder: folder, crew: crew, knowsIndexes: true, provenTwins: twins)
        let leaks = try await search.problems(of: stock.pieces(), besides: open.texts)
        let among = try await PartSearch(search: search, model: model, stock: parts, table: table)
            .problems(rendered: rendered, told: leaks) { open.for($0).texts }
        try refuse(leaks + among)
    }

    /// Makes the release the current one, unless the current one is the same.
    func publish(
        _ folder: ReleaseFolder,
        _ outcome: ReleaseWriter.Outcome,
        on shelf: ReleaseShelf
    ) async throws -> (release: ReleaseID, unchanged: Bool) {
        try options.onStep(.switch)
        if let current = shelf.current, try await folder.isSame(as: shelf.folder(of: current), crew) {
            try Folder(path: folder.path).remove()
            return (current, true)
        }
        // The order of names is the order of releases, also where two builds begin in one second or the clock was set back.
        let newest = try shelf.ids().last?.seconds ?? Int.min
        let id = ReleaseID(now: max(options.now, newest + 1), digest: outcome.digest)
        try shelf.publish(folder, as: id)
        return (id, false)
    }

    /// When the passing of time next makes another site of the same files; nil where it never does.
    func next(_ sources: [PageSource]) -> Int? {
        sources.flatMap { [$0.frontMatter.date?.seconds, $0.frontMatter.expires?.seconds] }
            .compactMap(\.self).filter { $0 > options.now }.min()
    }

    /// Removes old releases.
    ///
    /// The new one is served already, so what stands in the way is only a warning.
    func prune(_ shelf: ReleaseShelf, before previous: ReleaseID?) -> [Diagnostic] {
        do throws(BuildFailure) {
            try shelf.keep(settings.build.releasesKept, before: previous)
            return []
        } catch {
            return [Diagnostic(.warning, at: Place(file: shelf.output), "an old release stays: \(error)")]
        }
    }

    /// Throws where there is an error among these, or under `strict` a warning.
    func refuse(_ problems: [Diagnostic]) throws(Diagnostics) {
        let all = Diagnostics(problems)
        if all.hasErrors || options.strict && !all.all.isEmpty { throw all }
    }

    func report(
        _ release: ReleaseID,
        _ unchanged: Bool,
        _ model: SiteModel,
        _ outcome: ReleaseWriter.Outcome,
        _ warnings: [Diagnostic],
        since start: ContinuousClock.Instant
    ) -> BuildReport {
        let routes = outcome.table.routes
        let pages = routes.indices.filter { routes[$0].kind == .page }
        let time = start.duration(to: .now).components
        return BuildReport(
            release: release.text,
            unchanged: unchanged,
            publicPages: pages.count { routes[$0].visibility == .public },
            privatePages: pages.count { routes[$0].visibility == .private },
            assets: model.assets.count + model.theme.assets.count,
            drafts: model.absences.count { $0 == .draft },
            future: model.absences.count { $0 == .future },
            expired: model.absences.count { $0 == .expired },
            milliseconds: Int(time.seconds) * 1000 + Int(time.attoseconds / 1_000_000_000_000_000),
            warnings: Diagnostics(warnings).all
        )
    }

    var crew: Crew { Crew(jobs: options.jobs) }
    func renderers(_ model: SiteModel) -> Renderers { Renderers(model, options.highlighter) }

    /// A warning where code could not be coloured.
    var coloringWarnings: [Diagnostic] {
        guard settings.markdown.highlight, let failure = options.highlighter?.failure else { return [] }
        return [
            Diagnostic(
                .warning,
                at: Place(file: "site.config"),
                "code has no colours: \(failure)",
                advice: "put gatehouse-highlight beside gatehouse, or set markdown.highlight to false"
            )
        ]
    }
}
