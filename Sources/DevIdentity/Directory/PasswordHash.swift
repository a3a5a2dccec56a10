import Crypto
import FoundationEssentials

/// A password as it is kept: PBKDF2 with HMAC-SHA-256 (RFC 8018 §5.2), one block.
///
/// The rounds are few, as this service keeps demo passwords in memory and tests make many accounts.
struct PasswordHash: Hashable, Sendable {
    private let salt: [UInt8]
    private let digest: [UInt8]

    init(_ password: String, salt: [UInt8]) {
        self.salt = salt
        digest = Self.derived(from: password, salt: salt)
    }

    func matches(_ password: String) -> Bool {
        let other = Self.derived(from: password, salt: salt)
        return zip(digest, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static let rounds = 200

    private static func derived(from password: String, salt: [UInt8]) -> [UInt8] {
        let key = SymmetricKey(data: Array(password.utf8))
        var block = Array(HMAC<SHA256>.authenticationCode(for: salt + [0, 0, 0, 1], using: key))
        var result = block
        for _ in 1..<rounds {
            block = Array(HMAC<SHA256>.authenticationCode(for: block, using: key))
            for position in result.indices { result[position] ^= block[position] }
        }
        return result
    }
}
