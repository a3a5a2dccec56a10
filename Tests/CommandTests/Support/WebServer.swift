import Foundation
import Glibc
import Synchronization

/// A web server on loopback that answers each request by its method and path, and closes.
///
/// `@unchecked Sendable`: the socket and the port never change; what was asked is behind the lock.
final class WebServer: @unchecked Sendable {
    let port: Int
    private let listener: Int32
    private let log = Mutex<[String]>([])

    /// The answer is a status with its phrase, and perhaps header lines below it.
    init(answer: @escaping @Sendable (_ method: String, _ path: String) -> String) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        guard isBound else { throw Loopback.Refused(errno: errno) }
        port = Int(UInt16(bigEndian: address.sin_port))
        let note: @Sendable (String) -> Void = { [weak self] line in self?.log.withLock { $0.append(line) } }
        Thread.detachNewThread {
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                Self.serve(connection, answer, note)
                close(connection)
            }
            close(listener)
        }
    }

    /// Closed by the accepting thread: here its number could belong to another socket before that thread looks again.
    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// Methods and paths in the order in which they came.
    var asked: [String] { log.withLock(\.self) }

    private static func serve(
        _ connection: Int32,
        _ answer: (String, String) -> String,
        _ note: (String) -> Void
    ) {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !isWhole(text) {
            let count = read(connection, &buffer, buffer.count)
            guard count > 0 else { return }
            text += String(decoding: buffer[..<count], as: UTF8.self)
        }
        let words = text.split(separator: " ").prefix(2).map(String.init)
        note(words.joined(separator: " "))
        let answer =
            "HTTP/1.1 \(answer(words[0], words[1]))\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        _ = answer.withCString { write(connection, $0, strlen($0)) }
    }

    /// Whether the head has ended, and as much of a body has come as it says.
    private static func isWhole(_ text: String) -> Bool {
        guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
        let length = text[..<end.lowerBound].lowercased().firstMatch(of: /content-length: *([0-9]+)/)
        return text[end.upperBound...].utf8.count >= length.flatMap { Int($0.output.1) } ?? 0
    }
}
