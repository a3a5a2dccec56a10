import Crypto

/// The SHA-256 of some bytes, as 64 hexadecimal digits.
struct FileDigest: Hashable, Sendable {
    let hex: String

    init(of bytes: [UInt8]) { self.init(SHA256.hash(data: bytes)) }

    init(_ digest: SHA256.Digest) { hex = Self.hex(Array(digest)) }

    /// Of a file's bytes, read in parts.
    init(ofFile path: String) throws(BuildFailure) {
        let file = try OpenFile(reading: path)
        var hash = SHA256()
        while true {
            let piece = try file.read(upTo: 1 << 20)
            if piece.isEmpty { break }
            hash.update(data: piece)
        }
        self.init(hash.finalize())
    }

    /// Two hexadecimal digits for each byte.
    static func hex(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
            for (position, byte) in bytes.enumerated() {
                text[2 * position] = digit(byte >> 4)
                text[2 * position + 1] = digit(byte & 15)
            }
            return 2 * bytes.count
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
