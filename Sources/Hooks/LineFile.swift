import Glibc

/// Appends lines to a file that other programs append to or move away meanwhile.
enum LineFile {
    /// For its owner's eyes only (mode 0600); negative where it cannot be opened, with `errno`.
    static func open(_ path: String) -> Int32 {
        Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    }

    /// Whether a file that is open is still the one that has this name.
    static func isAt(_ path: String, _ descriptor: Int32) -> Bool {
        var (mine, theirs) = (stat(), stat())
        return fstat(descriptor, &mine) == 0 && stat(path, &theirs) == 0 && mine.st_dev == theirs.st_dev
            && mine.st_ino == theirs.st_ino
    }

    /// Keeps all others of ours out of the file meanwhile.
    static func locked<Result>(_ descriptor: Int32, _ work: () -> Result) -> Result {
        while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
        defer { flock(descriptor, LOCK_UN) }
        return work()
    }

    /// Appends a line to a file that is open and locked, whole or not at all: the half of a line that a full disk took is taken
    /// back, and the next one does not join it.
    ///
    /// - Returns: false with `errno` where it cannot be written.
    static func append(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        let line = bytes + [UInt8(ascii: "\n")]
        let end = lseek(descriptor, 0, SEEK_END)
        let written = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written != line.count else { return true }
        let cause = written < 0 ? errno : ENOSPC
        if written > 0, end >= 0 { ftruncate(descriptor, end) }
        errno = cause
        return false
    }
}
