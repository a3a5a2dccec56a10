import Foundation
import Synchronization

/// A server on loopback whose every byte the test decides: each accepted connection runs the script on a thread.
///
/// `@unchecked Sendable`: the listening socket and the port never change; the rest is behind the lock.
final class SocketServer: @unchecked Sendable {
    let port: Int
    private let listener: Int32
    private let connections = Mutex<[SocketConnection]>([])

    init(script: @escaping @Sendable (SocketConnection) -> Void) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeBytes(of: &address) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { bind(listener, $0.baseAddress, size) == 0 }
        }
        guard isBound, listen(listener, 256) == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        var length = size
        _ = withUnsafeMutableBytes(of: &address) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { getsockname(listener, $0.baseAddress, &length) }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        let keep: @Sendable (SocketConnection) -> Void = { [weak self] connection in
            self?.connections.withLock { $0.append(connection) }
        }
        Thread.detachNewThread {
            while case let descriptor = accept(listener, nil, nil), descriptor >= 0 {
                let connection = SocketConnection(descriptor: descriptor)
                keep(connection)
                Thread.detachNewThread { script(connection) }
            }
            close(listener)
        }
    }

    deinit {
        // Ends the accepting thread, which then closes the socket. Closed here, its number could belong to another
        // server before that thread looks again.
        shutdown(listener, Int32(SHUT_RDWR))
        connections.withLock { for connection in $0 { connection.end() } }
    }

    /// How many connections were accepted so far.
    var accepted: Int { connections.withLock { $0.count } }

    var authority: String { "127.0.0.1:\(port)" }
}

/// One accepted connection; closed when the last reference is gone.
final class SocketConnection: Sendable {
    private let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Reads one request with its body, or returns nil where the other side has closed.
    func readRequest() -> String? {
        var bytes: [UInt8] = []
        while true {
            if let text = Self.completeRequest(bytes) { return text }
            guard let more = read(), !more.isEmpty else { return nil }
            bytes += more
        }
    }

    /// Waits for bytes; empty where the other side has closed, nil on an error.
    func read() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count < 0 ? nil : Array(buffer[..<count])
    }

    /// Returns whether everything was taken.
    @discardableResult
    func write(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Both directions; whoever reads or writes is woken.
    func end() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    private static func completeRequest(_ bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let length = text[..<end.lowerBound].split(separator: "\r\n").compactMap { line in
            line.lowercased().hasPrefix("content-length:") ? Int(line.dropFirst(15).drop { $0 == " " }) : nil
        }
        return text[end.upperBound...].utf8.count >= (length.first ?? 0) ? text : nil
    }
}

/// Collects what a script saw, for the test to look at.
final class Notes: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) { lines.withLock { $0.append(line) } }

    var all: [String] { lines.withLock { $0 } }
}
