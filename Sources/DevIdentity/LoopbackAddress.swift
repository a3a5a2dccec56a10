/// An address that only this machine can reach; the one thing the service can be bound to.
///
/// There is no way to make one of another address, so nothing has to check again before binding.
package struct LoopbackAddress: Hashable, Sendable, CustomStringConvertible {
    /// Why a text is not a loopback address.
    package struct Refused: Error, Equatable, CustomStringConvertible {
        /// What was asked for.
        package let text: String

        package var description: String {
            "the local identity service has demo passwords and listens on loopback only: "
                + "'\(text)' is not localhost, ::1 or 127.x.x.x"
        }
    }

    /// A numeric address, as `bind` takes it: `127.0.0.1` or `::1`.
    package let text: String

    /// 127.0.0.1.
    package static let standard = LoopbackAddress(trusted: "127.0.0.1")

    /// Takes `localhost`, `::1` (with or without brackets) or any address of 127.0.0.0/8 (RFC 1122 §3.2.1.3).
    ///
    /// `localhost` stands for 127.0.0.1 and is not looked up, as a hosts file could say something else.
    package init(_ text: String) throws(Refused) {
        switch text.lowercased() {
        case "localhost": self = .standard
        case "::1", "[::1]": self.init(trusted: "::1")
        default:
            guard Self.isIPv4Loopback(text) else { throw Refused(text: text) }
            self.init(trusted: text)
        }
    }

    /// As it stands in a URL, with brackets where needed (RFC 3986 §3.2.2).
    package var urlHost: String { text.contains(":") ? "[\(text)]" : text }
    package var description: String { text }

    private init(trusted text: String) { self.text = text }

    private static func isIPv4Loopback(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isNumeric = parts.allSatisfy { part in
            // "01" is octal to some resolvers; it is refused rather than guessed at.
            UInt8(part) != nil && (part == "0" || !part.hasPrefix("0")) && !part.hasPrefix("+")
        }
        return parts.count == 4 && isNumeric && parts[0] == "127"
    }
}
