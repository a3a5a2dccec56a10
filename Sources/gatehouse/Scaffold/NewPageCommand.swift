import ArgumentParser
import FoundationEssentials
import Gate
import Ground
import Settings
import Site

/// `gatehouse new page PATH`: a page with its front matter.
struct NewPageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "page",
        abstract: "Make a page with front matter.",
        discussion: """
            PATH is where it will be: news/hello, /news/hello/ or content/news/hello.md. It begins as archetypes/news.md \
            says, else as archetypes/default.md says, and else as a draft with a title and today's date.
            """
    )

    @OptionGroup var site: SiteOptions

    @Argument(help: "The page's address or file.")
    var path: String

    func run() throws {
        guard let file = NewPage.file(named: path) else {
            throw ValidationError("'\(path)' can be no page: name one such as news/hello")
        }
        let settings = try site.settings()
        try refuseTwin(of: file)
        try refuseLinks(to: file)
        let archetype = try Archetype(for: file, source: site.source)
        let text = try archetype.filled(title: title(of: file), date: today)
        let page = try NewPage(file: file, text: text, madeFrom: archetype.file, settings: settings)
        let access = page.access
        try FreshFiles(folder: site.source).write(Array(text.utf8), to: "content/\(file)")
        let output = FileHandleText.standardOutput
        let asked = ([access.visibility.rawValue] + access.requirements.map(\.text)).joined(separator: ", ")
        let draft =
            page.isDraft
            ? "\n    it is a draft: 'gatehouse dev' shows it, and a build leaves it out until 'draft: true' is gone"
            : ""
        output.write(
            "\(output.bold("Made")) content/\(file): \(page.path), \(asked) by \(access.place)\(draft)"
        )
    }

    /// `foo.md`, `foo/index.md` and `foo/_index.md` have one address.
    private func refuseTwin(of file: String) throws {
        let stem = file.dropLast(3)
        let isIndex = ["index", "_index"].contains(stem.split(separator: "/").last)
        let folder = isIndex ? String(stem.dropLast(stem.hasSuffix("_index") ? 6 : 5)) : "\(stem)/"
        let page = folder.isEmpty ? [] : ["\(folder.dropLast()).md"]
        for name in page + ["\(folder)index.md", "\(folder)_index.md"]
        where FileManager.default.fileExists(atPath: "\(site.source)/content/\(name)") {
            throw Ending(
                .environment,
                "error: content/\(name) is there already\n    choose another name; nothing is overwritten"
            )
        }
    }

    /// The build follows no link below `content`, and what is made behind one would lie anywhere.
    private func refuseLinks(to file: String) throws {
        var folder = "content"
        for part in file.split(separator: "/").dropLast() {
            folder += "/\(part)"
            // What is not there yet has no attributes, and is made.
            let attributes = try? FileManager.default.attributesOfItem(atPath: "\(site.source)/\(folder)")
            guard attributes?[.type] as? FileAttributeType == .typeSymbolicLink else { continue }
            throw Ending(
                .environment,
                "error: \(folder) is a symbolic link\n    nothing is written through it; name a folder that is one"
            )
        }
    }

    private func title(of file: String) -> String {
        let parts = file.dropLast(3).split(separator: "/")
        let isIndex = parts.last == "index" || parts.last == "_index"
        let name = isIndex ? parts.dropLast().last ?? "Home" : parts.last ?? ""
        return PageTitle.of(name)
    }

    /// In UTC, as builds compare dates.
    private var today: String { String(Date.now.ISO8601Format().prefix(10)) }
}
