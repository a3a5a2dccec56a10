import Glibc

/// An open file, closed when it goes out of scope.
struct OpenFile: ~Copyable {
    private let descriptor: Int32
    private let path: String

    /// Opens a plain file for reading; anything else, a link or a pipe too, is refused and never waited for.
    init(reading path: String) throws(BuildFailure) {
        descriptor = try Self.openPlain(path)
        self.path = path
    }

    /// Makes a new file; it must not be there.
    init(creating path: String, mode: mode_t = 0o644) throws(BuildFailure) {
        descriptor = try Self.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode, "write")
        self.path = path
    }

    /// Opens the file that a lock is held on, and makes it where it is not there.
    init(locking path: String) throws(BuildFailure) {
        descriptor = try Self.open(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0o644, "lock")
        self.path = path
    }

    /// Opens a folder, to bring its entries to the disk.
    init(folder path: String) throws(BuildFailure) {
        descriptor = try Self.open(path, O_RDONLY | O_DIRECTORY, 0, "open")
        self.path = path
    }

    deinit { close(descriptor) }

    /// In bytes, at this moment.
    borrowing func size() throws(BuildFailure) -> Int { Int(try status().st_size) }

    /// Reads on from where the last read ended, at most `limit` bytes; empty at the end.
    borrowing func read(upTo limit: Int) throws(BuildFailure) -> [UInt8] {
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
            }
        }
        if let problem { throw problem }
        return bytes
    }

    /// All of it; what is appended while it is being read may be missing.
    borrowing func readAll() throws(BuildFailure) -> [UInt8] {
        // One more than its size, so that a file that has grown is noticed by the next round.
        let size = try size()
        var bytes = try read(upTo: size + 1)
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
        _ flags: Int32,
        _ mode: mode_t,
        _ action: String
    ) throws(BuildFailure) -> Int32 {
        let descriptor = Glibc.open(path, flags | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw .lastError(action, path) }
        return descriptor
    }

    /// Opens first and looks then, so that nothing can be exchanged in between.
    private static func openPlain(_ path: String) throws(BuildFailure) -> Int32 {
        let descriptor = try open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0, "read")
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .system(action: "read", path: path, reason: "not a plain file")
        }
        return descriptor
    }

    private borrowing func status() throws(BuildFailure) -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .lastError("read", path) }
        return status
    }
}
