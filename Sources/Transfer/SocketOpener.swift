import CCurl
import Glibc

/// Opens the sockets of an exchange, to those addresses only that its client admits.
///
/// A name is looked up once for each connection, by libcurl, and what is judged here is what it is about to connect to. To
/// look the name up beforehand and judge that would leave its owner free to answer differently the second time.
enum SocketOpener {
    /// The socket, or none where the address is not admitted or the system has no socket to give.
    static func open(_ target: UnsafeMutablePointer<curl_sockaddr>, for exchange: Exchange) -> curl_socket_t {
        guard exchange.admits(text(of: target)) else { return CURL_SOCKET_BAD }
        let (family, kind, number) = (
            target.pointee.family, target.pointee.socktype, target.pointee.protocol
        )
        return socket(family, kind | Int32(SOCK_CLOEXEC.rawValue), number)
    }

    /// In numbers, as `getnameinfo` writes them; nil where it cannot.
    private static func text(of target: UnsafeMutablePointer<curl_sockaddr>) -> String? {
        // The address goes on behind the end of its C type, so it is read where it lies.
        guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return nil }
        let address = UnsafeRawPointer(target).advanced(by: offset).assumingMemoryBound(to: sockaddr.self)
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let length = socklen_t(target.pointee.addrlen)
        guard getnameinfo(address, length, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST) == 0 else {
            return nil
        }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
