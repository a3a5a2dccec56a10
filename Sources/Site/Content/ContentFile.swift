/// One file below `content`.
///
/// Its path is taken apart once, since a site asks for the parts again and again.
struct ContentFile: Hashable, Sendable {
    /// Below `content`, with `/` between parts: `members/fees.md`.
    let path: String
    /// Where it lies on this machine.
    let location: String
    /// The folder it lies in, below `content`; empty for `content` itself.
    let folder: Substring
    /// The last part of the path.
    let name: Substring
    /// The name without `.md` or `.markdown`.
    let stem: Substring
    /// Whether it holds a page, in whatever case its ending is written.
    let isPage: Bool
    /// Whether it stands for its folder.
    let isIndex: Bool
    /// Whether it stands for its folder and makes that a section, with a cascade and pages in a row.
    let isSection: Bool

    init(path: String, location: String) {
        self.path = path
        self.location = location
        // By bytes: by characters it takes many times as long.
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        folder = slash.map { path[..<$0] } ?? ""
        name = slash.map { path[path.utf8.index(after: $0)...] } ?? path[...]
        stem = name.utf8.lastIndex(of: UInt8(ascii: ".")).map { [name] in name[..<$0] } ?? name
        isPage = Self.isPage(name)
        isSection = isPage && stem == "_index"
        isIndex = isSection || isPage && stem == "index"
    }

    /// As messages show it, relative to the site's folder.
    var shownAs: String { "content/" + path }

    /// Whether it holds a text that pages include.
    var isPartial: Bool { isPage && path.hasPrefix(Self.partialsFolder) }

    /// Where partials lie, with its closing slash.
    static let partialsFolder = "_partials/"

    private static func isPage(_ name: Substring) -> Bool {
        if name.utf8.suffix(3).elementsEqual(".md".utf8) { return true }
        let name = name.lowercased()
        return name.hasSuffix(".md") || name.hasSuffix(".markdown")
    }
}
