import Foundation

/// A socket to this machine, for what no HTTP client would send or leave unread.
final class Wire: Sendable {
    struct Refused: Error {
        let errno: Int32
    }

    private let descriptor: Int32

    /// Connects; the system holds about `receiveBuffer` bytes of what is not read.
    init(port: Int, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw Refused(errno: errno) }
    }

    /// What comes for these bytes until the connection ends.
    static func heard(_ stage: Stage, _ request: String) async throws -> Heard {
        try await heard(stage, Array(request.utf8))
    }

    static func heard(_ stage: Stage, _ request: [UInt8]) async throws -> Heard {
        let wire = try Wire(port: stage.port)
        await wire.send(request)
        return await wire.read()
    }

    deinit { close(descriptor) }

    /// Whether all of it could be sent.
    @discardableResult
    func send(_ text: String) async -> Bool { await send(Array(text.utf8)) }

    @discardableResult
    func send(_ bytes: [UInt8]) async -> Bool {
        await aside { [descriptor] in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }

    /// Closes our side; the other may still answer.
    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// What came until the text did, the connection ended, or the time was over.
    func read(upTo text: String? = nil, within milliseconds: Int32 = 20_000) async -> Heard {
        await aside { [descriptor] in
            let end = ContinuousClock.now + .milliseconds(Int(milliseconds))
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while ContinuousClock.now < end {
                var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                let left = (end - ContinuousClock.now) / .milliseconds(1)
                guard poll(&waiting, 1, Int32(left) + 1) > 0 else { continue }
                let count = recv(descriptor, &buffer, buffer.count, 0)
                guard count > 0 else { return Heard(bytes, isOver: true) }
                bytes += buffer[..<count]
                if let text, String(decoding: bytes, as: UTF8.self).contains(text) { break }
            }
            return Heard(bytes, isOver: false)
        }
    }

    struct Heard: Sendable {
        let text: String
        /// Whether the other side closed.
        let isOver: Bool

        init(_ bytes: [UInt8], isOver: Bool) {
            text = String(decoding: bytes, as: UTF8.self)
            self.isOver = isOver
        }

        var status: Int? { Int(text.dropFirst("HTTP/1.1 ".count).prefix(3)) }

        /// Of all answers that came, in their order.
        var statuses: [Int] { text.matches(of: #/HTTP/1\.1 ([0-9]{3}) /#).compactMap { Int($0.output.1) } }

        /// The head of the first answer.
        var head: String { text.firstRange(of: "\r\n\r\n").map { String(text[..<$0.lowerBound]) } ?? text }

        /// What the head of the first answer says under a name.
        func values(of name: String) -> [String] {
            head.split(separator: "\r\n").compactMap { line in
                let parts = line.split(separator: ": ", maxSplits: 1)
                return parts.count == 2 && parts[0].lowercased() == name ? String(parts[1]) : nil
            }
        }

        var holdsPrivateWord: Bool { TestRelease.privateWords.contains { text.contains($0) } }
    }

    /// Blocks a thread of its own, and none of those that tasks share.
    private func aside<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: work()) }
        }
    }
}
