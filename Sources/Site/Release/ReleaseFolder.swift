import Crypto
import Gate
import Glibc
import Ground

/// A release that is being written: files below `public`, `private` and beside them.
struct ReleaseFolder: Sendable {
    /// What was written, for the gate table and the digest.
    struct Written: Sendable {
        /// Below the release, such as `public/a/index.html`.
        let file: String
        let length: Int
        let digest: FileDigest
    }

    let path: String
    /// Open where tens of thousands of files are written or looked at: the system need not find the way for each.
    private var open: Opened?

    init(path: String) { self.path = path }

    /// Makes it and opens it; the two trees are there even where nothing is in them.
    func made() throws(BuildFailure) -> ReleaseFolder {
        try Folder(path: path).make()
        try Folder(path: path + "/public").make()
        try Folder(path: path + "/private").make(mode: Self.mode(.private))
        return try opened()
    }

    /// The same, open; it must not be moved while it is.
    func opened() throws(BuildFailure) -> ReleaseFolder {
        var folder = self
        folder.open = try Opened(path)
        return folder
    }

    /// A folder below it.
    func folder(_ below: String) -> Folder {
        if let open { return Folder(path: below, in: open.base) }
        return Folder(path: "\(path)/\(below)")
    }

    /// Writes a file into one of the trees.
    func write(_ bytes: [UInt8], to file: String, _ visibility: Visibility) throws(BuildFailure) -> Written {
        try write(bytes, to: "\(visibility.rawValue)/\(file)", mode: Self.mode(visibility))
    }

    /// Writes a file beside the trees, and may wait until it is on the disk.
    func writeBeside(_ bytes: [UInt8], to file: String, sync: Bool = false) throws(BuildFailure) -> Written {
        try write(bytes, to: file, mode: 0o755, sync: sync)
    }

    /// Copies a file into one of the trees, however large it is.
    func copy(_ source: String, to file: String, _ visibility: Visibility) throws(BuildFailure) -> Written {
        let original = try OpenFile(reading: source)
        let file = "\(visibility.rawValue)/\(file)"
        let copy = try create(file, mode: Self.mode(visibility))
        var hash = SHA256()
        var length = 0
        while true {
            let piece = try original.read(upTo: 1 << 20)
            if piece.isEmpty { break }
            hash.update(data: piece)
            length += piece.count
            try copy.write(piece)
        }
        return Written(file: file, length: length, digest: FileDigest(hash.finalize()))
    }
}

extension ReleaseFolder {
    /// Exchanges a file of one of the trees.
    ///
    /// Whoever is reading it reads the old one to its end.
    func replace(_ file: Revision.File) throws(BuildFailure) {
        try replace("\(file.route.visibility.rawValue)/\(file.route.file)", file.bytes)
    }

    /// Exchanges a file that lies beside the trees.
    func replaceBeside(_ file: String, _ bytes: [UInt8]) throws(BuildFailure) { try replace(file, bytes) }

    /// Exchanges the gate table.
    func replaceTable(_ table: GateTable) throws(BuildFailure) {
        try replace("gate.json", Array(table.json()))
    }

    private func replace(_ file: String, _ bytes: [UInt8]) throws(BuildFailure) {
        // One builder at a time holds the output folder; what lies there is left of one that was killed.
        let (new, old) = ("\(path)/.new", "\(path)/\(file)")
        unlink(new)
        try OpenFile(creating: new).write(bytes)
        guard rename(new, old) == 0 else { throw .lastError("replace", old) }
    }

    private static func mode(_ visibility: Visibility) -> UInt32 { visibility == .private ? 0o700 : 0o755 }

    private func write(
        _ bytes: [UInt8],
        to file: String,
        mode: UInt32,
        sync: Bool = false
    ) throws(BuildFailure) -> Written {
        let open = try create(file, mode: mode)
        try open.write(bytes)
        if sync { try open.sync() }
        return Written(file: file, length: bytes.count, digest: FileDigest(of: bytes))
    }

    private func create(_ file: String, mode: UInt32) throws(BuildFailure) -> OpenFile {
        if let slash = file.lastIndex(of: "/") { try folder(String(file[..<slash])).make(mode: mode) }
        if let open { return try OpenFile(creating: file, in: open.base) }
        return try OpenFile(creating: path + "/" + file)
    }
}

/// An open folder that copies of a value share.
private final class Opened: Sendable {
    private let folder: OpenFile

    init(_ path: String) throws(BuildFailure) { folder = try OpenFile(folder: path) }

    var base: Int32 { folder.base }
}
