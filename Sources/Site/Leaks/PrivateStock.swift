import Gate
import Ground
import Markdown
import Theme

/// Everything that only private pages and files of a site say.
///
/// `teaser: true` gives the title and the address away, and nothing else.
struct PrivateStock {
    let model: SiteModel
    /// In the order of the model's pages.
    let rendered: [RenderedPage]
    let parts: PartStock
    let table: GateTable

    /// Reads the private files that are texts; throws where one cannot be read.
    func pieces() throws -> [PrivatePiece] {
        var pieces: [PrivatePiece] = []
        for page in model.pages where page.access.visibility == .private {
            pieces += self.pieces(page, rendered[page.position])
        }
        pieces += parts.pieces(model)
        let open = Set(table.routes.filter { $0.visibility == .public }.map(\.digest))
        for asset in model.assets where asset.access.visibility == .private {
            pieces += try self.pieces(asset, digest: table[asset.path]?.digest, open)
        }
        return pieces
    }
}

extension PrivateStock {
    private func pieces(_ page: Page, _ rendered: RenderedPage) -> [PrivatePiece] {
        let (file, front) = (page.source.file, page.source.frontMatter)
        var pieces = [PrivatePiece.text(file, rendered.html, .markup)]
        var phrases: [PrivatePiece?] = []
        if !front.isTeaser {
            phrases.append(.phrase(.title, file, rendered.title))
            if case .words(let words) = front.menu { phrases.append(.phrase(.menu, file, words)) }
            for path in [page.path] + front.aliases.map(\.path) {
                phrases += Self.addresses(path.text, path.encoded).map { .phrase(.address, file, $0) }
            }
        }
        phrases.append(.phrase(.description, file, front.description ?? ""))
        // The first heading may be the title, which a teaser gives away.
        phrases += rendered.headings.filter { !front.isTeaser || $0.text != rendered.title }
            .map { .phrase(.heading, file, $0.text) }
        phrases += Set(front.tags + front.terms.values.joined()).map { .phrase(.tag, file, $0) }
        phrases.append(.phrase(.author, file, front.author ?? ""))
        pieces += front.params.values.flatMap(Self.texts).map { .text(file, Array($0.utf8), .plain) }
        return pieces + phrases.compactMap(\.self)
    }

    private func pieces(_ asset: Asset, digest: String?, _ open: Set<String>) throws -> [PrivatePiece] {
        var pieces = Self.addresses(asset.path.text, asset.path.encoded).compactMap {
            PrivatePiece.phrase(.address, asset.file, $0)
        }
        // A file that is public as well has been told of already.
        guard let digest, !open.contains(digest) else { return pieces }
        pieces += Self.fingerprints(digest).compactMap { .phrase(.digest, asset.file, $0) }
        if PublicStock.isText(asset.file.name) {
            let bytes = try OpenFile(reading: asset.file.location).readAll()
            pieces.append(.text(asset.file, bytes, TextForm(file: asset.file.name)))
        }
        return pieces
    }

    /// The last part of an address, in both its spellings.
    private static func addresses(_ spellings: String...) -> Set<String> {
        Set(spellings.compactMap { $0.split(separator: "/").last.map(String.init) })
    }

    /// A digest, and the beginnings of it that names of files and ETags are made of.
    private static func fingerprints(_ digest: String) -> [String] {
        [64, 40, 32, 24, 20, 16, 12, 10, 8].map { String(digest.prefix($0)) }
    }

    private static func texts(_ value: TemplateValue) -> [String] {
        switch value {
        case .text(let text), .html(let text): [text]
        case .markup(let bytes): [String(decoding: bytes, as: UTF8.self)]
        case .list(let values): values.flatMap(texts)
        case .table(let values): values.values.flatMap(texts)
        case .flag, .number: []
        }
    }
}
