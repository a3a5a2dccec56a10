import CFolders
import Glibc

/// A folder on the disk, by its path.
///
/// A path may begin at an open folder, which spares the system the way to that.
struct Folder {
    enum Kind {
        case file, folder, link, other
    }

    struct Entry {
        let name: [UInt8]
        let kind: Kind
    }

    let path: String
    private let base: Int32

    init(path: String, in base: Int32 = AT_FDCWD) {
        self.path = path
        self.base = base
    }

    /// What lies at a path, without following a link; nil where nothing does.
    static func kind(of path: String, in base: Int32 = AT_FDCWD) -> Kind? {
        var status = stat()
        guard fstatat(base, path, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        case S_IFLNK: .link
        default: .other
        }
    }

    /// In bytes; nil where no plain file lies there.
    static func size(ofFile path: String) -> Int? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// The path without links, `.` and `..`; nil where nothing lies there.
    static func realPath(_ path: String) -> String? {
        guard let bytes = realpath(path, nil) else { return nil }
        defer { free(bytes) }
        return String(cString: bytes)
    }

    /// Its entries in the order of their bytes, without `.` and `..`; names need not be UTF-8.
    ///
    /// Throws where a link lies there in the folder's place, unless the caller says that it may.
    func entries(followingLink: Bool = false) throws(BuildFailure) -> [Entry] {
        // A slash at the end would have the system follow the link in any case.
        let path = path.hasSuffix("/") && path != "/" ? String(path.dropLast()) : path
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (followingLink ? 0 : O_NOFOLLOW)
        let descriptor = openat(base, path, flags)
        guard descriptor >= 0 else { throw .lastError("read", path) }
        defer { close(descriptor) }
        var entries: [Entry] = []
        var problem: BuildFailure?
        withUnsafeTemporaryAllocation(byteCount: 1 << 15, alignment: MemoryLayout<dirent>.alignment) {
            buffer in
            while true {
                let count = gatehouse_entries(descriptor, buffer.baseAddress, buffer.count)
                if count < 0 { problem = .lastError("read", path) }
                guard count > 0 else { return }
                append(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: &entries)
            }
        }
        if let problem { throw problem }
        return entries.count < 2 ? entries : entries.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }

    /// Takes a buffer of `linux_dirent64` apart (getdents64(2)).
    private func append(_ buffer: UnsafeRawBufferPointer, to entries: inout [Entry]) {
        var start = 0
        while start < buffer.count {
            let length = Int(buffer.loadUnaligned(fromByteOffset: start + 16, as: UInt16.self))
            let type = buffer[start + 18]
            let name = Array(buffer[start + 19..<start + length].prefix { $0 != 0 })
            start += length
            if name == [0x2e] || name == [0x2e, 0x2e] { continue }
            entries.append(Entry(name: name, kind: kind(of: type, name)))
        }
    }

    /// The same as texts, for folders that this program made.
    func names(followingLink: Bool = false) throws(BuildFailure) -> [String] {
        try entries(followingLink: followingLink).map { String(decoding: $0.name, as: UTF8.self) }
    }

    /// Makes it, and those above it that are missing.
    func make(mode: mode_t = 0o755) throws(BuildFailure) {
        if mkdirat(base, path, mode) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw .lastError("make the folder", path)
        }
        try Folder(path: String(path[..<slash]), in: base).make(mode: mode)
        guard mkdirat(base, path, mode) == 0 || errno == EEXIST else {
            throw .lastError("make the folder", path)
        }
    }

    /// Removes it with all that is in it, following no link.
    func remove() throws(BuildFailure) {
        for entry in try entries() { try remove(entry) }
        guard unlinkat(base, path, AT_REMOVEDIR) == 0 else { throw .lastError("remove", path) }
    }

    /// Removes one of its entries: a folder with all that is in it, anything else by its own name.
    func remove(_ entry: Entry) throws(BuildFailure) {
        let below = path + "/" + String(decoding: entry.name, as: UTF8.self)
        if entry.kind == .folder {
            try Folder(path: below, in: base).remove()
        } else if unlinkat(base, below, 0) != 0 {
            throw .lastError("remove", below)
        }
    }

    /// Brings its list of entries to the disk.
    func sync() throws(BuildFailure) { try OpenFile(folder: path).sync() }

    private func kind(of type: UInt8, _ name: [UInt8]) -> Kind {
        switch Int(type) {
        case Int(DT_REG): .file
        case Int(DT_DIR): .folder
        case Int(DT_LNK): .link
        // Some file systems do not say.
        case Int(DT_UNKNOWN):
            Self.kind(of: path + "/" + String(decoding: name, as: UTF8.self), in: base) ?? .other
        default: .other
        }
    }
}
