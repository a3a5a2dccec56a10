import Gate
import Ground
import Markdown
import Photographs

/// The smaller images that pages show in place of one picture.
struct SmallerImages: Sendable {
    struct Item: Sendable {
        let eighths: Int
        /// In pixels, upright.
        let width: Int
        let path: PagePath
    }

    let asset: Asset
    let picture: Picture
    let digest: FileDigest
    /// Those that are worth a try, from the narrowest to the widest; never empty.
    let candidates: [Item]
    /// Those of them that pages show.
    private(set) var items: [Item]
    /// In pixels: how wide an image of it is shown at most.
    private let widest: Int

    /// Nil where there is nothing to gain: no picture, a narrow one, or one that is too large to be decoded.
    ///
    /// `mark` makes the mark of an image's name from its plain path and what it is made of.
    init?(
        _ asset: Asset,
        bytes: [UInt8],
        digest: FileDigest,
        mark: (PagePath, FileDigest) -> String
    ) {
        guard let picture = Picture(bytes), picture.width >= Self.narrowest,
            picture.width * picture.height <= Photograph.largest
        else { return nil }
        let eighths = Self.eighths(of: picture)
        self.asset = asset
        self.picture = picture
        self.digest = digest
        widest = Photograph.scaled(picture.width, eighths: eighths.last ?? 8)
        candidates = eighths.compactMap { eighths in
            let width = Photograph.scaled(picture.width, eighths: eighths)
            let height = Photograph.scaled(picture.height, eighths: eighths)
            let made = FileDigest(of: Array("\(digest.hex) \(picture.recipe(eighths))".utf8))
            guard max(width, height) <= Photograph.longest, let plain = Self.plainPath(asset.path, width),
                let path = Fingerprint(plain, digest: made, mark: mark(plain, made))?.path
            else { return nil }
            return Item(eighths: eighths, width: width, path: path)
        }
        if candidates.isEmpty { return nil }
        items = candidates
    }

    /// Without those that are no shorter than a wider one, or than the file itself.
    ///
    /// A drawing that is scaled has more colours than it had, and often needs more bytes.
    func gaining(than fileLength: Int, _ length: (Item) throws -> Int) rethrows -> SmallerImages {
        var least = fileLength
        var images = self
        images.items = try candidates.reversed().filter { item in
            let length = try length(item)
            defer { least = min(least, length) }
            return length < least
        }.reversed()
        return images
    }

    /// What browsers choose among, where there is a choice; the file itself, at its path, where no image of it is wide enough.
    func sources(file: PagePath) -> [ImageSource] {
        guard let last = items.last else { return [] }
        let sources = items.map { ImageSource(address: $0.path.encoded, width: $0.width) }
        return last.width == widest
            ? sources : sources + [ImageSource(address: file.encoded, width: picture.width)]
    }
}

extension SmallerImages {
    /// In pixels: what is narrower is small enough.
    private static let narrowest = 320

    /// In pixels: a telephone, a page's column, the same on a screen of twice the density.
    private static let wanted = [480, 960, 1600]

    /// The least eighths that reach each wanted width; of two that are nearly alike only the wider.
    private static func eighths(of picture: Picture) -> [Int] {
        let width = picture.width
        let all = Set(wanted.map { Self.sharp(min(8, max(1, ($0 * 8 + width - 1) / width)), of: picture) })
            .sorted()
        return all.enumerated().filter { position, eighths in
            position == all.count - 1 || all[position + 1] * 4 >= eighths * 5
        }.map(\.element)
    }

    /// A drawing that is scaled by little looks worse, and is seldom shorter than it was.
    private static func sharp(_ eighths: Int, of picture: Picture) -> Int {
        if case .drawing = picture, eighths > 4 { return 8 }
        return eighths
    }

    /// `/img/harbour.jpg` becomes `/img/harbour.960w.webp`.
    private static func plainPath(_ path: PagePath, _ width: Int) -> PagePath? {
        let dot = path.text.lastIndex(of: ".") ?? path.text.endIndex
        return PagePath("\(path.text[..<dot]).\(width)w.webp")
    }
}
