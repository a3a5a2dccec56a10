import Gate
import Ground
import Photographs

/// The smaller images that pages show in place of one photograph.
struct SmallerImages: Sendable {
    struct Item: Sendable {
        let eighths: Int
        /// In pixels, upright.
        let width: Int
        let path: PagePath
    }

    let asset: Asset
    let header: PhotographHeader
    let digest: FileDigest
    /// From the narrowest to the widest; never empty.
    let items: [Item]

    /// Nil where there is nothing to gain: no photograph, a narrow one, or one that is too large to be decoded.
    ///
    /// `mark` makes the mark of an image's name from its plain path and what it is made of.
    init?(
        _ asset: Asset,
        bytes: [UInt8],
        digest: FileDigest,
        mark: (PagePath, FileDigest) -> String
    ) {
        guard let header = PhotographHeader(bytes), header.shownWidth >= Self.narrowest,
            header.width * header.height <= Photograph.largest
        else { return nil }
        self.asset = asset
        self.header = header
        self.digest = digest
        items = Self.eighths(of: header.shownWidth).compactMap { eighths in
            let width = Photograph.scaled(header.shownWidth, eighths: eighths)
            let recipe = Self.recipe(eighths, header)
            let made = FileDigest(of: Array("\(digest.hex) \(recipe)".utf8))
            guard let plain = Self.plainPath(asset.path, width),
                let path = Fingerprint(plain, digest: made, mark: mark(plain, made))?.path
            else { return nil }
            return Item(eighths: eighths, width: width, path: path)
        }
        if items.isEmpty { return nil }
    }

    /// What an image's bytes depend on, apart from the photograph's.
    static func recipe(_ eighths: Int, _ header: PhotographHeader) -> String {
        "\(Photograph.recipe)-\(eighths)-\(header.orientation)"
    }
}

extension SmallerImages {
    /// In pixels: what is narrower is small enough.
    private static let narrowest = 320

    /// In pixels: a telephone, a page's column, the same on a screen of twice the density.
    private static let wanted = [480, 960, 1600]

    /// The least eighths that reach each wanted width; of two that are nearly alike only the wider.
    private static func eighths(of width: Int) -> [Int] {
        let all = Set(wanted.map { min(8, max(1, ($0 * 8 + width - 1) / width)) }).sorted()
        return all.enumerated().filter { position, eighths in
            position == all.count - 1 || all[position + 1] * 4 >= eighths * 5
        }.map(\.element)
    }

    /// `/img/harbour.jpg` becomes `/img/harbour.960w.webp`.
    private static func plainPath(_ path: PagePath, _ width: Int) -> PagePath? {
        let dot = path.text.lastIndex(of: ".") ?? path.text.endIndex
        return PagePath("\(path.text[..<dot]).\(width)w.webp")
    }
}
