import Foundation
import Synchronization

/// Answers every request on loopback with what the test wrote, and keeps the requests.
final class WireServer: Sendable {
    let port: Int
    private let listener: Int32
    private let requests: Notes

    /// What was received, byte by byte, and in order.
    final class Notes: Sendable {
        private let all = Mutex<[RecordedRequest]>([])

        func add(_ request: RecordedRequest) { all.withLock { $0.append(request) } }

        var list: [RecordedRequest] { all.withLock { $0 } }
    }

    init(answer: @escaping @Sendable (RecordedRequest) -> String) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let requests = Notes()
        (self.listener, self.requests) = (listener, requests)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutableBytes(of: &address) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) {
                bind(listener, $0.baseAddress, size) == 0 && getsockname(listener, $0.baseAddress, &size) == 0
            }
        }
        guard isBound, listen(listener, 64) == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread {
            while case let descriptor = accept(listener, nil, nil), descriptor >= 0 {
                Thread.detachNewThread { Self.serve(descriptor, requests, answer) }
            }
            // By the thread that waited on it: closed elsewhere, the number could be another server's by now.
            close(listener)
        }
    }

    /// Gives the same answer to everything.
    convenience init(_ answer: String) throws {
        try self.init { _ in answer }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    var received: [RecordedRequest] { requests.list }

    /// An empty answer means: say nothing, until the other side gives up.
    private static func serve(_ descriptor: Int32, _ notes: Notes, _ answer: (RecordedRequest) -> String) {
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 {
            bytes += buffer[..<count]
            guard let request = RecordedRequest(bytes) else { continue }
            bytes = []
            notes.add(request)
            let reply = Array(answer(request).utf8)
            guard send(descriptor, reply, reply.count, Int32(MSG_NOSIGNAL)) == reply.count else { return }
        }
    }
}

/// One request as it was on the wire.
struct RecordedRequest: Sendable {
    /// `GET /v1/account`.
    let line: String
    /// Names in lower case.
    let fields: [String: String]
    let body: String

    /// Returns nil while something is missing.
    init?(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        var lines = text[..<end.lowerBound].split(separator: "\r\n")
        line = lines.removeFirst().split(separator: " ").prefix(2).joined(separator: " ")
        fields = lines.reduce(into: [:]) { fields, line in
            let parts = line.split(separator: ":", maxSplits: 1)
            fields[parts[0].lowercased()] = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : ""
        }
        body = String(text[end.upperBound...])
        guard body.utf8.count >= fields["content-length"].flatMap({ Int($0) }) ?? 0 else { return nil }
    }
}
