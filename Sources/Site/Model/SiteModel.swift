import Gate
import Ground
import Settings
import Theme

/// The whole site before its text is rendered: what is where, and who may see it.
struct SiteModel: Sendable {
    let settings: Settings
    let theme: Theme
    let tags: SiteTags
    /// In the order of their files.
    var pages: [Page]
    /// In the order of their files.
    var assets: [Asset]
    /// By the file's path below `content`.
    let sources: [String: Target]
    /// By address.
    let addresses: [PagePath: Target]
    let absences: [Absence]
    let aliases: [Alias]
    /// How pages follow each other, and which stand below which.
    let order: PageOrder
    let lists: ListPlan
    let files: FilePlan
    let search: SearchPlan
    /// From the files below `data`, for templates.
    let data: [String: TemplateValue]
    let words: SiteWords
    /// Under which names pages refer to assets; none until they are named.
    var names = AssetNames()
    /// By which private files get their names; nil until they are named, or where none needs it.
    var key: NameKey?
    /// `asset` for templates; nil where none asks for it.
    var assetTable: TemplateValue?

    /// The theme as it speaks a language of the site.
    func theme(in language: String) -> Theme { words.theme(in: language) ?? theme }

    /// Everything that is in the table because this build decided so, and for whom.
    var decided: [(path: PagePath, access: Access)] {
        pages.map { ($0.path, $0.access) } + assets.map { ($0.path, $0.access) }
            + aliases.map { ($0.path, $0.access) } + lists.pages.map { ($0.path, $0.access) }
            + files.files.map { ($0.path, $0.access) } + search.entries.map { ($0.path, $0.access) }
    }
}

/// Places every page and asset, and collects what stands in the way.
struct SitePlanner {
    private let settings: Settings
    private let options: BuildOptions
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
    ) -> SiteModel {
        let inheritance = Inheritance(sources)
        problems += Inheritance.problems(in: sources)
        let neighbours = sources.compactMap { place($0, inheritance.inherited(by: $0.file)) }
        let access = AssetAccess(policy: settings.visibility, inheritance: inheritance, pages: neighbours)
        for file in assets { place(file, access) }
        let order = PageOrder(pages)
        problems += taxonomyProblems
        let lists = ListPlan(settings, pages: pages, order: order, problems: &problems)
        let generated = FilePlan(
            settings,
            pages: pages,
            order: order,
            lists: lists,
            taken: Set(pages.map(\.path) + self.assets.map(\.path) + aliases.map(\.path))
        )
        problems +=
            Collisions(
                pages: pages,
                assets: self.assets,
                aliases: aliases,
                made: lists.pages.map { ($0.path, $0.place) } + generated.files.map { ($0.path, $0.place) },
                reserved: reserved
            ).problems
        problems += translationProblems()
        problems += layoutProblems(theme)
        paths += tags.partials.values.map(\.path)
        paths += lists.pages.map(\.path) + generated.files.map(\.path) + aliases.map(\.path)
        // A page that could not be placed may be the one that a rule names.
        if !Diagnostics(problems).hasErrors { problems += ruleWarnings() }
        return SiteModel(
            settings: settings,
            theme: theme,
            tags: tags,
            pages: pages,
            assets: self.assets,
            sources: files,
            addresses: addresses(theme, lists, generated),
            absences: absences,
            aliases: aliases,
            order: order,
            lists: lists,
            files: generated,
            search: SearchPlan(settings, pages: pages, order: order, theme: theme),
            data: data,
            words: words
        )
    }
}

extension SitePlanner {
    private mutating func place(
        _ source: PageSource,
        _ inherited: Inheritance.Inherited
    ) -> AssetAccess.Neighbour? {
        let source = source.taking(inherited)
        let file = source.file
        let path: PagePath
        switch placement(of: source) {
        case .success(let found): path = found
        case .failure(let problem):
            problems.append(problem)
            return nil
        }
        let access: Access
        do throws(Diagnostic) {
            access = try settings.visibility.access(
                to: path,
                claim: source.frontMatter.claim,
                within: inherited.access
            )
            try refuseDoubt(source, path, access)
            if path == .notFound, access.visibility == .private {
                throw Diagnostic(
                    at: Place(file: file.shownAs),
                    "the page for what is not there is read by guests, but is private by \(access.place)",
                    advice: "make \(path) public, or give the page another 'url'"
                )
            }
        } catch {
            problems.append(error)
            return nil
        }
        paths.append(path)
        let absence = absence(of: source)
        if let absence {
            files[file.path] = .leftOut(absence)
            absences.append(absence)
        } else {
            files[file.path] = .page(pages.count)
            placeAliases(of: source, access)
            let (language, original) = settings.language(of: file)
            pages.append(
                Page(
                    position: pages.count,
                    source: source,
                    path: path,
                    access: access,
                    language: language,
                    original: original
                )
            )
        }
        return AssetAccess.Neighbour(
            file: file,
            access: access,
            absence: absence,
            expires: source.frontMatter.expires?.seconds
        )
    }

    /// By the page's own word, else by a pattern for its folder, else by its file.
    private func placement(of source: PageSource) -> Result<PagePath, Diagnostic> {
        let place = Place(file: source.file.shownAs)
        if source.frontMatter.url == nil, !source.file.isSection,
            let permalink = settings.lists.permalink(for: String(source.section))
        {
            return permalink.path(of: source)
        }
        return source.path.map(Result.success)
            ?? .failure(Diagnostic(at: place, "no address can be made of this file's name"))
    }

    private mutating func placeAliases(of source: PageSource, _ access: Access) {
        for alias in source.frontMatter.aliases {
            let closed = settings.visibility.access(to: alias.path, generated: access)
            aliases.append(Alias(path: alias.path, access: closed, place: alias.place, page: pages.count))
        }
    }

    /// A page whose `url` or `slug` takes it out from under a stricter rule must say itself for whom it is.
    private func refuseDoubt(_ source: PageSource, _ path: PagePath, _ access: Access) throws(Diagnostic) {
        guard let filed = source.filedPath, filed != path else { return }
        let claim = source.frontMatter.claim
        let unclaimed = VisibilityClaim(visibility: nil, place: claim.place)
        let there = try settings.visibility.access(to: filed, claim: unclaimed)
        if access.implies(there) || claim.visibility == .public { return }
        if claim.visibility == .private, !claim.requirement.isEmpty { return }
        let by = settings.visibility.rule(for: filed).map { "the rule '\($0.pattern)'" } ?? "the default"
        let isOpen = access.visibility == .public
        throw Diagnostic(
            at: Place(file: source.file.shownAs),
            "the file lies at \(filed), which is private by \(by) at \(there.place), but its address \(path) is \(isOpen ? "public" : "open to other members")",
            advice: isOpen
                ? "say 'visibility: public' or 'visibility: private' in the front matter"
                : "say 'visibility: private' and whom to 'allow' in the front matter"
        )
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

    private func absence(of source: PageSource) -> Absence? {
        if source.frontMatter.isDraft, !options.drafts { return .draft }
        if let end = source.frontMatter.expires, end.seconds <= options.now { return .expired }
        if let date = source.frontMatter.date, date.seconds > options.now, !options.future { return .future }
        return nil
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
