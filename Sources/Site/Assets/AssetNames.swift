import Gate
import Ground
import Markdown
import Synchronization
import Theme

/// Under which names pages refer to assets.
///
/// With fingerprints, a name changes with the bytes. A public file's mark is the beginning of its SHA-256; a private one's
/// takes a key to find, so that neither its name nor its bytes, known from elsewhere, lead to it.
struct AssetNames: Sendable {
    let theme: ThemeAssets
    /// Nil where names stay plain.
    private let key: NameKey?
    /// Nil where pictures get no smaller images.
    private let darkroom: Darkroom?
    private let found = Found()

    init(theme: ThemeAssets = ThemeAssets(), key: NameKey? = nil, darkroom: Darkroom? = nil) {
        self.darkroom = darkroom
        self.theme = theme
        self.key = key
    }

    /// Where a page that shows this asset refers to it; noted, so that it is there.
    ///
    /// Reads the file when it is asked for it first.
    func address(of asset: Asset) throws(BuildFailure) -> PagePath {
        guard let fingerprint = try fingerprint(of: asset) else { return asset.path }
        _ = found.fingerprints.withLock { $0.shown.insert(asset.path) }
        return fingerprint.path
    }

    /// Whether a page shows it.
    func isShown(_ asset: Asset) -> Bool { found.fingerprints.withLock { $0.shown.contains(asset.path) } }

    /// Nil where names stay plain.
    func fingerprint(of asset: Asset) throws(BuildFailure) -> Fingerprint? {
        guard let key else { return nil }
        if let known = found.fingerprints.withLock({ $0.of[asset.path] }) { return known }
        let digest = try FileDigest(ofFile: asset.file.location)
        let fingerprint =
            asset.access.visibility == .private
            ? Fingerprint(asset.path, digest: digest, mark: key.mark(of: asset.path.text, digest))
            : Fingerprint(asset.path, digest: digest)
        guard let fingerprint else { return nil }
        // Two tasks may have found the same.
        return found.fingerprints.withLock { found in
            found.of[asset.path] = found.of[asset.path] ?? fingerprint
            return found.of[asset.path]
        }
    }

    /// What browsers choose among in place of a picture that a page shows; noted, so that it is there.
    func sources(of asset: Asset) throws(BuildFailure) -> [ImageSource] {
        guard let darkroom, Picture.mediaTypes.contains(MediaType.of(asset.path.text)),
            let key, let fingerprint = try fingerprint(of: asset)
        else { return [] }
        if let known = found.fingerprints.withLock({ $0.smaller[asset.path] }) {
            return known?.sources(file: fingerprint.path) ?? []
        }
        let bytes = try OpenFile(reading: asset.file.location).readAll()
        let images = SmallerImages(asset, bytes: bytes, digest: fingerprint.digest) { path, made in
            asset.access.visibility == .private
                ? key.mark(of: path.text, made) : String(made.hex.prefix(16))
        }.map { darkroom.selected($0, fileLength: bytes.count) }
        return found.fingerprints.withLock { found in
            found.smaller[asset.path] = images
            return images?.sources(file: fingerprint.path) ?? []
        }
    }

    /// Of all pictures that pages show, in the order of their addresses.
    var smallerImages: [SmallerImages] {
        found.fingerprints.withLock { $0.smaller.values.compactMap(\.self) }.sorted {
            $0.asset.path < $1.asset.path
        }
    }
}

extension AssetNames {
    private struct Fingerprints {
        var of: [PagePath: Fingerprint] = [:]
        var shown: Set<PagePath> = []
        /// Nil for what has none.
        var smaller: [PagePath: SmallerImages?] = [:]
    }

    /// Shared by all copies of the names.
    private final class Found: Sendable {
        let fingerprints = Mutex(Fingerprints())
    }
}
