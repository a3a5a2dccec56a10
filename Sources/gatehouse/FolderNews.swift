import Glibc
import NIOPosix

/// What the kernel tells of changes below some folders (inotify(7)).
///
/// A watch is on one folder and not on those in it, so whoever looks tells which folders there are now. Where the kernel
/// gives no watch, waiting just takes its time.
final class FolderNews: Sendable {
    private let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Watches these folders, too; those that went away took their watches with them.
    func follow(_ folders: Set<String>) {
        guard descriptor >= 0 else { return }
        let events = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB
        for folder in folders { inotify_add_watch(descriptor, folder, UInt32(events)) }
    }

    /// Returns when the kernel told of a change, or after so many milliseconds.
    ///
    /// Waits on a thread of NIO's pool, which is made for that.
    func wait(atMost milliseconds: Int32) async {
        // The pool refuses work only when the process ends.
        try? await NIOThreadPool.singleton.runIfActive { [descriptor] in
            var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&state, 1, milliseconds) > 0 else { return }
            // Which file it was is not looked at: the caller compares all of them.
            var events = [UInt8](repeating: 0, count: 1 << 14)
            while read(descriptor, &events, events.count) > 0 {}
        }
    }
}
