import Gate
import Ground
import Settings
import Theme

/// Places every page and asset, and collects what stands in the way.
struct SitePlanner {
    private let settings: Settings
    private let options: BuildOptions
    private let crew: Crew
    private let reserved: ReservedPaths
    private var pages: [Page] = []
    private var assets: [Asset] = []
    private var files: [String: Target] = [:]
    private var absences: [Absence] = []
    private var aliases: [Alias] = []
    /// Of pages and assets, also of those that are left out.
    private var paths: [PagePath] = []
    private(set) var problems: [Diagnostic] = []

    init(settings: Settings, options: BuildOptions) {
        self.settings = settings
        self.options = options
        crew = Crew(jobs: options.jobs)
        reserved = ReservedPaths(auth: settings.auth)
    }

    /// Makes the model; look at `problems` before using it.
    mutating func plan(
        _ sources: [PageSource],
        assets: [ContentFile],
        theme: Theme,
        tags: SiteTags,
        data: [String: TemplateValue],
        words: SiteWords
    ) async throws -> SiteModel {
        let inheritance = Inheritance(sources)
        problems += Inheritance.problems(in: sources)
        let placing = PagePlacing(settings: settings, options: options, inheritance: inheritance)
        var neighbours: [AssetAccess.Neighbour] = []
        for result in try await crew.map(sources.count, work: { placing.place(sources[$0]) }) {
            switch result {
            case .success(let placed): neighbours.append(add(placed))
            case .failure(let problem): problems.append(problem)
            }
        }
        async let ordered = PageOrder(pages)
        let access = AssetAccess(
            policy: settings.visibility,
            inheritance: inheritance,
            pages: neighbours,
            buildsDrafts: options.drafts
        )
        for file in assets { place(file, access) }
        let order = await ordered
        problems += taxonomyProblems
        problems += idlePermalinks(sources)
        let lists = ListPlan(settings, pages: pages, order: order, problems: &problems)
        let generated = FilePlan(
            settings,
            pages: pages,
            order: order,
            lists: lists,
            taken: Set(pages.map(\.path) + self.assets.map(\.path) + aliases.map(\.path))
        )
        let claims = Collisions(
            pages: pages,
            assets: self.assets,
            aliases: aliases,
            made: lists.pages.map { ($0.path, $0.place) } + generated.files.map { ($0.path, $0.place) },
            reserved: reserved
        )
        async let collisions = claims.problems
        let addresses = addresses(theme, lists, generated)
        let search = SearchPlan(settings, pages: pages, order: order, theme: theme)
        problems += translationProblems()
        problems += layoutProblems(theme)
        paths += tags.partials.values.map(\.path)
        paths += lists.pages.map(\.path) + generated.files.map(\.path) + aliases.map(\.path)
        problems += await collisions
        // A page that could not be placed may be the one that a rule names.
        if !Diagnostics(problems).hasErrors { problems += ruleWarnings() }
        return SiteModel(
            settings: settings,
            theme: theme,
            tags: tags,
            pages: pages,
            assets: self.assets,
            sources: files,
            addresses: addresses,
            absences: absences,
            aliases: aliases,
            order: order,
            lists: lists,
            files: generated,
            search: search,
            data: data,
            words: words
        )
    }
}

extension SitePlanner {
    private mutating func add(_ placed: PagePlacing.Placed) -> AssetAccess.Neighbour {
        let (source, file) = (placed.source, placed.source.file)
        paths.append(placed.path)
        if let absence = placed.absence {
            files[file.path] = .leftOut(absence)
            absences.append(absence)
        } else {
            files[file.path] = .page(pages.count)
            placeAliases(of: source, placed.access)
            pages.append(
                Page(
                    position: pages.count,
                    source: source,
                    path: placed.path,
                    access: placed.access,
                    language: placed.language,
                    original: placed.original
                )
            )
        }
        return AssetAccess.Neighbour(
            file: file,
            access: placed.access,
            absence: placed.absence,
            expires: source.frontMatter.expires?.seconds
        )
    }

    private mutating func placeAliases(of source: PageSource, _ access: Access) {
        for alias in source.frontMatter.aliases {
            let closed = settings.visibility.access(to: alias.path, generated: access)
            aliases.append(Alias(path: alias.path, access: closed, place: alias.place, page: pages.count))
        }
    }

    private mutating func place(_ file: ContentFile, _ access: AssetAccess) {
        guard let path = PagePath("/" + file.path) else {
            report(Place(file: file.shownAs), "no address can be made of this file's name")
            return
        }
        paths.append(path)
        do throws(Diagnostic) {
            switch try access.decide(file, at: path) {
            case .asset(let asset, let warning):
                files[file.path] = .asset(assets.count)
                assets.append(asset)
                if let warning { problems.append(warning) }
            case .leftOut(let absence): files[file.path] = .leftOut(absence)
            }
        } catch {
            problems.append(error)
        }
    }

    private func ruleWarnings() -> [Diagnostic] {
        let open =
            pages.filter { $0.access.visibility == .public && $0.source.frontMatter.claim.visibility == nil }
            .map { RuleWarnings.Open(path: $0.path, place: $0.place) }
            + assets.filter { $0.access.visibility == .public }
            .map { RuleWarnings.Open(path: $0.path, place: $0.place) }
        return RuleWarnings(policy: settings.visibility, paths: paths, open: open).problems
    }

    /// A page that says nothing of its readers, and whose translation is private, was most likely forgotten.
    private func translationProblems() -> [Diagnostic] {
        guard !settings.languages.isEmpty else { return [] }
        let closed = Dictionary(
            pages.filter { $0.access.visibility == .private }.map { ($0.original, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return pages.compactMap { page in
            guard page.access.visibility == .public, page.source.frontMatter.claim.visibility == nil,
                let other = closed[page.original]
            else { return nil }
            return Diagnostic(
                at: page.place,
                "this page is public, but \(other.source.file.shownAs), which translates it, is private",
                advice:
                    "write 'visibility: public' into its front matter if everyone may read it, else 'visibility: private'"
            )
        }
    }

    private mutating func layoutProblems(_ theme: Theme) -> [Diagnostic] {
        var found: [Diagnostic] = []
        let known = theme.templates(in: "layouts")
        if !theme.has("layouts/page") {
            let file = "themes/\(settings.theme)/layouts/page.mustache"
            found.append(
                Diagnostic(at: Place(file: file), "the theme has no layout 'page'", advice: "add it")
            )
        }
        for name in Theme.serverTemplates where !theme.has("server/\(name)") {
            let file = "themes/\(settings.theme)/server/\(name).mustache"
            found.append(
                Diagnostic(
                    at: Place(file: file),
                    "the theme has no server template '\(name)'",
                    advice: "add it"
                )
            )
        }
        for page in pages {
            guard let layout = page.source.frontMatter.layout, !theme.has("layouts/\(layout)") else {
                continue
            }
            found.append(
                Diagnostic(
                    at: page.source.frontMatter.layoutPlace,
                    "the theme '\(settings.theme)' has no layout '\(layout)'",
                    advice: Suggestion.advice(for: layout, among: known)
                )
            )
        }
        return found
    }

    /// A taxonomy is a key of front matter, and cannot be one that means something else.
    private var taxonomyProblems: [Diagnostic] {
        settings.lists.taxonomies.filter { $0.name != "tags" && FrontMatter.keys.contains($0.name) }.map {
            Diagnostic(
                at: $0.place,
                "'\($0.name)' is a key of front matter already, and can be no taxonomy",
                advice: "choose another name"
            )
        }
    }

    /// Patterns for folders without pages; a draft counts as one.
    private func idlePermalinks(_ sources: [PageSource]) -> [Diagnostic] {
        guard !settings.lists.permalinks.isEmpty else { return [] }
        var folders: Set<String> = []
        for var folder in sources.map(\.file.folder) {
            while !folder.isEmpty, folders.insert(String(folder)).inserted {
                folder = folder.lastIndex(of: "/").map { folder[..<$0] } ?? ""
            }
        }
        return settings.lists.permalinks.filter { !folders.contains($0.folder) }.map { permalink in
            Diagnostic(
                .warning,
                at: permalink.place,
                "there are no pages below content/\(permalink.folder)",
                advice: Suggestion.nearest(to: permalink.folder, in: folders).map { "did you mean '\($0)'?" }
            )
        }
    }

    private func addresses(_ theme: Theme, _ lists: ListPlan, _ files: FilePlan) -> [PagePath: Target] {
        var addresses: [PagePath: Target] = [:]
        addresses.reserveCapacity(pages.count + assets.count + theme.assets.count)
        for (position, page) in pages.enumerated() { addresses[page.path] = .page(position) }
        for (position, asset) in assets.enumerated() { addresses[asset.path] = .asset(position) }
        // A link to an alias is written as a link to the page: nobody need be sent around.
        for alias in aliases { addresses[alias.path] = .page(alias.page) }
        for list in lists.pages { addresses[list.path] = .outside }
        for file in files.files { addresses[file.path] = .outside }
        for path in theme.assets.map({ "/" + $0.path }) + reserved.linkable {
            if let path = PagePath(path) { addresses[path] = .outside }
        }
        return addresses
    }

    private mutating func report(_ place: Place, _ problem: String) {
        problems.append(Diagnostic(at: place, problem))
    }
}
