import Crypto
package import FoundationEssentials
package import Ground

/// The proof that a delivery is ours, not too old, and not altered: `t=1764570000,v1=5257a8…`.
///
/// HMAC-SHA256 (RFC 2104) over the time in seconds, a dot and the body, in hexadecimal. While a secret is being changed there
/// are two `v1`. Whoever checks it takes any that is right, in constant time, and refuses a time more than five minutes off.
package struct HookSignature: Sendable {
    package static let field = "Gatehouse-Signature"

    private let secrets: [Secret]

    package init(_ secrets: [Secret]) {
        self.secrets = secrets
    }

    package func text(for body: [UInt8], at time: Date) -> String {
        let seconds = Int(time.timeIntervalSince1970)
        let signed = Array("\(seconds).".utf8) + body
        return
            (["t=\(seconds)"]
            + secrets.map { secret in
                let key = SymmetricKey(data: Array(secret.revealed.utf8))
                let code = HMAC<SHA256>.authenticationCode(for: signed, using: key)
                return "v1=" + code.map(Self.hexadecimal).joined()
            }).joined(separator: ",")
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return byte < 16 ? "0" + digits : digits
    }
}
