import Glibc

/// What earlier builds have made, compressed files and smaller images, by what they were made of.
///
/// It lies below the output folder, and only whoever holds that folder's lock uses it. Private bytes are among it, so the
/// folder is its owner's. Entries are hard links to files of releases: on most disks a link costs a tenth of a file.
/// So whoever writes into a release may write into an entry, too; its name says its digest, and what differs from that
/// counts as not there.
struct BuildCache: Sendable {
    /// What an entry is made of: `<SHA-256 of the bytes>.<recipe>`.
    struct Key: Hashable, Sendable {
        let text: String

        init(digest: String, recipe: String) { text = "\(digest).\(recipe)" }
        fileprivate init(_ text: some StringProtocol) { self.text = String(text) }
    }

    struct Entry: Sendable {
        /// Empty where nothing was gained.
        let bytes: [UInt8]
        let location: String
    }

    private let path: String
    /// The digests of what is there.
    private let digests: [Key: String]

    /// Makes the part of the cache where it is not there, and looks what is in it.
    init(below output: String, part: String) throws(BuildFailure) {
        let folder = output + "/.cache"
        path = "\(folder)/\(part)"
        try Folder(path: folder).make(mode: 0o700)
        try Folder(path: path).make(mode: 0o700)
        var digests: [Key: String] = [:]
        for name in try Folder(path: path).names() {
            guard let dot = name.lastIndex(of: ".") else { continue }
            digests[Key(name[..<dot])] = String(name[name.index(after: dot)...])
        }
        self.digests = digests
    }

    /// What was kept under a key; nil where nothing was, or something else than it was.
    func entry(_ key: Key) throws(BuildFailure) -> Entry? {
        guard let digest = digests[key] else { return nil }
        let location = "\(path)/\(key.text).\(digest)"
        guard Folder.kind(of: location) == .file else { return nil }
        let bytes = try OpenFile(reading: location).readAll()
        return FileDigest(of: bytes).hex == digest ? Entry(bytes: bytes, location: location) : nil
    }

    /// Keeps a file of the release that is being built.
    func keep(_ file: String, digest: FileDigest, as key: Key) {
        // An entry that was damaged has this name, too.
        let location = "\(path)/\(key.text).\(digest.hex)"
        if digests[key] == digest.hex { unlink(location) }
        // Two files of the same bytes are one entry. Where the disk knows no links, nothing is kept, and the build is only slower.
        _ = link(file, location)
    }

    /// Keeps what no release has yet.
    func keep(_ bytes: [UInt8], as key: Key) {
        let digest = FileDigest(of: bytes).hex
        let location = "\(path)/\(key.text).\(digest)"
        if digests[key] == digest { unlink(location) }
        // Another task may have made it; and if it cannot be made, the build is only slower.
        try? OpenFile(creating: location).write(bytes)
    }

    /// Keeps the knowledge that nothing is gained.
    func keepNothing(as key: Key) { keep([], as: key) }

    /// Removes what stands under other keys.
    func sweep(keeping keys: Set<Key>) throws(BuildFailure) {
        for (key, digest) in digests where !keys.contains(key) {
            let location = "\(path)/\(key.text).\(digest)"
            guard unlink(location) == 0 else { throw .lastError("remove", location) }
        }
    }
}
