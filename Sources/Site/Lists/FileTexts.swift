import Gate
import Ground
import Settings
import Theme

/// The texts of the files that the build makes itself.
struct FileTexts: Sendable {
    let model: SiteModel
    /// In the order of the model's pages.
    let rendered: [RenderedPage]

    func bytes(of file: GeneratedFile) throws -> [UInt8] {
        switch file.kind {
        case .sitemap: Array(sitemap(file).utf8)
        case .sitemapPart(let range): Array(Self.sitemap(locations(file)[range], origin: url("")).utf8)
        case .robots: Array("User-agent: *\nDisallow:\n\nSitemap: \(url("/sitemap.xml"))\n".utf8)
        case .llms: Array(llms(file).utf8)
        case .feed(.atom, let scope): Array(Feed(self, file, scope).atom.utf8)
        case .feed(.json, let scope): try Feed(self, file, scope).json()
        }
    }

    func url(_ path: String) -> String { model.settings.url.origin + path }

    /// What a page says of itself in one sentence.
    func summary(of position: Int) -> String {
        model.pages[position].source.frontMatter.description ?? rendered[position].excerpt
    }
}

extension FileTexts {
    private func sitemap(_ file: GeneratedFile) -> String {
        let parts = model.files.files.filter { if case .sitemapPart = $0.kind { true } else { false } }
        guard !parts.isEmpty else {
            return Self.sitemap(locations(file)[...], origin: url(""))
        }
        return Self.head + "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
            + parts.map { "<sitemap>\n" + XMLText.element("loc", url($0.path.encoded)) + "</sitemap>\n" }
            .joined()
            + "</sitemapindex>\n"
    }

    /// Each with its last change, in the order of addresses.
    private func locations(_ file: GeneratedFile) -> [(path: PagePath, changed: String?)] {
        let pages = file.pages.map { position in
            let frontMatter = model.pages[position].source.frontMatter
            return (model.pages[position].path, (frontMatter.updated ?? frontMatter.date)?.day)
        }
        let lists = model.lists.pages.filter { $0.access.visibility == .public }
            .map { ($0.path, nil as String?) }
        return (pages + lists).sorted { $0.0 < $1.0 }.map { (path: $0.0, changed: $0.1) }
    }

    private static func sitemap(_ locations: ArraySlice<(path: PagePath, changed: String?)>, origin: String)
        -> String
    {
        head + "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
            + locations.map { location in
                "<url>\n" + XMLText.element("loc", origin + location.path.encoded)
                    + XMLText.element("lastmod", location.changed) + "</url>\n"
            }.joined() + "</urlset>\n"
    }

    static let head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
}

extension FileTexts {
    /// The pages by their outermost folder, in the order of lists (llmstxt.org).
    private func llms(_ file: GeneratedFile) -> String {
        var text = "# \(Self.line(model.settings.title))\n"
        if let front = file.pages.first(where: { model.pages[$0].original == "index" }) {
            let summary = Self.line(summary(of: front))
            if !summary.isEmpty { text += "\n> \(summary)\n" }
        }
        let titles = folderTitles(file)
        let pages = Self.line(model.words[file.language].text("pages") ?? "Pages")
        var folders: [String] = []
        var entries: [String: [String]] = [:]
        for position in file.pages {
            let folder = titles[Self.folder(of: model.pages[position])] ?? pages
            if entries[folder] == nil { folders.append(folder) }
            entries[folder, default: []].append(entry(position))
        }
        for folder in folders {
            text += "\n## \(folder)\n\n" + (entries[folder] ?? []).joined()
        }
        return text
    }

    /// A folder is called as its page is, where these readers may read that.
    private func folderTitles(_ file: GeneratedFile) -> [String: String] {
        var titles: [String: String] = [:]
        for position in file.pages {
            let page = model.pages[position]
            let parts = page.original.split(separator: "/")
            guard page.source.file.isIndex, parts.count == 2 else { continue }
            titles[String(parts[0])] = Self.line(rendered[position].title)
        }
        return titles
    }

    /// Below the folder of its language.
    private static func folder(of page: Page) -> String {
        let folder = page.original.prefix { $0 != "/" }
        return folder.count < page.original.count ? String(folder) : ""
    }

    private func entry(_ position: Int) -> String {
        let title = Self.line(rendered[position].title).replacing("[", with: "\\[").replacing(
            "]",
            with: "\\]"
        )
        let summary = Self.line(summary(of: position))
        let link = "- [\(title)](\(url(model.pages[position].path.encoded)))"
        return summary.isEmpty ? "\(link)\n" : "\(link): \(summary)\n"
    }

    private static func line(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
