import Glibc

/// How many connections may be open at once.
///
/// A process that has no descriptor left cannot even refuse a connection, and spins. So the limit is reached first;
/// whoever comes then waits in the system's queue until somebody leaves.
enum ConnectionLimit {
    /// What this process has descriptors for.
    static var ofThisProcess: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return fitting(descriptors: 1024)
        }
        return fitting(descriptors: Int(clamping: limit.rlim_cur))
    }

    /// Half of what is left, since each connection may have a large file open.
    static func fitting(descriptors: Int) -> Int {
        min(most, max(least, (descriptors - reserve) / 2))
    }

    /// Connections to Appwrite, 32 at most, and what a process has open from its start.
    private static let reserve = 48
    private static let least = 8
    private static let most = 10_000
}
