import Crypto

/// The SHA-256 of some bytes, as 64 hexadecimal digits.
struct FileDigest: Hashable, Sendable {
    let hex: String

    init(of bytes: [UInt8]) { self.init(SHA256.hash(data: bytes)) }

    init(_ digest: SHA256.Digest) {
        hex = String(unsafeUninitializedCapacity: 2 * SHA256.Digest.byteCount) { text in
            for (position, byte) in digest.enumerated() {
                text[2 * position] = Self.digit(byte >> 4)
                text[2 * position + 1] = Self.digit(byte & 15)
            }
            return 2 * SHA256.Digest.byteCount
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
