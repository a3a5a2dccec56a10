import Gate
import Ground
import Settings

/// Decides where a page is, and who may see it.
struct PagePlacing: Sendable {
    /// A page with its place; one that this build leaves out has one, too.
    struct Placed: Sendable {
        /// With what the sections around it give it.
        let source: PageSource
        let path: PagePath
        let access: Access
        let absence: Absence?
        /// A language tag of `site.config`.
        let language: String
        /// The file's path within the tree of its language.
        let original: String
    }

    let settings: Settings
    let options: BuildOptions
    let inheritance: Inheritance

    func place(_ source: PageSource) -> Result<Placed, Diagnostic> {
        Result { () throws(Diagnostic) in
            let inherited = inheritance.inherited(by: source.file)
            let source = source.taking(inherited)
            let path = try placement(of: source).get()
            let access = try settings.visibility.access(
                to: path,
                claim: source.frontMatter.claim,
                within: inherited.access
            )
            try refuseDoubt(source, path, access)
            let (language, original) = settings.language(of: source.file)
            if path == .notFound || path == PagePath.notFound(in: language), access.visibility == .private {
                throw Diagnostic(
                    at: Place(file: source.file.shownAs),
                    "the page for what is not there is read by guests, but is private by \(access.place)",
                    advice: "make \(path) public, or give the page another 'url'"
                )
            }
            return Placed(
                source: source,
                path: path,
                access: access,
                absence: absence(of: source),
                language: language,
                original: original
            )
        }
    }
}

extension PagePlacing {
    /// By the page's own word, else by a pattern for its folder, else by its file.
    private func placement(of source: PageSource) -> Result<PagePath, Diagnostic> {
        let place = Place(file: source.file.shownAs)
        if let path = notFound(source) { return .success(path) }
        if source.frontMatter.url == nil, !source.file.isSection,
            let permalink = settings.lists.permalink(for: String(source.section))
        {
            return permalink.path(of: source)
        }
        return source.path.map(Result.success)
            ?? .failure(Diagnostic(at: place, "no address can be made of this file's name"))
    }

    /// Where a page is that says that nothing is there: `404.md` of any language; nil for every other page.
    private func notFound(_ source: PageSource) -> PagePath? {
        let (language, original) = settings.language(of: source.file)
        guard original == "404", source.frontMatter.url == nil, source.frontMatter.slug == nil else {
            return nil
        }
        return language == settings.language ? .notFound : PagePath.notFound(in: language)
    }

    /// A page whose `url` or `slug` takes it out from under a stricter rule must say itself for whom it is.
    private func refuseDoubt(_ source: PageSource, _ path: PagePath, _ access: Access) throws(Diagnostic) {
        guard let filed = source.filedPath, filed != path else { return }
        let claim = source.frontMatter.claim
        let unclaimed = VisibilityClaim(visibility: nil, place: claim.place)
        let there = try settings.visibility.access(to: filed, claim: unclaimed)
        if access.admitsOnly(thoseOf: there) || claim.visibility == .public { return }
        if claim.visibility == .private, !claim.requirements.isEmpty { return }
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

    private func absence(of source: PageSource) -> Absence? {
        if source.frontMatter.isDraft, !options.drafts { return .draft }
        if let end = source.frontMatter.expires, end.seconds <= options.now { return .expired }
        if let date = source.frontMatter.date, date.seconds > options.now, !options.future { return .future }
        return nil
    }
}
