import Crypto
import Foundation

/// An authenticator program as far as these tests need one (RFC 6238: SHA-1, six digits, 30 seconds).
struct AuthenticatorApp {
    private let key: [UInt8]

    /// Takes the secret in base32 (RFC 4648 §6), in whatever groups it was shown.
    init?(secret: String) {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (bits, count) = (0, 0)
        var key: [UInt8] = []
        for character in secret.uppercased() where character != " " && character != "=" {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            bits = (bits << 5 | value) & 0xfff
            count += 5
            if count >= 8 {
                count -= 8
                key.append(UInt8(bits >> count & 0xff))
            }
        }
        guard !key.isEmpty else { return nil }
        self.key = key
    }

    func code(at moment: Date = Date()) -> String {
        let step = UInt64(moment.timeIntervalSince1970) / 30
        let message = withUnsafeBytes(of: step.bigEndian) { Data($0) }
        let digest = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: message, using: SymmetricKey(data: key))
        )
        let offset = Int(digest[19] & 0xf)
        let number = digest[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
        return String(String(1_000_000 + number % 1_000_000).dropFirst())
    }

    /// One that is wrong now, and was and will be just before and after.
    var wrongCode: String {
        let right = [-30.0, 0, 30].map { code(at: Date(timeIntervalSinceNow: $0)) }
        return ["000000", "111111", "222222", "333333"].first { !right.contains($0) } ?? ""
    }
}
