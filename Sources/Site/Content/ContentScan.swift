import Glibc
import Ground

/// Finds the files below `content`, and refuses what must not be there.
struct ContentScan {
    private(set) var pages: [ContentFile] = []
    private(set) var assets: [ContentFile] = []
    /// Texts that pages include, and that are no pages themselves.
    private(set) var partials: [ContentFile] = []
    private(set) var problems: [Diagnostic] = []
    private let root: String

    /// Looks through a folder; takes files in the order of their names' bytes.
    init(content root: String) {
        self.root = root
        guard Folder.realPath(root) != nil else {
            problems = [
                Diagnostic(
                    at: Place(file: "content"),
                    "there is no folder 'content' in the site's folder",
                    advice: "make it, and a first page content/index.md in it"
                )
            ]
            return
        }
        look(in: "")
    }
}

extension ContentScan {
    private mutating func look(in folder: String) {
        let location = folder.isEmpty ? root : root + "/" + folder
        do throws(BuildFailure) {
            // `content` itself may be a link: whoever set up the machine has made it.
            let entries = try Folder(path: location).entries(followingLink: folder.isEmpty)
            for entry in entries { take(entry, in: folder) }
        } catch {
            report(folder, "\(error)")
        }
    }

    private mutating func take(_ entry: Folder.Entry, in folder: String) {
        guard let name = String(validating: entry.name, as: UTF8.self) else {
            report(folder, "a file's name is not UTF-8: '\(String(decoding: entry.name, as: UTF8.self))'")
            return
        }
        let path = folder.isEmpty ? name : folder + "/" + name
        if Self.isPassedOver(name), path != Self.wellKnown { return }
        guard PagePath("/" + path) != nil else {
            report(
                path,
                "this name cannot be part of an address",
                advice: "rename it without \\ % ? #, control characters and those that cannot be seen"
            )
            return
        }
        switch entry.kind {
        case .folder: take(folder: path, named: name)
        case .file: add(ContentFile(path: path, location: root + "/" + path))
        case .link: refuseLink(path)
        case .other: report(path, "neither a file nor a folder", advice: "move it out of content")
        }
    }

    /// Looks into a folder; one that is called like that of the partials and is not would publish its texts as pages.
    private mutating func take(folder path: String, named name: String) {
        let partials = ContentFile.partialsFolder.dropLast()
        guard name.lowercased() == partials, path != partials, !path.hasPrefix(ContentFile.partialsFolder)
        else { return look(in: path) }
        report(
            path,
            "partials lie below content/_partials only, and the texts in this folder would be pages",
            advice: "move them to content/_partials, or give the folder another name"
        )
    }

    private mutating func add(_ file: ContentFile) {
        if file.isPartial {
            partials.append(file)
        } else if file.isPage {
            pages.append(file)
        } else if Self.otherMarkdown.contains(where: { file.name.lowercased().hasSuffix($0) }) {
            // Copied as an asset its front matter would mean nothing, and its text might be private.
            report(
                file.path,
                "this looks like Markdown, but is not called .md",
                advice: "rename it to \(file.stem).md"
            )
        } else if Self.copiesOfMarkdown.contains(where: { file.name.lowercased().contains($0) }) {
            report(
                file.path,
                "this looks like a copy of a page, which would be given out as it is",
                advice: "remove it, or begin its name with a dot"
            )
        } else {
            assets.append(file)
        }
    }

    private mutating func refuseLink(_ path: String) {
        let inside = Folder.realPath(root).map { $0 + "/" }
        let target = Folder.realPath(root + "/" + path)
        guard let inside, let target, target.hasPrefix(inside) else {
            report(
                path,
                "this symbolic link leads out of content",
                advice: "copy what it points at to this place"
            )
            return
        }
        report(
            path,
            "symbolic links are not followed in content",
            advice: "a link could show a private file at a public address; copy the file instead"
        )
    }

    private mutating func report(_ path: String, _ problem: String, advice: String? = nil) {
        let file = path.isEmpty ? "content" : "content/" + path
        problems.append(Diagnostic(at: Place(file: file), problem, advice: advice))
    }

    /// Hidden files, and what editors leave behind.
    static func isPassedOver(_ name: some StringProtocol) -> Bool {
        name.hasPrefix(".") || name.hasSuffix("~") || (name.hasPrefix("#") && name.hasSuffix("#"))
            || leftovers.contains { name.hasSuffix($0) }
    }

    /// What others look for on every site, such as `security.txt` (RFC 8615).
    private static let wellKnown = ".well-known"
    private static let leftovers = [".bak", ".orig", ".rej", ".swp", ".swo", ".tmp"]
    private static let otherMarkdown = [
        ".mdown", ".mkd", ".mkdn", ".mkdown", ".mdwn", ".mdtext", ".mdtxt", ".mdx", ".rmd",
    ]
    /// As in `fees.md.save`, `fees.md.1` and `fees.md_old`.
    private static let copiesOfMarkdown = [".md.", ".md_", ".md-", ".markdown.", ".markdown_", ".markdown-"]
}
