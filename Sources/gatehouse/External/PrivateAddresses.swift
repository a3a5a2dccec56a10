import Settings

/// Keeps a link checker from asking this machine and the networks around it, which are no business of a web page.
///
/// A page that somebody else wrote could otherwise have the author's machine ask a router or a service that believes whoever
/// is near.
struct PrivateAddresses: Sendable {
    var ranges = Self.special

    /// Whether an address is for this machine, a private network, or a group of machines (IANA's special-purpose registries).
    func isPrivate(_ address: String) -> Bool { ranges.contains { $0.contains(address) } }

    private static let special = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4", "::/128", "::1/128",
        "64:ff9b::/96", "64:ff9b:1::/48", "fc00::/7", "fe80::/10", "ff00::/8",
    ].compactMap(AddressRange.init)
}
