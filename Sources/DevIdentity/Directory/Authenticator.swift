import Crypto
import FoundationEssentials

/// What an authenticator program is set up with, and the codes that it makes (RFC 6238: SHA-1, six digits, 30 seconds).
struct Authenticator: Sendable {
    private let key: [UInt8]
    /// The program's first code was right.
    var isVerified = false

    /// Of 32 bytes, as Appwrite makes them.
    init(key: [UInt8]) {
        self.key = key
    }

    /// Takes a secret as programs show it, in base32 with or without padding, blanks and capitals; nil for another text.
    init?(secret: String) {
        var (bits, count) = (0, 0)
        var key: [UInt8] = []
        for character in secret.uppercased() where !" -=".contains(character) {
            guard let value = Self.alphabet.firstIndex(of: character) else { return nil }
            bits = (bits << 5 | value) & 0xfff
            count += 5
            if count >= 8 {
                count -= 8
                key.append(UInt8(bits >> count & 0xff))
            }
        }
        guard key.count >= 10 else { return nil }
        self.init(key: key)
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

    /// Base32 without padding (RFC 4648 §6).
    var secret: String {
        let alphabet = Self.alphabet
        var (bits, count) = (0, 0)
        var text = ""
        for byte in key {
            bits = (bits << 8 | Int(byte)) & 0xfff
            count += 8
            while count >= 5 {
                count -= 5
                text.append(alphabet[bits >> count & 31])
            }
        }
        if count > 0 { text.append(alphabet[bits << (5 - count) & 31]) }
        return text
    }

    /// What a program reads from a QR code.
    func uri(issuer: String, label: String) -> String {
        let (issuer, label) = (FormText.encoded(issuer), FormText.encoded(label))
        return "otpauth://totp/\(issuer):\(label)?issuer=\(issuer)&secret=\(secret)"
    }

    /// Only the present step's code is right; one that was used is not remembered (contract, section 6, MFA).
    func accepts(_ code: String, at now: Moment) -> Bool { code == self.code(at: now) }

    func code(at now: Moment) -> String { Self.code(key: key, step: UInt64(now.seconds) / 30) }

    static func code(key: [UInt8], step: UInt64) -> String {
        let message = withUnsafeBytes(of: step.bigEndian) { Data($0) }
        let digest = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: message, using: SymmetricKey(data: key))
        )
        let offset = Int(digest[19] & 15)
        let number = digest[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
        return String(String(1_000_000 + number % 1_000_000).dropFirst())
    }
}
