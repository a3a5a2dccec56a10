package import HTTPTypes
package import Settings

/// The address that a request really came from, as far as the operator's own proxies can be believed.
package struct ClientAddress: Sendable, Hashable, CustomStringConvertible {
    /// An IP address in text.
    package let text: String

    /// Reads `X-Forwarded-For` from the right, past the proxies that the operator named, to the first address
    /// that is none of them.
    ///
    /// What stands left of that was written by a stranger. Without a trusted peer the field is not read.
    package init(peer: String, fields: HTTPFields, trusted: [AddressRange]) {
        var address = Self.withoutZone(peer)
        let chain = fields[values: .forwardedFor].joined(separator: ",").split(separator: ",")
        for hop in chain.reversed() {
            guard trusted.contains(where: { $0.contains(address) }) else { break }
            let next = Self.withoutPort(String(hop.trimmingSpaces))
            guard Self.isAddress(next) else { break }
            address = next
        }
        text = address
    }

    package var description: String { text }

    /// What the address is counted as: an IPv6 household has a /64 to itself (RFC 6177), so that is one count.
    package var limitKey: String {
        guard text.contains(":"), !text.contains(".") else { return text }
        return Self.groups(of: text).prefix(4).joined(separator: ":") + "::/64"
    }
}

extension ClientAddress {
    private static func withoutZone(_ text: String) -> String {
        let bare = text.split(separator: "%", maxSplits: 1).first.map(String.init) ?? text
        let mapped = "::ffff:"
        return bare.lowercased().hasPrefix(mapped) && bare.contains(".")
            ? String(bare.dropFirst(mapped.count)) : bare
    }

    /// `1.2.3.4:567` and `[2001:db8::1]:567`, which some proxies write.
    private static func withoutPort(_ text: String) -> String {
        if text.hasPrefix("[") { return withoutZone(String(text.dropFirst().prefix { $0 != "]" })) }
        let colons = text.filter { $0 == ":" }.count
        return withoutZone(colons == 1 ? String(text.prefix { $0 != ":" }) : text)
    }

    /// A range of one address is spelled as that address is.
    private static func isAddress(_ text: String) -> Bool {
        !text.contains("/") && AddressRange(text) != nil
    }

    /// The eight groups of an IPv6 address, without leading zeros.
    private static func groups(of text: String) -> [String] {
        guard let gap = text.firstRange(of: "::") else { return text.split(separator: ":").map(normal) }
        let head = text[..<gap.lowerBound].split(separator: ":").map(normal)
        let tail = text[gap.upperBound...].split(separator: ":").map(normal)
        return head + Array(repeating: "0", count: max(0, 8 - head.count - tail.count)) + tail
    }

    private static func normal(_ group: Substring) -> String {
        let digits = group.drop { $0 == "0" }
        return digits.isEmpty ? "0" : digits.lowercased()
    }
}
