import Gate
import Ground

/// What a release says of itself: the text of its private pages, and what its theme says.
struct ReleasedStock {
    let folder: ReleaseFolder
    let table: GateTable
    /// The site's folder, in which the sources of findings are looked for.
    let source: String

    /// The text of each private page as it was built; the sources may have changed since.
    ///
    /// `parts` adds the renderings for some of the others: much of their words is public, as `texts` knows and sources do not.
    func pieces(parts: Bool) throws -> [PrivatePiece] {
        let open = Set(table.routes.filter { $0.visibility == .public }.map(\.digest))
        let closed = table.routes.flatMap { route in
            parts || route.visibility == .private ? route.readings : []
        }.filter {
            $0.visibility == .private && $0.kind != .redirect && !open.contains($0.digest)
        }
        return try closed.compactMap { route in
            let location = "\(folder.path)/private/\(route.file)"
            // A file that is missing is told of as such.
            guard case .markup = TextForm(file: route.file), Folder.kind(of: location) == .file else {
                return nil
            }
            let bytes = try OpenFile(reading: location).readAll()
            let path = route.source.hasPrefix("content/") ? route.source.dropFirst(8) : route.source[...]
            let file = ContentFile(path: String(path), location: "\(source)/\(route.source)")
            return .text(file, Self.main(of: bytes), .markup)
        }
    }

    /// What stands around the pages: the release's templates, what guests are shown of the site, and the addresses.
    func texts() throws -> [PublicStock.Text] {
        let folder = folder
        let templates = try folder.files(in: "theme").map { "theme/" + $0 } + ["site.json"]
        // Every page says where searches begin.
        let open = table.routes.filter {
            $0.visibility == .public || $0.path.text.hasPrefix(GateTable.searchRoot)
        }
        let addresses = open.map(\.path.text).joined(separator: "\n")
        let shared = table.routes.filter(\.isForSome).map { "public/" + $0.file }
        return (templates + shared).map { file in
            PublicStock.Text(form: TextForm(file: file)) {
                try OpenFile(reading: "\(folder.path)/\(file)").readAll()
            }
        } + [PublicStock.Text(form: .plain) { Array((addresses + "\n" + PublicStock.ownWords).utf8) }]
    }

    /// What is the page's own; menus stand outside it.
    private static func main(of bytes: [UInt8]) -> [UInt8] {
        let (opening, closing) = (Array("<main".utf8), Array("</main".utf8))
        guard let start = bytes.firstRange(of: opening),
            let end = bytes[start.upperBound...].firstRange(of: closing)
        else { return bytes }
        return Array(bytes[start.lowerBound..<end.lowerBound])
    }
}
