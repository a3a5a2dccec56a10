import Ground
import Synchronization

/// Where drawings are tried out while pages are rendered: only what has been made tells whether it gains anything.
///
/// What was made is kept, for the step that writes files, and for builds to come.
final class Darkroom: Sendable {
    /// The output folder, below which the cache is; nil where nothing is to be kept.
    private let output: String?
    private let opened = Mutex<BuildCache?>(nil)

    init(output: String?) {
        self.output = output
    }

    /// The images that gain something; those of a photograph always do.
    func selected(_ images: SmallerImages, fileLength: Int) -> SmallerImages {
        guard case .drawing = images.picture else { return images }
        // What cannot be made is told by the step that writes it.
        return (try? images.gaining(than: fileLength) { try length(of: $0, images) }) ?? images
    }
}

extension Darkroom {
    private func length(of item: SmallerImages.Item, _ images: SmallerImages) throws -> Int {
        let (cache, key) = (try cache(), images.key(item))
        if let entry = try cache?.entry(key) { return entry.bytes.count }
        let image = try images.image(item)
        cache?.keep(image, as: key)
        return image.count
    }

    /// Opened by the first drawing: a site without any needs none.
    private func cache() throws -> BuildCache? {
        guard let output else { return nil }
        return try opened.withLock { opened in
            let cache = try opened ?? BuildCache(below: output, part: "photographs")
            opened = cache
            return cache
        }
    }
}
