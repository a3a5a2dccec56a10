/// One file below `content`.
struct ContentFile: Hashable, Sendable {
    /// Below `content`, with `/` between parts: `members/fees.md`.
    let path: String
    /// Where it lies on this machine.
    let location: String

    /// As messages show it, relative to the site's folder.
    var shownAs: String { "content/" + path }

    /// The folder it lies in, below `content`; empty for `content` itself.
    var folder: Substring { lastSlash.map { path[..<$0] } ?? "" }

    /// The last part of the path.
    var name: Substring { lastSlash.map { path[path.utf8.index(after: $0)...] } ?? path[...] }

    /// Whether it holds a page, in whatever case its ending is written.
    var isPage: Bool {
        if path.utf8.suffix(3).elementsEqual(".md".utf8) { return true }
        let name = name.lowercased()
        return name.hasSuffix(".md") || name.hasSuffix(".markdown")
    }

    /// Whether it holds a text that pages include.
    var isPartial: Bool { isPage && path.hasPrefix(Self.partialsFolder) }

    /// Where partials lie, with its closing slash.
    static let partialsFolder = "_partials/"

    /// The name without `.md` or `.markdown`.
    var stem: Substring { name.utf8.lastIndex(of: UInt8(ascii: ".")).map { name[..<$0] } ?? name }

    /// Whether it stands for its folder.
    var isIndex: Bool { (stem == "index" || stem == "_index") && isPage }

    /// Whether it stands for its folder and makes that a section, with a cascade and pages in a row.
    var isSection: Bool { stem == "_index" && isPage }

    /// Looked for by bytes, since by characters it takes many times as long, and a site asks often.
    private var lastSlash: String.Index? { path.utf8.lastIndex(of: UInt8(ascii: "/")) }
}
