import Foundation

/// One running `gatehouse-highlight`, asked one question at a time.
///
/// Unchecked, since it holds a process and a socket: whoever asks has taken it out of the pool and is alone with it.
final class HelperProcess: @unchecked Sendable {
    private let process = Process()
    /// Both the program's input and its output.
    ///
    /// A socket and no pipe: writing to a program that died must not end ours by
    /// a signal, and only `send` can say so.
    private let socket: Int32

    init(program: String) throws(HelperFailure) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw .start("no socket: errno \(errno)") }
        socket = ends[0]
        let theirs = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
        // With a copy of its end left here, the program's death would never be seen.
        defer { try? theirs.close() }
        process.executableURL = URL(fileURLWithPath: program)
        process.standardInput = theirs
        process.standardOutput = theirs
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            close(socket)
            throw .start("'\(program)' cannot be started")
        }
    }

    /// Its input ends, and so does the program; one that is too busy to see that is killed.
    deinit {
        close(socket)
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    func ask(language: String, code: [UInt8], within patience: Duration) throws(HelperFailure)
        -> Highlighter.Outcome
    {
        let deadline = ContinuousClock.now + patience
        try send(Array("\(language) \(code.count)\n".utf8) + code, until: deadline)
        var received: [UInt8] = []
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                let words = received[..<end].split(separator: UInt8(ascii: " "))
                guard words.count == 2,
                    words[0].elementsEqual("ok".utf8) || words[0].elementsEqual("unknown".utf8),
                    let length = Int(String(decoding: words[1], as: UTF8.self))
                else {
                    throw .broken
                }
                if words[0].elementsEqual("unknown".utf8) { return .unknownLanguage }
                let body = received[(end + 1)...]
                if body.count == length { return .html(Array(body)) }
                guard body.count < length else { throw .broken }
            }
            try receive(into: &received, until: deadline)
        }
    }
}

extension HelperProcess {
    private func send(_ bytes: [UInt8], until deadline: ContinuousClock.Instant) throws(HelperFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            try wait(for: POLLOUT, until: deadline)
            let count = rest.withUnsafeBytes {
                Foundation.send(
                    socket,
                    $0.baseAddress,
                    $0.count,
                    Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
                )
            }
            if count < 0, Self.isPassing(errno) { continue }
            guard count > 0 else { throw .broken }
            rest = rest.dropFirst(count)
        }
    }

    private func receive(into bytes: inout [UInt8], until deadline: ContinuousClock.Instant)
        throws(HelperFailure)
    {
        try wait(for: POLLIN, until: deadline)
        var isPassing = false
        let part = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            // Without waiting: what `poll` has seen may be gone, and here nothing watches the clock.
            let received = recv(socket, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
            isPassing = received < 0 && Self.isPassing(errno)
            count = max(0, received)
        }
        // Whoever asked for more asks again.
        if isPassing { return }
        guard !part.isEmpty else { throw .broken }
        bytes += part
    }

    /// Whether a call that failed so may succeed a moment later.
    private static func isPassing(_ error: Int32) -> Bool { error == EINTR || error == EAGAIN }

    private func wait(for event: Int32, until deadline: ContinuousClock.Instant) throws(HelperFailure) {
        while true {
            let left = ContinuousClock.now.duration(to: deadline).components
            let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000
            var state = pollfd(fd: socket, events: Int16(event), revents: 0)
            let ready = poll(&state, 1, Int32(clamping: max(0, milliseconds)))
            if ready > 0 { return }
            guard ready < 0 else { throw .silent }
            // A signal came; what is left of the time is left to wait.
            guard errno == EINTR else { throw .broken }
        }
    }
}
