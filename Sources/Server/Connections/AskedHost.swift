import HTTPTypes
import Hummingbird

/// By which name a request asks for the site (RFC 9112 §3.2).
struct AskedHost: Sendable {
    private let host: String?
    private let isAskedTwice: Bool

    init(_ request: Request) {
        host = request.head.authority
        // The first becomes the authority; a second one stays where it was.
        isAskedTwice = request.headers[.host] != nil
    }

    /// Refuses a request that names no host, or two of which a proxy may have read the other.
    ///
    /// A preview answers to this machine's own names only. A page elsewhere can let its own name lead here (DNS
    /// rebinding), and its script would then read drafts as if they were its own.
    func check(isPreview: Bool) throws(Problem) {
        guard let host, !isAskedTwice else { throw .malformed }
        guard !isPreview || Self.isLoopback(host) else { throw .foreignHost }
    }

    private static func isLoopback(_ host: String) -> Bool {
        ["localhost", "127.0.0.1", "[::1]"].contains { name in
            guard host.lowercased().hasPrefix(name) else { return false }
            let rest = host.dropFirst(name.count)
            return rest.isEmpty
                || rest.first == ":" && rest.dropFirst().allSatisfy { ("0"..."9").contains($0) }
        }
    }
}
