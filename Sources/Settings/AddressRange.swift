/// A range of client addresses, such as `10.0.0.0/8`, `192.0.2.7` or `2001:db8::/32` (RFC 4632, RFC 4291 §2.3).
///
/// An IPv4 address and its IPv4-mapped IPv6 form (`::ffff:192.0.2.7`, RFC 4291 §2.5.5.2) are the same address here,
/// since a server that listens on `::` sees the second where the client has the first.
package struct AddressRange: Hashable, Sendable, CustomStringConvertible {
    /// As it was written.
    package let text: String
    /// IPv4 stands in its mapped form.
    private let base: UInt128
    /// In bits of the 128.
    private let length: Int

    /// Reads an address, or an address and a prefix length; nil where it is neither, or where bits beyond the prefix
    /// are set, since then it is not clear which range was meant.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = Self.address(parts[0]) else { return nil }
        var length = 128
        if parts.count == 2 {
            // `::ffff:10.0.0.0/104` counts in IPv6's bits, `10.0.0.0/8` in IPv4's.
            let offset = parts[0].contains(":") ? 0 : 96
            guard (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy(Self.isDigit),
                let bits = Int(parts[1]), bits + offset <= 128
            else { return nil }
            length = bits + offset
        }
        guard address & ~Self.mask(length) == 0 else { return nil }
        self.text = text
        self.base = address
        self.length = length
    }

    package var description: String { text }

    /// Whether this address, as a socket or a proxy's header spells it, lies in the range; no where it is no address.
    ///
    /// A zone (`fe80::1%eth0`) is not looked at. An IPv6 range holds no IPv4 address unless it is a mapped one.
    package func contains(_ address: String) -> Bool {
        guard let address = Self.address(address.prefix { $0 != "%" }) else { return false }
        if Self.isMapped(address), length < 96 { return false }
        return address & Self.mask(length) == base
    }
}

extension AddressRange {
    private static func mask(_ length: Int) -> UInt128 {
        length == 0 ? 0 : ~UInt128(0) << UInt128(128 - length)
    }

    private static func isMapped(_ address: UInt128) -> Bool { address >> 32 == 0xffff }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    static func isIPv6(_ text: Substring) -> Bool { text.contains(":") && address(text) != nil }

    private static func address(_ text: Substring) -> UInt128? {
        if text.contains(":") { return ipv6(text) }
        return ipv4(text).map { 0xffff << 32 | UInt128($0) }
    }

    /// Four decimal numbers; a leading zero is refused, since some programs read it as octal.
    private static func ipv4(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        return parts.reduce(UInt32?(0)) { sum, part in
            guard let sum, part.utf8.allSatisfy(isDigit), part == "0" || part.utf8.first != 0x30,
                let number = UInt8(part)
            else { return nil }
            return sum << 8 | UInt32(number)
        }
    }

    /// Up to eight groups, of which one run may be left out as `::`, and the last two may be written as IPv4.
    private static func ipv6(_ text: Substring) -> UInt128? {
        guard let gap = text.firstRange(of: "::") else {
            return groups(text).flatMap { $0.count == 8 ? joined($0) : nil }
        }
        let (before, after) = (text[..<gap.lowerBound], text[gap.upperBound...])
        guard let left = before.isEmpty ? [] : groups(before, isLast: false),
            let right = after.isEmpty ? [] : groups(after), left.count + right.count <= 7
        else { return nil }
        return joined(left + Array(repeating: 0, count: 8 - left.count - right.count) + right)
    }

    private static func joined(_ groups: [UInt16]) -> UInt128 {
        groups.reduce(0) { $0 << 16 | UInt128($1) }
    }

    private static func groups(_ text: Substring, isLast: Bool = true) -> [UInt16]? {
        var result: [UInt16] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (position, part) in parts.enumerated() {
            if isLast, position == parts.count - 1, part.contains("."), let number = ipv4(part) {
                result += [UInt16(number >> 16), UInt16(truncatingIfNeeded: number)]
            } else if (1...4).contains(part.utf8.count), part.first?.isHexDigit == true,
                let group = UInt16(part, radix: 16)
            {
                result.append(group)
            } else {
                return nil
            }
        }
        return result
    }
}
