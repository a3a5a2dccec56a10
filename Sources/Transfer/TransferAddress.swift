import HTTPTypes

/// The checked address of a request, spelled for libcurl.
struct TransferAddress: Sendable {
    let text: String
    let isSecure: Bool

    init(_ request: HTTPRequest) throws(TransferFailure) {
        guard let scheme = request.scheme?.lowercased(), scheme == "http" || scheme == "https" else {
            throw .badRequest("the scheme is not http or https")
        }
        guard let authority = request.authority, Self.isAuthority(authority) else {
            throw .badRequest("the authority is not a host with an optional port")
        }
        guard let path = request.path, path.hasPrefix("/"), path.utf8.allSatisfy(Self.isGraphic) else {
            throw .badRequest("the path does not begin with / or has characters that must be encoded")
        }
        text = "\(scheme)://\(authority)\(path)"
        isSecure = scheme == "https"
    }

    /// No user name (`@`), nothing that ends the authority early, nothing that is not visible ASCII.
    private static func isAuthority(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                isGraphic(byte) && !"@/?\\".utf8.contains(byte)
            }
    }

    /// Visible ASCII without `#`: a fragment is never sent (RFC 9110 §4.2.5).
    private static func isGraphic(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7f && byte != UInt8(ascii: "#")
    }
}
