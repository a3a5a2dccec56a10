import Ground
import Markdown

/// One page as its author wrote it.
///
/// A class, since a page is handed on at every step of a build, and copying all that front matter can say costs more than
/// what most steps do.
final class PageSource: Sendable {
    let file: ContentFile
    let frontMatter: FrontMatter
    /// As it is written; empty where there is none.
    let frontMatterText: String
    let body: PageBody
    /// The line of the file on which `body` begins, counted from 1.
    let bodyLine: Int

    /// Reads a file; throws all that is wrong with its bytes and its front matter.
    ///
    /// `taxonomies` are keys of front matter, too.
    convenience init(reading file: ContentFile, taxonomies: [String] = []) throws(Diagnostics) {
        let bytes: [UInt8]
        do {
            bytes = try Self.bytes(of: file)
        } catch let problem as Diagnostic {
            throw Diagnostics([problem])
        } catch {
            throw Diagnostics([Diagnostic(at: Place(file: file.shownAs), Self.problem(error))])
        }
        try self.init(bytes, of: file, shownAs: file.shownAs, taxonomies: taxonomies)
    }

    /// The page that these bytes are; `shownAs` is the file that mistakes in them are told of.
    init(_ bytes: [UInt8], of file: ContentFile, shownAs: String, taxonomies: [String]) throws(Diagnostics) {
        self.file = file
        let text: SourceText
        do throws(Diagnostic) {
            text = try SourceText(bytes, file: shownAs)
        } catch {
            throw Diagnostics([error])
        }
        frontMatter =
            if let words = text.frontMatter {
                try FrontMatter(words, text.format, file: shownAs, taxonomies: taxonomies)
            } else {
                FrontMatter(file: shownAs)
            }
        frontMatterText = text.frontMatter ?? ""
        body = PageBody(text.body)
        bodyLine = text.bodyLine
    }

    /// The same text under other front matter.
    init(_ source: PageSource, frontMatter: FrontMatter) {
        file = source.file
        self.frontMatter = frontMatter
        frontMatterText = source.frontMatterText
        body = source.body
        bodyLine = source.bodyLine
    }

    /// A file that is too long is refused before any of it is in memory.
    private static func bytes(of file: ContentFile) throws -> [UInt8] {
        let open = try OpenFile(reading: file.location)
        guard open.size <= MarkdownRenderer.longestText else {
            throw Diagnostic(
                at: Place(file: file.shownAs),
                "the text is too long for a page",
                advice: "part the text into pages of less than \(MarkdownRenderer.longestText >> 20) MB"
            )
        }
        return try open.readAll()
    }

    /// The place of the file is said already.
    private static func problem(_ error: any Error) -> String {
        if case .system(_, _, let reason)? = error as? BuildFailure { return "cannot be read: \(reason)" }
        return "cannot be read: \(error)"
    }
}

extension PageSource {
    /// Where the page is: its file's path, unless the front matter says otherwise.
    ///
    /// `foo.md` and `foo/index.md` are `/foo/`. Nil where no address can be made of it.
    var path: PagePath? {
        frontMatter.url.map(Self.completed) ?? located(slug: frontMatter.slug)
    }

    /// Where it would be if its front matter said nothing of it.
    var filedPath: PagePath? { located(slug: nil) }

    private func located(slug: String?) -> PagePath? {
        let folder = file.folder
        guard file.isIndex else {
            let name = slug ?? String(file.stem)
            return PagePath(folder.isEmpty ? "/\(name)/" : "/\(folder)/\(name)/")
        }
        guard let slug, !folder.isEmpty else { return PagePath(folder.isEmpty ? "/" : "/\(folder)/") }
        let parent = folder.lastIndex(of: "/").map { folder[...$0] } ?? ""
        return PagePath("/\(parent)\(slug)/")
    }

    /// `/a` is written as `/a/`; `/a.html` stays, as something that is no folder.
    static func completed(_ path: PagePath) -> PagePath {
        let last = path.text.split(separator: "/").last ?? ""
        return last.contains(".") ? path : path.asFolder
    }

    /// The folder whose list names it: its own, or for the page of a folder the one around that.
    var section: Substring {
        guard file.isIndex else { return file.folder }
        return file.folder.lastIndex(of: "/").map { file.folder[..<$0] } ?? ""
    }

    /// The part of its address that names it: its slug, its file's name, or its folder's.
    var nameInAddress: String {
        if let slug = frontMatter.slug { return slug }
        return file.isIndex ? String(file.folder.split(separator: "/").last ?? "") : String(file.stem)
    }

    /// What it is called before its text has been read.
    var fallbackTitle: String {
        let name = file.isIndex ? String(file.folder.split(separator: "/").last ?? "") : String(file.stem)
        return name.replacing("-", with: " ").replacing("_", with: " ")
    }
}
