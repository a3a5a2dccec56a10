import Foundation
import Glibc

/// Sockets of this machine, without a library between.
enum Loopback {
    struct Refused: Error {
        let errno: Int32
    }

    /// A port that nobody listens at, as far as can be known.
    static func freePort() throws -> Int {
        let listener = try Listener()
        listener.release()
        return listener.port
    }

    /// Holds a port.
    struct Listener {
        let port: Int
        private let descriptor: Int32

        init() throws {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = Loopback.address(0)
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isBound = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    bind(descriptor, address, length) == 0 && listen(descriptor, 1) == 0
                        && getsockname(descriptor, address, &length) == 0
                }
            }
            guard isBound else { throw Refused(errno: errno) }
            port = Int(UInt16(bigEndian: address.sin_port))
            self.descriptor = descriptor
        }

        func release() { close(descriptor) }
    }

    /// The answer to one GET, head and body: the whole, or up to a text in one that has no end.
    static func get(_ path: String, cookie: String = "", port: Int, upTo text: String? = nil) async throws
        -> String
    {
        let request = """
            GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nAccept: text/html\r
            \(field(cookie))Connection: close\r\n\r\n
            """
        return try await aside { try here(request, port, text) }
    }

    /// The answer to one POST of JSON, head and body.
    static func post(_ path: String, json: String, cookie: String = "", port: Int) async throws -> String {
        let request = """
            POST \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nContent-Type: application/json\r
            \(field(cookie))Content-Length: \(json.utf8.count)\r\nConnection: close\r\n\r\n\(json)
            """
        return try await aside { try here(request, port, nil) }
    }

    private static func field(_ cookie: String) -> String { cookie.isEmpty ? "" : "Cookie: \(cookie)\r\n" }

    private static func here(_ request: String, _ port: Int, _ text: String?) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = address(port)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard connected else { throw Refused(errno: errno) }
        _ = request.withCString { write(descriptor, $0, strlen($0)) }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while case let count = read(descriptor, &buffer, buffer.count), count > 0 {
            answer += buffer[..<count]
            if let text, String(decoding: answer, as: UTF8.self).contains(text) { break }
        }
        return String(decoding: answer, as: UTF8.self)
    }

    private static func address(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
        return address
    }
}
