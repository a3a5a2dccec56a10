import Gate
import Ground

/// Writes the smaller images of the pictures that pages show, each in the tree of its picture and for the same readers.
struct PhotographWriter: Sendable {
    let names: AssetNames
    let folder: ReleaseFolder
    /// The output folder, below which the cache is; nil where nothing is to be kept from build to build.
    let output: String?
    let crew: Crew

    func write() async throws -> AssetWriter.Outcome {
        let images = names.smallerImages
        var outcome = AssetWriter.Outcome()
        guard !images.isEmpty else { return outcome }
        let work = images.flatMap { images in images.items.map { (images, $0) } }
        let cache = try output.map { try BuildCache(below: $0, part: "photographs") }
        let pieces = try await crew.map(work.count) { try write(work[$0].1, of: work[$0].0, cache) }
        try cache?.sweep(keeping: Set(images.flatMap { $0.candidates.map($0.key) }))
        outcome.routes = pieces.map(\.0)
        outcome.written = pieces.map(\.1)
        return outcome
    }
}

extension PhotographWriter {
    private func write(
        _ item: SmallerImages.Item,
        of images: SmallerImages,
        _ cache: BuildCache?
    ) throws -> (Route, ReleaseFolder.Written) {
        let asset = images.asset
        let key = images.key(item)
        let written: ReleaseFolder.Written
        if let entry = try cache?.entry(key) {
            written = try folder.link(entry, to: item.path.outputFile, asset.access.visibility)
        } else {
            written = try folder.write(images.image(item), to: item.path.outputFile, asset.access.visibility)
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
}
