import Gate
import Ground
import Settings
import Theme

extension FrontMatter {
    /// Every key that works.
    static let keys = [
        "title", "description", "date", "updated", "draft", "slug", "url", "layout", "visibility", "allow",
        "tags", "weight", "menu", "teaser", "params",
        "cascade", "aliases", "expires", "author", "image", "search", "sitemap", "toc",
    ]

    /// Reads the front matter of a file, as `SourceText` has found it, and notes all that is wrong in it.
    ///
    /// `taxonomies` are keys, too.
    init(
        _ text: String,
        _ format: SourceText.Format = .yaml,
        file: String,
        taxonomies: [String] = []
    ) throws(Diagnostics) {
        self.init(file: file)
        let root = try DataText.value(of: text, format, file: file, firstLine: format == .json ? 1 : 2)
        let reading = YAMLReading()
        // One that means something else is told once for the site, and not of each page.
        let taxonomies = taxonomies.filter { $0 == "tags" || !Self.keys.contains($0) }
        let keys = Self.keys + taxonomies
        let table = YAMLTable(
            root,
            named: "front matter",
            keys: keys,
            foreign: Self.foreignKeys,
            reading: reading
        )
        readTexts(table)
        readAddress(table)
        readAccess(table)
        readListing(table)
        for taxonomy in taxonomies { terms[taxonomy] = table.texts(taxonomy)?.map(\.text) }
        params = Self.params(table)
        cascade = Cascade(table)
        if reading.diagnostics.contains(where: { $0.severity == .error }) {
            throw Diagnostics(reading.diagnostics)
        }
    }
}

extension FrontMatter {
    private mutating func readTexts(_ table: YAMLTable) {
        let dates = "a date such as 2026-03-01 or 2026-03-01T10:00:00+01:00"
        title = table.text("title")
        description = table.text("description")
        date = table.parsed("date", dates, PageDate.init)
        updated = table.parsed("updated", dates, PageDate.init)
        expires = table.parsed("expires", dates, PageDate.init)
        draft = table.flag("draft")
        author = table.text("author")
        image = table.text("image").map { Picture(destination: $0, place: table.place(of: "image")) }
        isInSitemap = table.flag("sitemap") ?? true
        isInSearch = table.flag("search") ?? true
        hasContents = table.flag("toc") ?? true
        layout = table.text("layout")
        layoutPlace = table.place(of: "layout")
    }

    private mutating func readAddress(_ table: YAMLTable) {
        slug = table.parsed("slug", "one part of an address, such as 'fees'") { text in
            !text.isEmpty && !text.contains("/") && PagePath("/" + text) != nil ? text : nil
        }
        url = table.parsed("url", "a path such as /members/fees/", PagePath.init)
        aliases = (table.texts("aliases") ?? []).compactMap { text, place in
            if let path = PagePath(text) { return OldAddress(path: PageSource.completed(path), place: place) }
            table.reading.report(at: place, "an alias must be a path such as /old/fees/, found '\(text)'")
            return nil
        }
        if table.entry("slug") != nil, let entry = table.entry("url") {
            table.reading.report(at: entry.place, "'url' says the whole address, so 'slug' has no use")
        }
    }

    private mutating func readAccess(_ table: YAMLTable) {
        let entry = table.entry("visibility")
        claim = VisibilityClaim(
            visibility: table.choice("visibility", of: Visibility.self),
            requirements: [Requirement](allow: table.entry("allow")?.value, table.reading),
            place: entry?.place ?? table.entry("allow")?.place ?? claim.place
        )
        isTeaser = table.flag("teaser") ?? false
    }

    private mutating func readListing(_ table: YAMLTable) {
        tags = table.texts("tags")?.map(\.text) ?? []
        weight = table.number("weight", in: -1_000_000...1_000_000) ?? 0
        guard let value = table.entry("menu")?.value else { return }
        if case .scalar(let text, false) = value.content, text == "true" || text == "false" {
            menu = text == "true" ? .title : .none
        } else if let words = table.text("menu") {
            menu = .words(words)
        }
    }

    /// The free keys below `params`.
    static func params(_ table: YAMLTable) -> [String: TemplateValue] {
        guard let value = table.entry("params")?.value else { return [:] }
        switch value.content {
        case .nothing: return [:]
        case .table(let entries):
            for entry in entries where Self.meantForTheTop.contains(entry.key) {
                table.reading.report(
                    at: entry.place,
                    "'\(entry.key)' has no effect below 'params'",
                    advice: "move it to the left, beside 'params'"
                )
            }
            return Self.table(entries)
        default:
            table.reading.report(at: value.place, "params must be a table, found \(value.found)")
            return [:]
        }
    }

    /// Indented by mistake, these would leave a page open that its author meant to close.
    private static let meantForTheTop = ["visibility", "allow", "draft"]

    private static func table(_ entries: [YAMLEntry]) -> [String: TemplateValue] {
        Dictionary(
            entries.compactMap { entry in template(entry.value).map { (entry.key, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    static func template(_ value: YAMLValue) -> TemplateValue? {
        switch value.content {
        case .nothing: nil
        case .scalar("true", false): .flag(true)
        case .scalar("false", false): .flag(false)
        case .scalar(let text, _): .text(text)
        case .list(let values): .list(values.compactMap(template))
        case .table(let entries): .table(table(entries))
        }
    }
}
