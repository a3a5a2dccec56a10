import Glibc

/// A symbolic link on the disk, by its path.
struct SymbolicLink {
    let path: String

    /// Where it points; nil where there is no link.
    var target: String? {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink(path, &buffer, buffer.count)
        return count < 0
            ? nil : String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Points it elsewhere in one step: whoever looks sees the old target or the new one (rename(2)).
    func point(to target: String) throws(BuildFailure) {
        let fresh = path + ".new"
        unlink(fresh)
        guard symlink(target, fresh) == 0 else { throw .lastError("make the link", fresh) }
        guard rename(fresh, path) == 0 else { throw .lastError("replace", path) }
    }
}
