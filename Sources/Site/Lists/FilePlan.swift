import Gate
import Ground
import Settings

/// Which files the build makes itself, and for whom.
///
/// Each public one is of public pages. Beside them there are editions for members, of what every member may read.
struct FilePlan: Sendable {
    let files: [GeneratedFile]
    private let feeds: [FeedScope: [GeneratedFile]]

    /// `taken` are the addresses of content, to which a generated file gives way.
    ///
    /// Costs O(pages), apart from sorting.
    init(
        _ settings: Settings,
        pages: [Page],
        order: PageOrder,
        lists: ListPlan,
        taken: Set<PagePath>
    ) {
        var plan = Planning(settings: settings, pages: pages, taken: taken)
        if settings.build.sitemap { plan.addSitemap(lists) }
        if settings.build.llms { plan.addLists(order) }
        plan.addFeeds(order)
        files = plan.files
        var feeds: [FeedScope: [GeneratedFile]] = [:]
        for file in plan.files {
            if case .feed(_, let scope) = file.kind { feeds[scope, default: []].append(file) }
        }
        self.feeds = feeds
    }

    /// The feeds that readers of a page may read and that are of use there: its nearest section's and its language's, each in
    /// the edition that tells them most.
    func feeds(for access: Access, sections: [Int], language: String) -> [GeneratedFile] {
        let scopes = sections.map(FeedScope.section) + [.language(language)]
        return scopes.flatMap { scope in
            BuildSettings.Feed.allCases.compactMap { best($0, scope, for: access) }
        }
    }
}

extension FilePlan {
    private func best(_ feed: BuildSettings.Feed, _ scope: FeedScope, for access: Access) -> GeneratedFile? {
        var best: GeneratedFile?
        for file in feeds[scope] ?? [] {
            guard case .feed(feed, _) = file.kind, access.admitsOnly(thoseOf: file.access) else { continue }
            // Of two, the one for members has all that the public one has.
            if best == nil || file.access.visibility == .private { best = file }
        }
        return best
    }
}

/// The plan while it is being made.
private struct Planning {
    let settings: Settings
    let pages: [Page]
    let taken: Set<PagePath>
    var files: [GeneratedFile] = []

    private static let everyone = Access(
        visibility: .public,
        requirements: [],
        place: Place(file: "site.config")
    )
    private static let members = Access(
        visibility: .private,
        requirements: [],
        place: Place(file: "site.config")
    )

    /// The protocol's limit for one file (sitemaps.org, "Sitemaps XML format").
    private static let sitemapLimit = 50_000
    private static let feedLength = 20

    mutating func addSitemap(_ lists: ListPlan) {
        let listed = pages.indices.filter {
            pages[$0].access.visibility == .public && pages[$0].isListed
                && pages[$0].source.frontMatter.isInSitemap
        }
        let count = listed.count + lists.pages.count { $0.access.visibility == .public }
        let isMade = add(.sitemap, "/sitemap.xml", Self.everyone, listed)
        if isMade, count > Self.sitemapLimit {
            for (number, start) in stride(from: 0, to: count, by: Self.sitemapLimit).enumerated() {
                let part = start..<min(start + Self.sitemapLimit, count)
                _ = add(.sitemapPart(part), "/sitemap-\(number + 1).xml", Self.everyone, listed)
            }
        }
        if isMade { _ = add(.robots, "/robots.txt", Self.everyone, []) }
    }

    mutating func addLists(_ order: PageOrder) {
        let listed = order.all.filter { pages[$0].source.frontMatter.isInSitemap }
        for (language, base) in trees {
            addEditions(.llms, base, "llms.txt", listed.filter { isIn(language, $0) }, language) { $0 }
        }
    }

    mutating func addFeeds(_ order: PageOrder) {
        let dated = order.all.filter { pages[$0].source.frontMatter.date != nil }.sorted {
            let (left, right) = (pages[$0], pages[$1])
            let dates = (left.source.frontMatter.date?.seconds, right.source.frontMatter.date?.seconds)
            if let one = dates.0, let other = dates.1, one != other { return one > other }
            return left.path < right.path
        }
        for (language, base) in trees {
            addFeeds(.language(language), at: base, dated.filter { isIn(language, $0) }, language)
        }
        guard pages.contains(where: \.source.file.isSection) else { return }
        var ranks = [Int](repeating: 0, count: pages.count)
        for (rank, position) in dated.enumerated() { ranks[position] = rank }
        // The first page of a language has the feed of the language.
        for section in pages
        where section.source.file.isSection && section.path != .root && section.original != "index" {
            let own = order.children(of: section).filter { pages[$0].source.frontMatter.date != nil }
                .sorted { ranks[$0] < ranks[$1] }
            addFeeds(.section(section.position), at: section.path.asFolder.text, own, section.language)
        }
    }

    /// The languages of the site, and the folder below which each of them lies.
    private var trees: [(language: String, base: String)] {
        [(settings.language, "/")] + settings.languages.map { ($0, "/\($0)/") }
    }

    private func isIn(_ language: String, _ page: Int) -> Bool { pages[page].language == language }

    private mutating func addFeeds(_ scope: FeedScope, at base: String, _ dated: [Int], _ language: String) {
        for feed in settings.build.feeds {
            let name = feed == .atom ? "feed.xml" : "feed.json"
            guard case .section(let position) = scope, pages[position].access.visibility == .private else {
                addEditions(.feed(feed, of: scope), base, name, dated, language) {
                    Array($0.prefix(Self.feedLength))
                }
                continue
            }
            let access = settings.visibility.access(
                to: PagePath(base + name) ?? .root,
                generated: pages[position].access
            )
            let readable = dated.filter { access.admitsOnly(thoseOf: pages[$0].access) }
            guard !readable.isEmpty else { continue }
            _ = add(
                .feed(feed, of: scope),
                base + name,
                access,
                Array(readable.prefix(Self.feedLength)),
                pages[position].place,
                language: language
            )
        }
    }

    /// One for everyone, and one for members where they may read more.
    private mutating func addEditions(
        _ kind: GeneratedFile.Kind,
        _ base: String,
        _ name: String,
        _ listed: [Int],
        _ language: String,
        cut: ([Int]) -> [Int]
    ) {
        let open = listed.filter { pages[$0].access.visibility == .public }
        if !open.isEmpty { _ = add(kind, base + name, Self.everyone, cut(open), language: language) }
        let readable = listed.filter { Self.members.admitsOnly(thoseOf: pages[$0].access) }
        guard readable.count > open.count else { return }
        _ = add(kind, base + "for/members/" + name, Self.members, cut(readable), language: language)
    }

    /// Tells whether it was added: it gives way to content, and to a rule that closes what is meant for everyone.
    private mutating func add(
        _ kind: GeneratedFile.Kind,
        _ path: String,
        _ access: Access,
        _ pages: [Int],
        _ place: Place = Place(file: "site.config"),
        language: String? = nil
    ) -> Bool {
        guard let path = PagePath(path), !taken.contains(path) else { return false }
        let closed = settings.visibility.access(to: path, generated: access)
        guard closed.visibility == access.visibility else { return false }
        files.append(
            GeneratedFile(
                kind: kind,
                path: path,
                access: closed,
                language: language ?? settings.language,
                pages: pages,
                place: place
            )
        )
        return true
    }
}
