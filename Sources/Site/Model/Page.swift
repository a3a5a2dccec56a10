import Gate
import Ground

/// One page of the site: where it is and who may see it.
///
/// A class, as `PageSource` is: every link to a page looks at one.
final class Page: Sendable {
    /// Among the model's pages.
    let position: Int
    let source: PageSource
    let path: PagePath
    let access: Access
    /// A language tag of `site.config`.
    let language: String
    /// The file's path within the tree of its language: what is translated has one of these in common.
    let original: String

    init(
        position: Int,
        source: PageSource,
        path: PagePath,
        access: Access,
        language: String,
        original: String
    ) {
        self.position = position
        self.source = source
        self.path = path
        self.access = access
        self.language = language
        self.original = original
    }

    /// The same page as it is now, or for others.
    func with(source: PageSource? = nil, access: Access? = nil) -> Page {
        Page(
            position: position,
            source: source ?? self.source,
            path: path,
            access: access ?? self.access,
            language: language,
            original: original
        )
    }

    /// The title in the front matter; the first heading or the file's name stand in for it later.
    var title: String? { source.frontMatter.title }

    /// Whether lists may name it; the page for what is not there is no place to go to.
    var isListed: Bool { path != .notFound && path != PagePath.notFound(in: language) }

    /// Where its file lies in the release's public or private tree.
    var output: String { path.outputFile }

    var place: Place { Place(file: source.file.shownAs) }
}

/// One file that is not Markdown, and who may see it.
struct Asset: Sendable {
    let file: ContentFile
    let path: PagePath
    var access: Access
    /// Whether a rule of `site.config` speaks of it, so that its visibility is meant.
    let isRuled: Bool
    /// When the page that it belongs to is gone, in seconds since 1970 in UTC; nil where that stays.
    let expires: Int?

    var place: Place { Place(file: file.shownAs) }
}

/// An address that a page used to have.
struct Alias: Sendable {
    let path: PagePath
    /// As strict as the page, and as any rule for this address.
    let access: Access
    /// Where it is written.
    let place: Place
    /// The page's position in the model.
    let page: Int
}

extension PagePath {
    /// The file of this path below a release's tree: `/a/` is `a/index.html`, `/a.png` is `a.png`.
    var outputFile: String {
        let file = String(text.dropFirst())
        return text.hasSuffix("/") ? file + "index.html" : file
    }
}
