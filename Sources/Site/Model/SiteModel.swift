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
    let pages: [Page]
    /// In the order of their files.
    let assets: [Asset]
    /// By the file's path below `content`.
    let files: [String: Target]
    /// By address.
    let addresses: [PagePath: Target]
    let absences: [Absence]
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
        tags: SiteTags
    ) -> SiteModel {
        let neighbours = sources.compactMap { place($0) }
        let access = AssetAccess(policy: settings.visibility, pages: neighbours)
        for file in assets { place(file, access) }
        problems += Collisions(pages: pages, assets: self.assets, reserved: reserved).problems
        problems += layoutProblems(theme)
        return SiteModel(
            settings: settings,
            theme: theme,
            tags: tags,
            pages: pages,
            assets: self.assets,
            files: files,
            addresses: addresses(theme),
            absences: absences
        )
    }
}

extension SitePlanner {
    private mutating func place(_ source: PageSource) -> AssetAccess.Neighbour? {
        let file = source.file
        guard let path = source.path else {
            report(Place(file: file.shownAs), "no address can be made of this file's name")
            return nil
        }
        let access: Access
        do throws(Diagnostic) {
            access = try settings.visibility.access(to: path, claim: source.frontMatter.claim)
            try refuseDoubt(source, path, access)
        } catch {
            problems.append(error)
            return nil
        }
        let absence = absence(of: source)
        if let absence {
            files[file.path] = .leftOut(absence)
            absences.append(absence)
        } else {
            files[file.path] = .page(pages.count)
            pages.append(Page(source: source, path: path, access: access))
        }
        return AssetAccess.Neighbour(file: file, access: access, absence: absence)
    }

    /// A page whose `url` or `slug` takes it out from under a private rule must say itself that it is public.
    private func refuseDoubt(_ source: PageSource, _ path: PagePath, _ access: Access) throws(Diagnostic) {
        guard access.visibility == .public, source.frontMatter.claim.visibility == nil,
            let filed = source.filedPath, filed != path,
            let rule = settings.visibility.rule(for: filed), rule.visibility == .private
        else { return }
        throw Diagnostic(
            at: Place(file: source.file.shownAs),
            "the file lies at \(filed), which is private by the rule '\(rule.pattern)' at \(rule.place), but its address \(path) is public",
            advice: "say 'visibility: public' or 'visibility: private' in the front matter"
        )
    }

    private mutating func place(_ file: ContentFile, _ access: AssetAccess) {
        guard let path = PagePath("/" + file.path) else {
            report(Place(file: file.shownAs), "no address can be made of this file's name")
            return
        }
        do throws(Diagnostic) {
            switch try access.decide(file, at: path) {
            case .asset(let asset):
                files[file.path] = .asset(assets.count)
                assets.append(asset)
            case .leftOut(let absence): files[file.path] = .leftOut(absence)
            }
        } catch {
            problems.append(error)
        }
    }

    private func absence(of source: PageSource) -> Absence? {
        if source.frontMatter.isDraft, !options.drafts { return .draft }
        if let date = source.frontMatter.date, date.seconds > options.now, !options.future { return .future }
        return nil
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

    private func addresses(_ theme: Theme) -> [PagePath: Target] {
        var addresses: [PagePath: Target] = [:]
        addresses.reserveCapacity(pages.count + assets.count + theme.assets.count)
        for (position, page) in pages.enumerated() { addresses[page.path] = .page(position) }
        for (position, asset) in assets.enumerated() { addresses[asset.path] = .asset(position) }
        for path in theme.assets.map({ "/" + $0.path }) + reserved.linkable {
            if let path = PagePath(path) { addresses[path] = .outside }
        }
        return addresses
    }

    private mutating func report(_ place: Place, _ problem: String) {
        problems.append(Diagnostic(at: place, problem))
    }
}
