/// One file below `content`.
struct ContentFile: Hashable, Sendable {
    /// Below `content`, with `/` between parts: `members/fees.md`.
    let path: String
    /// Where it lies on this machine.
    let location: String

    /// As messages show it, relative to the site's folder.
    var shownAs: String { "content/" + path }

    /// The folder it lies in, below `content`; empty for `content` itself.
    var folder: Substring { path.lastIndex(of: "/").map { path[..<$0] } ?? "" }

    /// The last part of the path.
    var name: Substring { path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...] }

    /// Whether it holds a page, in whatever case its ending is written.
    var isPage: Bool {
        let name = name.lowercased()
        return name.hasSuffix(".md") || name.hasSuffix(".markdown")
    }

    /// Whether it holds a text that pages include.
    var isPartial: Bool { isPage && path.hasPrefix(Self.partialsFolder) }

    /// Where partials lie, with its closing slash.
    static let partialsFolder = "_partials/"

    /// The name without `.md` or `.markdown`.
    var stem: Substring { name.lastIndex(of: ".").map { name[..<$0] } ?? name }

    /// Whether it stands for its folder.
    var isIndex: Bool { isPage && stem == "index" }
}
