import FoundationEssentials
import Gate
import Ground
import Markdown
import Settings
import Theme

/// Everything that is public because its author wrote it where everyone reads it.
///
/// Whatever stands here, a private page may say as well: it is no secret. What stands in a public file of the release and not
/// here came there by way of the theme, a list or this program.
struct PublicStock {
    let model: SiteModel
    /// In the order of the model's pages.
    let rendered: [RenderedPage]
    /// Pages with parts for some, whose rendering is not asked what it may say.
    let parts: PartStock
    /// The site's folder.
    let source: String
    /// Everyone, or some members: then it is what is open to them.
    var reader = Access.everyone

    /// One text, read when its turn comes.
    struct Text: Sendable {
        let form: TextForm
        let bytes: @Sendable () throws -> [UInt8]
    }

    var texts: [Text] { pages + files + [Text(form: .plain) { [settings] in settings() }, loose] }

    /// The same for others.
    func `for`(_ reader: Access) -> PublicStock {
        var stock = self
        stock.reader = reader
        return stock
    }

    /// Whether a file holds text, going by its name.
    static func isText(_ name: some StringProtocol) -> Bool {
        let type = MediaType.of(name)
        return type.hasSuffix("charset=utf-8") || type.hasPrefix("image/svg")
    }
}

extension PublicStock {
    private func isRead(_ access: Access) -> Bool { reader.admitsOnly(thoseOf: access) }

    /// A page with parts as these readers may read it; nil for any other.
    private func views(_ page: Page) -> [PartStock.View]? {
        parts.pages[page.position]?.views.filter { $0.isRead(by: reader) }
    }

    private var pages: [Text] {
        zip(model.pages, rendered).filter { isRead($0.0.access) }.flatMap { page, rendered in
            (views(page)?.map(\.text) ?? [Text(form: .markup) { rendered.html }]) + [
                Text(form: .plain) { Array(page.source.frontMatterText.utf8) }
            ]
        }
    }

    /// The theme's files, and those files of content that are texts.
    ///
    /// Nobody sees what a picture's bytes say by looking at it.
    private var files: [Text] {
        let templates = model.theme.templateTexts.map { path, text in
            Text(form: TextForm(file: path)) { Array(text.utf8) }
        }
        let content = model.assets.filter { isRead($0.access) }.map(\.file)
        let all =
            model.theme.assets.map { ($0.path, $0.location) } + content.map { (String($0.name), $0.location) }
            + files(below: "data")
        let words = model.theme.wordFiles.map { ($0.path, $0.location) } + files(below: "words")
        let files = all.filter { name, _ in name.hasSuffix(".mustache") || Self.isText(name) } + words
        return templates
            + files.map { name, location in
                Text(form: TextForm(file: name)) { try OpenFile(reading: location).readAll() }
            }
    }

    /// Those of a folder of the site which templates may show to everyone.
    private func files(below folder: String) -> [(String, String)] {
        let folder = "\(source)/\(folder)"
        // A site without data, or without words of its own, has no such folder.
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return names.sorted().map { ($0, "\(folder)/\($0)") }.filter { Folder.kind(of: $0.1) == .file }
    }

    /// `site.config` without its rules, which name what is private.
    private func settings() -> [UInt8] {
        // Read as the settings are read: it may be a link.
        let bytes = Array(FileManager.default.contents(atPath: source + "/site.config") ?? Data())
        var isRules = false
        return bytes.split(separator: UInt8(ascii: "\n")).filter { line in
            let isEntry = line.first.map { $0 > 0x20 && $0 != UInt8(ascii: "#") } ?? false
            if isEntry { isRules = line.starts(with: "visibility".utf8) }
            return !isRules
        }.joined(separator: [UInt8(ascii: "\n")]).map(\.self)
    }

    /// Addresses and titles of public pages, what teasers give away, and the words that this program writes of itself.
    private var loose: Text {
        let origin = model.settings.url.origin
        var lines = [Self.ownWords]
        for (page, rendered) in zip(model.pages, rendered) {
            let isOpen = isRead(page.access)
            guard isOpen || page.source.frontMatter.isTeaser else { continue }
            lines += [title(page, rendered), page.path.text, origin + page.path.encoded]
            lines += page.source.frontMatter.aliases.map(\.path.text)
            if case .words(let words) = page.source.frontMatter.menu { lines.append(words) }
            if isOpen { lines += ids(page, rendered) }
        }
        let assets = model.assets.filter { isRead($0.access) }.map(\.path)
        lines += assets.flatMap { [$0.text, origin + $0.encoded] } + model.theme.assets.map { "/" + $0.path }
        let made = model.aliases.map { ($0.path, $0.access) } + model.lists.pages.map { ($0.path, $0.access) }
        for (path, access) in made + model.files.files.map({ ($0.path, $0.access) })
        where isRead(access) {
            lines += [path.text, origin + path.encoded]
        }
        // Every page says where members' searches begin.
        lines += model.search.entries.map(\.path.text)
        lines += AuthRoute.all(for: model.settings.auth).map(\.path.text)
        let text = lines.joined(separator: "\n")
        return Text(form: .plain) { Array(text.utf8) }
    }

    /// Of a page with parts, a heading is not asked whether all readers have it: where they have, it is in the page's text.
    private func title(_ page: Page, _ rendered: RenderedPage) -> String {
        parts.pages[page.position] == nil ? rendered.title : page.title ?? page.source.fallbackTitle
    }

    /// Contents and the search link to headings by these, which the words of the page are not read for.
    private func ids(_ page: Page, _ rendered: RenderedPage) -> [String] {
        guard let views = views(page) else { return rendered.headings.map(\.id) }
        // The numbers of ids depend on what other readers get.
        let open = Set(views.flatMap(\.headings).map { Self.stem($0.id) })
        return rendered.readings.filter { isRead($0.access) }.flatMap(\.headings).map(\.id)
            .filter { open.contains(Self.stem($0)) }
    }

    private static func stem(_ id: String) -> Substring {
        var stem = id[...]
        while stem.last?.isNumber == true { stem.removeLast() }
        return stem.last == "-" ? stem.dropLast() : id[...]
    }

    /// Of feeds, site maps, robots.txt, lists and dates; no page owns one of them alone.
    static let ownWords = """
        alternate all allow archive archives author authors categories category content contents description disallow
        draft entry feed feeds footnote footnotes gatehouse generator home index item items language lastmod link links
        member members name next page pages previous private public published read reading related robots rss search
        section sections self site sitemap summary tag tags text title topic topics updated url urlset user agent
        version
        january february march april may june july august september october november december
        jan feb mar apr jun jul aug sep oct nov dec monday tuesday wednesday thursday friday saturday sunday
        mon tue wed thu fri sat sun
        """
}
