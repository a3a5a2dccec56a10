import Gate
import Ground
import Photographs

/// Writes the smaller images of the photographs that pages show, each in the tree of its photograph and for the same readers.
struct PhotographWriter: Sendable {
    let names: AssetNames
    let folder: ReleaseFolder
    /// The output folder, below which the cache is; nil where nothing is to be kept from build to build.
    let output: String?
    let crew: Crew

    func write() async throws -> AssetWriter.Outcome {
        let work = names.smallerImages.flatMap { images in images.items.map { (images, $0) } }
        var outcome = AssetWriter.Outcome()
        guard !work.isEmpty else { return outcome }
        let cache = try output.map { try BuildCache(below: $0, part: "photographs") }
        let pieces = try await crew.map(work.count) { try write(work[$0].1, of: work[$0].0, cache) }
        try cache?.sweep(keeping: Set(work.map { Self.key($1, of: $0) }))
        outcome.routes = pieces.map(\.0)
        outcome.written = pieces.map(\.1)
        return outcome
    }
}

extension PhotographWriter {
    private static func key(_ item: SmallerImages.Item, of images: SmallerImages) -> BuildCache.Key {
        BuildCache.Key(
            digest: images.digest.hex,
            recipe: SmallerImages.recipe(item.eighths, images.header)
        )
    }

    private func write(
        _ item: SmallerImages.Item,
        of images: SmallerImages,
        _ cache: BuildCache?
    ) throws -> (Route, ReleaseFolder.Written) {
        let asset = images.asset
        let key = Self.key(item, of: images)
        let written: ReleaseFolder.Written
        if let entry = try cache?.entry(key) {
            written = try folder.link(entry, to: item.path.outputFile, asset.access.visibility)
        } else {
            let image = try image(item, of: images)
            written = try folder.write(image, to: item.path.outputFile, asset.access.visibility)
            cache?.keep("\(folder.path)/\(written.file)", digest: written.digest, as: key)
        }
        var route = Route(
            path: item.path,
            kind: .asset,
            access: asset.access,
            file: item.path.outputFile,
            mediaType: "image/webp",
            length: written.length,
            digest: written.digest.hex,
            source: asset.file.shownAs,
            expires: asset.expires
        )
        route.isFingerprinted = true
        return (route, written)
    }

    private func image(_ item: SmallerImages.Item, of images: SmallerImages) throws -> [UInt8] {
        let jpeg = try OpenFile(reading: images.asset.file.location).readAll()
        // Pages name the image by the digest, and so does the cache.
        guard FileDigest(of: jpeg) == images.digest else {
            throw Diagnostics([
                Diagnostic(
                    at: images.asset.place,
                    "the file has changed while the site was built",
                    advice: "build once more"
                )
            ])
        }
        do throws(PhotographFailure) {
            return try Photograph(jpeg, orientation: images.header.orientation).webp(eighths: item.eighths)
        } catch {
            throw Diagnostics([
                Diagnostic(
                    at: images.asset.place,
                    "no smaller image can be made of this photograph: \(error)",
                    advice: "save it anew, or set build.photographs to false in site.config"
                )
            ])
        }
    }
}
