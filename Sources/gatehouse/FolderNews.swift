import Glibc
import NIOPosix
import Synchronization

/// What the kernel tells of changes below some folders (inotify(7)).
///
/// A watch is on one folder and not on those in it, so whoever looks tells which folders there are now. Where the kernel
/// gives no watch, waiting just takes its time.
final class FolderNews: Sendable {
    /// What was told.
    enum News {
        case nothing
        /// These files, by their paths.
        case files(Set<String>)
        /// More than files: a folder came or went, or there was too much to be told.
        case unknown

        func joined(with other: News) -> News {
            switch (self, other) {
            case (.nothing, let one), (let one, .nothing): one
            case (.files(let some), .files(let more)): .files(some.union(more))
            case (.unknown, _), (_, .unknown): .unknown
            }
        }
    }

    private let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    private let folders = Mutex<[Int32: String]>([:])

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Watches these folders, too; those that went away took their watches with them.
    func follow(_ followed: Set<String>) {
        guard descriptor >= 0 else { return }
        let events = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB
        folders.withLock { folders in
            for folder in followed {
                let watch = inotify_add_watch(descriptor, folder, UInt32(events))
                if watch >= 0 { folders[watch] = folder }
            }
        }
    }

    /// Returns what the kernel told, or nothing after so many milliseconds.
    ///
    /// Waits on a thread of NIO's pool, which is made for that.
    func wait(atMost milliseconds: Int32) async -> News {
        // The pool refuses work only when the process ends.
        let news = try? await NIOThreadPool.singleton.runIfActive { [self] in
            var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            return poll(&state, 1, milliseconds) > 0 ? soFar() : .nothing
        }
        return news ?? .nothing
    }

    /// What the kernel has told up to now, without waiting.
    func soFar() -> News {
        var news = News.nothing
        var bytes = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = read(descriptor, &bytes, bytes.count)
            guard count > 0 else { return news }
            news = news.joined(with: self.news(in: bytes[..<count]))
        }
    }
}

extension FolderNews {
    private func news(in bytes: ArraySlice<UInt8>) -> News {
        var news = News.nothing
        var rest = bytes
        let head = MemoryLayout<inotify_event>.size
        while rest.count >= head {
            let event = rest.withUnsafeBytes { $0.loadUnaligned(as: inotify_event.self) }
            let name = rest.dropFirst(head).prefix(Int(event.len)).prefix { $0 != 0 }
            news = news.joined(with: self.news(of: event, String(decoding: name, as: UTF8.self)))
            rest = rest.dropFirst(head + Int(event.len))
        }
        return news
    }

    private func news(of event: inotify_event, _ name: String) -> News {
        func has(_ flag: some BinaryInteger) -> Bool { event.mask & UInt32(truncatingIfNeeded: flag) != 0 }
        if has(IN_IGNORED) {
            folders.withLock { $0[event.wd] = nil }
            return .nothing
        }
        guard !has(IN_Q_OVERFLOW), !has(IN_ISDIR), let folder = folders.withLock({ $0[event.wd] }) else {
            return .unknown
        }
        // What was just made is written next, and told of again when that has ended.
        if has(IN_CREATE) { return .nothing }
        return .files(["\(folder)/\(name)"])
    }
}
