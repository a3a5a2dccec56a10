import Glibc

/// Coded bytes that earlier builds have made, by what they were made of.
///
/// It lies below the output folder, and only whoever holds that folder's lock uses it. Private bytes are among it, so the
/// folder is its owner's. An entry that was cut short or changed is noticed and counts as not there.
struct TwinCache: Sendable {
    struct Entry: Sendable {
        /// Such as `<SHA-256 of the plain bytes>.br5-1.0.9`.
        let name: String

        init(digest: String, recipe: String) { name = "\(digest).\(recipe)" }
    }

    private let folder: String
    private var path: String { folder + "/twins" }

    init(output: String) { folder = output + "/.cache" }

    /// Makes the folder where it is not there.
    func open() throws(BuildFailure) {
        try Folder(path: folder).make(mode: 0o700)
        try Folder(path: path).make(mode: 0o700)
    }

    /// What was kept as this entry; nil where nothing was, or not whole.
    func bytes(_ entry: Entry) throws(BuildFailure) -> [UInt8]? {
        let place = "\(path)/\(entry.name)"
        guard Folder.kind(of: place) == .file else { return nil }
        let kept = try OpenFile(reading: place).readAll()
        let bytes = Array(kept.dropLast(Self.sealLength))
        return kept.count > Self.sealLength && Self.seal(bytes) == kept.suffix(Self.sealLength) ? bytes : nil
    }

    /// Keeps bytes; whoever looks meanwhile sees the old entry or the new one.
    func keep(_ bytes: [UInt8], as entry: Entry) throws(BuildFailure) {
        // Two files with the same bytes may be at work at once; each of their tasks writes to a place of its own.
        let place = "\(path)/\(entry.name)"
        let fresh = "\(place).\(UInt64.random(in: .min ... .max)).new"
        try OpenFile(creating: fresh).write(bytes + Self.seal(bytes))
        guard rename(fresh, place) == 0 else { throw .lastError("replace", place) }
    }

    /// Removes all other entries, and what killed builds have left.
    func sweep(keeping names: Set<String>) throws(BuildFailure) {
        for name in try Folder(path: path).names() where !names.contains(name) {
            let place = "\(path)/\(name)"
            guard unlink(place) == 0 else { throw .lastError("remove", place) }
        }
    }
}

extension TwinCache {
    /// In bytes: 64 hexadecimal digits.
    private static let sealLength = 64

    private static func seal(_ bytes: [UInt8]) -> [UInt8] { Array(FileDigest(of: bytes).hex.utf8) }
}
