import Ground
import Photographs

extension SmallerImages {
    /// Under which an image is kept from build to build.
    func key(_ item: Item) -> BuildCache.Key {
        BuildCache.Key(digest: digest.hex, recipe: picture.recipe(item.eighths))
    }

    /// Makes one; throws `Diagnostics` where the file cannot be decoded, or is another by now.
    func image(_ item: Item) throws -> [UInt8] {
        let bytes = try OpenFile(reading: asset.file.location).readAll()
        // Pages name the image by the digest, and so does the cache.
        guard FileDigest(of: bytes) == digest else {
            throw Diagnostics([
                Diagnostic(
                    at: asset.place,
                    "the file has changed while the site was built",
                    advice: "build once more"
                )
            ])
        }
        do throws(PhotographFailure) {
            return try picture.webp(bytes, eighths: item.eighths)
        } catch {
            throw Diagnostics([
                Diagnostic(
                    at: asset.place,
                    "no smaller image can be made of this \(picture): \(error)",
                    advice: "save it anew, or set build.photographs to false in site.config"
                )
            ])
        }
    }
}
