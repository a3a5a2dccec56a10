import HTTPTypes
import Hummingbird
import Settings

/// By which name a request asks for the site (RFC 9112 §3.2).
struct AskedHost: Sendable {
    private let host: String?
    private let isAskedTwice: Bool

    init(_ request: Request) {
        host = request.head.authority
        // The first becomes the authority; a second one stays where it was.
        isAskedTwice = request.headers[.host] != nil
    }

    /// Refuses a request that names no host, two of which a proxy may have read the other, or what is none.
    ///
    /// Nothing here is made of the name, but a cache or a log in front may take `evil.example/` for more than we do.
    ///
    /// A preview answers to this machine's own names only. A page elsewhere can let its own name lead here (DNS
    /// rebinding), and its script would then read drafts as if they were its own.
    func check(isPreview: Bool) throws(Problem) {
        guard let host, !isAskedTwice, Self.isHost(host) else { throw .malformed }
        guard !isPreview || Self.isLoopback(host) else { throw .foreignHost }
    }

    private static func isLoopback(_ host: String) -> Bool {
        let host = host.lowercased()
        return ["localhost", "127.0.0.1", "[::1]"].contains { host == $0 || host.hasPrefix("\($0):") }
    }

    /// `uri-host [":" port]` (RFC 9110 §7.2); a host may be empty, and so may a port (RFC 3986 §3.2).
    private static func isHost(_ text: String) -> Bool {
        let bytes = text.utf8
        let end: String.Index
        if text.hasPrefix("[") {
            guard let bracket = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
            let address = text[text.utf8.index(after: bytes.startIndex)..<bracket]
            // A range of one address is spelled as that address is.
            guard address.utf8.contains(UInt8(ascii: ":")), !address.utf8.contains(UInt8(ascii: "/")),
                AddressRange(String(address)) != nil
            else { return false }
            end = bytes.index(after: bracket)
        } else {
            end = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
            guard isName(bytes[..<end]) else { return false }
        }
        let port = bytes[end...]
        return port.isEmpty
            || port.first == UInt8(ascii: ":") && port.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    }

    /// `reg-name` (RFC 3986 §3.2.2), which a numeric IPv4 address is, too.
    private static func isName(_ bytes: Substring.UTF8View) -> Bool {
        var escaped = 0
        for byte in bytes {
            let isHex = Character(Unicode.Scalar(byte)).isHexDigit && byte < 0x80
            if escaped > 0 {
                guard isHex else { return false }
                escaped -= 1
            } else if byte == UInt8(ascii: "%") {
                escaped = 2
            } else if !byte.isBase64URL, !".~!$&'()*+,;=".utf8.contains(byte) {
                return false
            }
        }
        return escaped == 0
    }
}
