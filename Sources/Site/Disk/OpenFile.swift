import Glibc

/// An open file, closed when it goes out of scope.
struct OpenFile: ~Copyable {
    private let descriptor: Int32
    private let path: String
    /// In bytes, as it was when it was opened for reading.
    let size: Int

    /// Opens a plain file for reading; anything else, a link or a pipe too, is refused and never waited for.
    init(reading path: String) throws(BuildFailure) {
        (descriptor, size) = try Self.openPlain(path)
        self.path = path
    }

    /// Makes a new file; it must not be there.
    ///
    /// `base` is an open folder that the path begins at; where there is none, it begins where every path does.
    init(creating path: String, in base: Int32 = AT_FDCWD, mode: mode_t = 0o644) throws(BuildFailure) {
        descriptor = try Self.open(path, in: base, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode, "write")
        self.path = path
        size = 0
    }

    /// Opens the file that a lock is held on, and makes it where it is not there.
    init(locking path: String) throws(BuildFailure) {
        descriptor = try Self.open(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0o644, "lock")
        self.path = path
        size = 0
    }

    /// Opens a folder, to bring its entries to the disk.
    init(folder path: String) throws(BuildFailure) {
        descriptor = try Self.open(path, O_RDONLY | O_DIRECTORY, 0, "open")
        self.path = path
        size = 0
    }

    deinit { close(descriptor) }

    /// Reads on from where the last read ended, at most `limit` bytes; empty at the end.
    ///
    /// Where `enough` bytes came no more are asked for.
    borrowing func read(upTo limit: Int, enough: Int = .max) throws(BuildFailure) -> [UInt8] {
        var problem: BuildFailure?
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            while count < limit {
                let got = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), limit - count)
                if got == 0 { return }
                if got < 0 {
                    if errno == EINTR { continue }
                    problem = .lastError("read", path)
                    return
                }
                count += got
                if count == enough { return }
            }
        }
        if let problem { throw problem }
        return bytes
    }

    /// All of it; what is appended while it is being read may be missing.
    borrowing func readAll() throws(BuildFailure) -> [UInt8] {
        // One more than its size: what has grown meanwhile is noticed, and what has not takes one read.
        var bytes = try read(upTo: size + 1, enough: size)
        while bytes.count > size {
            let more = try read(upTo: 1 << 16)
            if more.isEmpty { break }
            bytes += more
        }
        return bytes
    }

    borrowing func write(_ bytes: borrowing [UInt8]) throws(BuildFailure) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw .lastError("write", path)
            }
            written += count
        }
    }

    /// For paths that begin at this folder; good as long as it is open.
    var base: Int32 { descriptor }

    /// Waits until what was written is on the disk.
    borrowing func sync() throws(BuildFailure) {
        guard fsync(descriptor) == 0 else { throw .lastError("sync", path) }
    }

    /// Takes the lock if nobody holds it; it is held until the file is closed or the process ends, however it ends.
    borrowing func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

    /// Whether this very file still lies at a path.
    borrowing func isStill(at path: String) -> Bool {
        var (mine, theirs) = (stat(), stat())
        guard fstat(descriptor, &mine) == 0, lstat(path, &theirs) == 0 else { return false }
        return mine.st_dev == theirs.st_dev && mine.st_ino == theirs.st_ino
    }
}

extension OpenFile {
    private static func open(
        _ path: String,
        in base: Int32 = AT_FDCWD,
        _ flags: Int32,
        _ mode: mode_t,
        _ action: String
    ) throws(BuildFailure) -> Int32 {
        let descriptor = openat(base, path, flags | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw .lastError(action, path) }
        return descriptor
    }

    /// Opens first and looks then, so that nothing can be exchanged in between.
    private static func openPlain(_ path: String) throws(BuildFailure) -> (descriptor: Int32, size: Int) {
        let descriptor = try open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0, "read")
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .system(action: "read", path: path, reason: "not a plain file")
        }
        return (descriptor, Int(status.st_size))
    }
}
