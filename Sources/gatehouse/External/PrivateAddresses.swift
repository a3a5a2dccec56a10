import Glibc
import NIOPosix
import Settings

/// Keeps a link checker from asking this machine and the networks around it, which are no business of a web page.
///
/// A page that somebody else wrote could otherwise have the author's machine ask a router or a service that believes whoever
/// is near.
struct PrivateAddresses: Sendable {
    var ranges = Self.special

    /// Why a host is not asked; nil where it may be, or where nobody knows it, which asking will show.
    func refusal(of host: String) async -> AddressProblem? {
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        let addresses: [String]
        do {
            // A look-up waits for a server, so it leaves the threads that tasks share.
            addresses = try await NIOThreadPool.singleton.runIfActive { Self.addresses(of: bare) }
        } catch {
            return AddressProblem(text: "was not asked: \(error)")
        }
        guard let address = addresses.first(where: isPrivate) else { return nil }
        return AddressProblem(
            text: "was not asked: \(address) is an address of this machine or of a private network",
            advice: "--allow-private asks it"
        )
    }

    /// Whether an address is for this machine, a private network, or a group of machines (IANA's special-purpose registries).
    func isPrivate(_ address: String) -> Bool { ranges.contains { $0.contains(address) } }

    private static let special = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4", "::/128", "::1/128",
        "64:ff9b::/96", "64:ff9b:1::/48", "fc00::/7", "fe80::/10", "ff00::/8",
    ].compactMap(AddressRange.init)

    /// Every address that the system knows for a name; none where it knows none.
    private static func addresses(of host: String) -> [String] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        return sequence(first: first) { $0?.pointee.ai_next }.prefix { $0 != nil }.compactMap { entry in
            var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            guard let entry = entry?.pointee,
                getnameinfo(
                    entry.ai_addr,
                    entry.ai_addrlen,
                    &name,
                    socklen_t(name.count),
                    nil,
                    0,
                    NI_NUMERICHOST
                ) == 0
            else { return nil }
            return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }
}
